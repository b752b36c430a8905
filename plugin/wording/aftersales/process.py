"""How it works, step by step: find the order, see what is possible, say what is wanted, get it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from babel.lists import format_list

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.clocks.scoped_rights import ScopedRights
from plugin.domain.entitlement import Right
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import EvidenceRule, Track, Window
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.wording.aftersales.measures import hours
from plugin.wording.aftersales.parts import Row, Said, row
from plugin.wording.aftersales.promise_rows import rules_of
from plugin.wording.aftersales.reasons import reason_name
from plugin.wording.aftersales.scopes import scope_text
from plugin.wording.badge import guarantee_text
from plugin.wording.names import title
from plugin.wording.promise_terms import window_text

_PROMISED = (
    (Track.RETURN, Right.SHOP_RETURN),
    (Track.EXCHANGE, Right.EXCHANGE),
    (Track.WARRANTY, Right.COMMERCIAL_WARRANTY),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is called, what to do, and what belongs to it."""

    title: str
    texts: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def process_steps(
    rights: MarketRights,
    groups: Sequence[ScopedRights],
    policy: PolicyVersion | None,
    withdrawal: tuple[Row, ...],
    outcome: tuple[Row, ...],
    words: Catalogue,
) -> tuple[Step, ...]:
    """The four steps.

    `rights` are what always holds, `groups` what is said of which goods; `withdrawal` is the law's row without its
    sources, `outcome` how goods and money go.
    """
    rules = tuple(rules_of(groups))
    return (
        Step(words.text("page.process.find"), (words.text("page.process.find.text"),)),
        Step(words.text("page.process.possible"), rows=(*withdrawal, *_possible(rights, groups, words))),
        Step(words.text("page.process.reason"), tuple(_asked(rights, rules, words)), _evidence(rules, policy, words)),
        Step(words.text("page.process.outcome"), rows=outcome),
    )


def _possible(rights: MarketRights, groups: Sequence[ScopedRights], words: Catalogue) -> Iterator[Row]:
    for track, right in _PROMISED:
        yield from row(title(right, words), *_promised(track, groups, words))
    yield from row(title(Right.LEGAL_GUARANTEE, words), guarantee_text(rights, words))


def _promised(track: Track, groups: Sequence[ScopedRights], words: Catalogue) -> Iterator[str]:
    """What is promised on a track, of which goods where not of all."""
    for group in groups:
        window = _window(track, group.rights) if track in group.tracks else None
        if window is not None:
            text = window_text(track, window, group.rights, words)
            name = scope_text(group.scope, words, is_rest=group.is_rest)
            yield text if len(groups) == 1 else words.text("badge.named", name=name, text=text)


def _window(track: Track, rights: MarketRights) -> Window | None:
    shown = {Track.RETURN: rights.shown_return, Track.EXCHANGE: rights.exchange_window}
    return shown.get(track, rights.warranty_window)


def _asked(rights: MarketRights, rules: Sequence[Rule], words: Catalogue) -> Iterator[str]:
    if rights.withdrawal_days is not None:
        yield words.text("page.process.reason.withdrawal")
    yield words.text("page.process.reason.faulty")
    asked = [rule.report_damage_within_hours for rule in rules if rule.report_damage_within_hours]
    if asked:
        yield words.text("page.process.reason.damage", length=hours(min(asked), words))


def _evidence(rules: Iterable[Rule], policy: PolicyVersion | None, words: Catalogue) -> tuple[Row, ...]:
    asked = dict.fromkeys(each for rule in rules for each in rule.evidence if each.kinds)
    said = tuple(_evidence_text(each, policy, words) for each in asked)
    return (Row(words.text("page.process.reason.evidence"), said),) if said else ()


def _evidence_text(asked: EvidenceRule, policy: PolicyVersion | None, words: Catalogue) -> Said:
    kinds = [words.text(f"page.evidence.{kind.value}") for kind in asked.kinds]
    reason = reason_name(asked.reason, policy, words)
    listed = str(format_list(kinds, locale=words.locale))
    return Said(words.text("page.evidence", reason=reason.text, kinds=listed), reason.language)
