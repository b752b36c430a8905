"""What differs between two policy versions, in the words of the desk: where, what, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass

from plugin.domain.policy.diff import Difference, DifferenceKind
from plugin.domain.policy.rule import Rule
from plugin.i18n import Catalogue
from plugin.wording.policy_values import list_text, value_text

_BETWEEN = " · "
_WITHOUT_MARKET = frozenset({"traits", "reasons", "return_addresses", "repairs"})


@dataclass(frozen=True, slots=True)
class ToldDifference:
    """One line of a comparison: `place` names market and rule ("European Union · Returns (sale)"), `text` the rest."""

    place: str
    text: str
    kind: DifferenceKind


def told_difference(difference: Difference, words: Catalogue) -> ToldDifference:
    """The line for one difference."""
    return ToldDifference(_place(difference, words), _text(difference, words), difference.kind)


def _place(difference: Difference, words: Catalogue) -> str:
    parts = [difference.market or words.text("policy.diff.all_markets")]
    if difference.rule is not None:
        parts.append(_rule(difference.rule, words))
    if difference.path[0] in _WITHOUT_MARKET and len(difference.path) > 1:
        parts.append(difference.path[1])
    return _BETWEEN.join(parts)


def _rule(rule: Rule, words: Catalogue) -> str:
    return words.text("policy.diff.rule", track=words.text(f"policy.value.track.{rule.track.value}"), id=rule.id)


def _text(difference: Difference, words: Catalogue) -> str:
    what = words.text(f"policy.term.{difference.term}")
    before = value_text(difference.before, difference.term, words)
    after = value_text(difference.after, difference.term, words)
    match difference.kind:
        case DifferenceKind.REORDERED:
            return words.text("policy.diff.reordered", what=what)
        case DifferenceKind.ADDED if after:
            return words.text("policy.diff.added_as", what=what, after=after)
        case DifferenceKind.ADDED:
            return words.text("policy.diff.added", what=what)
        case DifferenceKind.REMOVED if before:
            return words.text("policy.diff.removed_as", what=what, before=before)
        case DifferenceKind.REMOVED:
            return words.text("policy.diff.removed", what=what)
        case DifferenceKind.CHANGED:
            return _changed(difference, what, (before, after), words)


def _changed(difference: Difference, what: str, said: tuple[str, str], words: Catalogue) -> str:
    if isinstance(difference.before, frozenset) and isinstance(difference.after, frozenset):
        change = _members(difference.before, difference.after, difference.term, words)
        return words.text("policy.diff.members", what=what, change=change)
    before, after = said
    if not before or not after or before == after:
        return words.text("policy.diff.rewritten", what=what)
    return words.text("policy.diff.changed", what=what, before=before, after=after)


def _members(before: frozenset[object], after: frozenset[object], term: str, words: Catalogue) -> str:
    """What came with a plus, what went with a minus; both long lists whole would hide it."""
    come, gone = _named(after - before, term, words), _named(before - after, term, words)
    return list_text([*(f"+ {name}" for name in come), *(f"− {name}" for name in gone)], words)


def _named(members: Iterable[object], term: str, words: Catalogue) -> list[str]:
    return sorted(value_text(member, term, words) for member in members)
