"""Which rule of a market holds for an item: exactly one per track, predictably, and it can be told which and why.

For a line of an order everything is known that will ever be, so what is not known does not match. Before an order (a
badge, a cached page) the answer has to hold whatever is not known yet turns out to be: `least` gives that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from plugin.domain.policy.least import least_of
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope, folded, matches
from plugin.domain.policy.terms import Payer, Track
from plugin.domain.policy.version import MarketPolicy

_ENDLESS = 1_000_000


@dataclass(frozen=True, slots=True)
class Resolution:
    """The rule that holds, None when no rule means the item; `overruled` are the ids of others that mean it too.

    `of` are the ids `rule` was put together from when it is the least of several that may hold; else just its own.
    """

    rule: Rule | None
    overruled: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


def resolve(market: MarketPolicy, track: Track, item: Item) -> Resolution:
    """The rule for a line of an order."""
    meant = [rule for rule, answer in _meant(market, track, item) if answer]
    if not meant:
        return Resolution(None)
    return Resolution(meant[0], tuple(rule.id for rule in meant[1:]), (meant[0].id,))


def least(market: MarketPolicy, track: Track, item: Item) -> Resolution:
    """What holds whatever is unknown of the item turns out to be; no rule when one of the possible answers is none."""
    possible: list[Rule] = []
    overruled: list[str] = []
    is_settled = False
    for rule, answer in _meant(market, track, item):
        if is_settled:
            overruled.append(rule.id)
            continue
        possible.append(rule)
        is_settled = answer is True
    if not is_settled:
        return Resolution(None, tuple(rule.id for rule in possible))
    return Resolution(least_of(possible), tuple(overruled), tuple(rule.id for rule in possible))


def standing(rule: Rule) -> tuple[object, ...]:
    """Sorts rules, the one that wins first: priority, narrowness, what is better for the shopper, id."""
    kind, kinds = rule.scope.specificity
    days = rule.window.least_days if rule.window else 0
    costs = rule.payers.none is not Payer.SHOP
    better = (rule.is_final_sale, -(_ENDLESS if days is None else days), costs, rule.fee is not None)
    return (-rule.priority, -kind, -kinds, better, rule.id)


def _meant(market: MarketPolicy, track: Track, item: Item) -> Iterator[tuple[Rule, bool | None]]:
    """The rules that mean the item, or may mean it, the one that wins first."""
    for entry in sorted(_index(_Same(market)).candidates(track, item), key=_rank):
        answer = matches(entry.rule.scope, item)
        if answer is not False:
            yield entry.rule, answer


@dataclass(frozen=True, slots=True)
class _Entry:
    rank: int
    rule: Rule


def _rank(entry: _Entry) -> int:
    return entry.rank


@dataclass(slots=True)
class _Shelf:
    """The rules of one track, each found by the most particular kind of thing its scope names, or always."""

    always: list[_Entry] = field(default_factory=list)
    named: dict[str, dict[str, list[_Entry]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    of_kind: dict[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))

    def put(self, entry: _Entry) -> None:
        kind, names = _key(entry.rule.scope)
        if kind is None:
            self.always.append(entry)
            return
        self.of_kind[kind].append(entry)
        for name in names:
            self.named[kind][name].append(entry)

    def candidates(self, item: Item) -> Iterator[_Entry]:
        yield from self.always
        for kind, names in _names(item):
            if names is None:
                yield from self.of_kind.get(kind, ())
            elif kind in self.named:
                shelf = self.named[kind]
                found = {id(entry): entry for name in names for entry in shelf.get(name, ())}
                yield from found.values()


@dataclass(frozen=True, slots=True)
class _Index:
    shelves: dict[Track, _Shelf]

    def candidates(self, track: Track, item: Item) -> Iterable[_Entry]:
        shelf = self.shelves.get(track)
        return shelf.candidates(item) if shelf else ()


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A market as a key, by what it is and not by what it says: versions are immutable, and hashing one is slow."""

    market: MarketPolicy

    def __hash__(self) -> int:
        return id(self.market)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.market is self.market


@lru_cache(maxsize=512)
def _index(same: _Same) -> _Index:
    shelves: dict[Track, _Shelf] = defaultdict(_Shelf)
    ordered: Sequence[Rule] = sorted(same.market.rules, key=standing)
    for rank, rule in enumerate(ordered):
        shelves[rule.track].put(_Entry(rank, rule))
    return _Index(dict(shelves))


def _key(scope: Scope) -> tuple[str | None, frozenset[str]]:
    kinds = (
        ("product", scope.products),
        ("sku", scope.skus),
        ("category", folded(scope.categories)),
        ("collection", folded(scope.collections)),
        ("tag", folded(scope.tags)),
    )
    return next(((kind, names) for kind, names in kinds if names), (None, frozenset()))


def _names(item: Item) -> Iterator[tuple[str, frozenset[str] | None]]:
    """By what an item can be found; None: not known, so every rule of the kind may mean it."""
    yield "product", None if item.product is None else frozenset((item.product,))
    yield "sku", None if item.sku is None else frozenset((item.sku,))
    for kind, names in (("category", item.categories), ("collection", item.collections), ("tag", item.tags)):
        yield kind, None if names is None else folded(names)
