"""What differs between two policy versions, term by term: complete, without repeats, in the order of the document.

Markets are compared by name (one renamed, by its countries), rules and other named entries by id, everything else by
field. Every changed field is told by exactly one difference; `id` and `effective_from` are no promises and left out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from plugin.domain.policy.identity import ReturnAddress, Support, Trader
from plugin.domain.policy.reasons import Reason
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.policy.rule import Coverage, Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Payers
from plugin.domain.policy.traits import TraitRule
from plugin.domain.policy.version import Disclosure, MarketPolicy, PolicyVersion

_LEFT_OUT = frozenset({"policy.id", "policy.effective_from"})
_NOUNS: dict[type, str] = {
    PolicyVersion: "policy",
    MarketPolicy: "market",
    Disclosure: "disclosure",
    Trader: "trader",
    Support: "support",
    Rule: "rule",
    Scope: "scope",
    Payers: "payers",
    Coverage: "coverage",
    TraitRule: "trait",
    Reason: "reason",
    ReturnAddress: "return_address",
    RepairInformation: "repair",
}
"""What is compared field by field; anything else is one term."""
_Named = MarketPolicy | Rule | TraitRule | Reason | ReturnAddress | RepairInformation


class DifferenceKind(StrEnum):
    """What happened to a term."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Difference:
    """One term that differs. `term` says which kind (`rule.window`, `payers.none`, `market`), `path` which one.

    `market` is the name of the market it is in, None for what holds in every market; `rule` the rule it is in or is.
    `before` and `after` are values of the model, None where there is none.
    """

    kind: DifferenceKind
    term: str
    path: tuple[str, ...]
    market: str | None
    rule: Rule | None
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class _At:
    """Where the comparison is."""

    path: tuple[str, ...] = ()
    market: str | None = None
    rule: Rule | None = None

    def into(self, name: str) -> "_At":
        return replace(self, path=(*self.path, name))

    def of(self, value: object) -> "_At":
        """Inside this value, if it is one that differences name."""
        if isinstance(value, MarketPolicy):
            return replace(self, market=value.market)
        return replace(self, rule=value) if isinstance(value, Rule) else self


def differences(before: PolicyVersion | None, after: PolicyVersion) -> tuple[Difference, ...]:
    """Everything that is promised otherwise after; before None: everything that is promised."""
    start = before or PolicyVersion("", after.effective_from, MarketPolicy(after.default.market))
    return tuple(_of_fields(start, after, _At()))


def _of_fields(before: object, after: object, at: _At) -> Iterator[Difference]:
    noun = _NOUNS[type(after)]
    for each in fields(after):  # type: ignore[arg-type]  # one of the dataclasses of `_NOUNS`
        term = f"{noun}.{each.name}"
        if term not in _LEFT_OUT:
            yield from _of(getattr(before, each.name), getattr(after, each.name), term, at.into(each.name))


def _of(before: object, after: object, term: str, at: _At) -> Iterator[Difference]:
    if before == after:
        return
    named = (*_named(before), *_named(after))
    if named:
        yield from _of_named(_named(before), _named(after), _NOUNS[type(named[0])], term, at)
    elif type(before) is type(after) and type(after) in _NOUNS:
        yield from _of_fields(before, after, at.of(after))
    else:
        yield _told(before, after, term, at)


def _told(before: object, after: object, term: str, at: _At) -> Difference:
    kind = DifferenceKind.ADDED if before is None else DifferenceKind.CHANGED
    kind = DifferenceKind.REMOVED if after is None else kind
    return Difference(kind, term, at.path, at.market, at.rule, before, after)


def _named(value: object) -> tuple[_Named, ...]:
    return tuple(entry for entry in value if isinstance(entry, _Named)) if isinstance(value, tuple) else ()


def _of_named(before: Sequence[_Named], after: Sequence[_Named], noun: str, term: str, at: _At) -> Iterator[Difference]:
    old, new = _by_name(before), _by_name(after)
    renamed = _renamed(old, new)
    old = {renamed.get(name, name): entry for name, entry in old.items()}
    for name, entry in new.items():
        yield from _of(old.get(name), entry, noun, at.into(name).of(entry))
    for name, entry in old.items():
        if name not in new:
            yield _told(entry, None, noun, at.into(name).of(entry))
    kept_before, kept_after = [name for name in old if name in new], [name for name in new if name in old]
    if kept_before != kept_after:
        told = tuple(kept_before), tuple(kept_after)
        yield Difference(DifferenceKind.REORDERED, term, at.path, at.market, at.rule, *told)


def _by_name(entries: Sequence[_Named]) -> dict[str, _Named]:
    """Entries by name or id; of one name that stands there again, the second is `name#2`."""
    seen: Counter[str] = Counter()
    found = {}
    for entry in entries:
        name = entry.market if isinstance(entry, MarketPolicy) else entry.id
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name}#{seen[name]}"] = entry
    return found


def _renamed(old: dict[str, _Named], new: dict[str, _Named]) -> dict[str, str]:
    """New names by old ones, of markets that serve the same countries under another name."""
    come = {market.countries: name for name, market in _markets(new) if name not in old}
    gone = {market.countries: name for name, market in _markets(old) if name not in new}
    return {name: come[countries] for countries, name in gone.items() if countries in come}


def _markets(entries: dict[str, _Named]) -> Iterator[tuple[str, MarketPolicy]]:
    return ((name, entry) for name, entry in entries.items() if isinstance(entry, MarketPolicy))
