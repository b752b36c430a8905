"""A market's rules put in order once: the one that wins first, each found by what its scope names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from plugin.domain.policy.by_identity import ByIdentity
from plugin.domain.policy.resolution import Resolution, first_of
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Question, Scope, answered, folded, questions
from plugin.domain.policy.terms import Payer, Track
from plugin.domain.policy.version import MarketPolicy

_ENDLESS = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule with its place among the others and what its scope asks of an item."""

    rank: int
    rule: Rule
    asked: tuple[Question, ...]


@dataclass(slots=True)
class Shelf:
    """The rules of one track, each found by the most particular kind of thing its scope names, or always."""

    always: list[Entry] = field(default_factory=list)
    named: dict[str, dict[str, list[Entry]]] = field(default_factory=dict)
    of_kind: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    same_for_all: Resolution | None = None

    def put(self, entry: Entry) -> None:
        """Add a rule; they come in order."""
        kind, names = _key(entry.rule.scope)
        if kind is None:
            self.always.append(entry)
            return
        self.of_kind[kind].append(entry)
        for name in names:
            self.named.setdefault(kind, {}).setdefault(name, []).append(entry)

    def close(self) -> None:
        """Once all rules are there: where none asks anything, the same one holds for every item."""
        if not self.named and not any(entry.asked for entry in self.always):
            self.same_for_all = first_of([entry.rule for entry in self.always])

    def resolve(self, item: Item) -> Resolution:
        """The rule that surely means the item and goes first; what is not known of it matches nothing."""
        if self.same_for_all is not None:
            return self.same_for_all
        found = [*self.always]
        for kind in self.named:
            found += self._found(kind, names_of(item, kind) or ())
        meant = []
        for entry in found:
            for question in entry.asked:
                if not question(item):
                    break
            else:
                meant.append(entry)
        return first_of([entry.rule for entry in sorted(meant, key=_rank)])

    def possible(self, item: Item) -> Iterator[tuple[Rule, bool | None]]:
        """The rules that mean the item, or None beside them: may mean it; in order."""
        found = [*self.always]
        for kind in self.named:
            names = names_of(item, kind)
            found += self.of_kind[kind] if names is None else self._found(kind, names)
        for entry in sorted(found, key=_rank):
            answer = answered(entry.asked, item)
            if answer is not False:
                yield entry.rule, answer

    def _found(self, kind: str, names: Iterable[str]) -> Iterable[Entry]:
        shelf = self.named[kind]
        return {entry.rank: entry for name in names for entry in shelf.get(name, ())}.values()


def _rank(entry: Entry) -> int:
    return entry.rank


def standing(rule: Rule) -> tuple[object, ...]:
    """Sorts rules, the one that wins first: priority, narrowness, what is better for the shopper, id."""
    kind, kinds = rule.scope.specificity
    days = rule.window.least_days if rule.window else 0
    costs = rule.payers.none is not Payer.SHOP
    better = (rule.is_final_sale, -(_ENDLESS if days is None else days), costs, rule.fee is not None)
    return (-rule.priority, -kind, -kinds, better, rule.id)


def shelves_of(market: MarketPolicy) -> Mapping[Track, Shelf]:
    """The market's rules by track, every track among them."""
    return _shelves(ByIdentity(market))


@lru_cache(maxsize=512)
def _shelves(same: ByIdentity[MarketPolicy]) -> Mapping[Track, Shelf]:
    shelves = {track: Shelf() for track in Track}
    for rank, rule in enumerate(sorted(same.value.rules, key=standing)):
        shelves[rule.track].put(Entry(rank, rule, questions(rule.scope)))
    for shelf in shelves.values():
        shelf.close()
    return shelves


def _key(scope: Scope) -> tuple[str | None, frozenset[str]]:
    kinds = (
        ("product", scope.products),
        ("sku", scope.skus),
        ("category", folded(scope.categories)),
        ("collection", folded(scope.collections)),
        ("tag", folded(scope.tags)),
    )
    return next(((kind, names) for kind, names in kinds if names), (None, frozenset()))


def names_of(item: Item, kind: str) -> Iterable[str] | None:
    """By what an item can be found; None: not known, so every rule of the kind may mean it."""
    match kind:
        case "product":
            return None if item.product is None else (item.product,)
        case "sku":
            return None if item.sku is None else (item.sku,)
        case "category":
            names = item.categories
        case "collection":
            names = item.collections
        case _:
            names = item.tags
    return None if names is None else folded(names)
