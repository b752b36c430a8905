"""What a rule is about: products, shoppers, channels, prices, seasons; and whether an item is meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from msgspec import Meta

from plugin.domain.money import Money

Name = Annotated[str, Meta(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class Season:
    """Orders placed from `first` to `last`, both included, by the day at the place of delivery."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Scope:
    """All that is named must hold, and of several values of one kind any one; an empty scope is everything.

    Names of categories, collections and tags compare without case, as both platforms do. `price_from` is included,
    `price_below` is not; both are the price of one unit in the shop's currency, and only prices of that currency match.
    """

    products: frozenset[Name] = frozenset()
    skus: frozenset[Name] = frozenset()
    categories: frozenset[Name] = frozenset()
    collections: frozenset[Name] = frozenset()
    tags: frozenset[Name] = frozenset()
    groups: frozenset[Name] = frozenset()
    channels: frozenset[Name] = frozenset()
    price_from: Money | None = None
    price_below: Money | None = None
    season: Season | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is named."""
        return self == EVERYTHING

    @property
    def specificity(self) -> tuple[int, int]:
        """How narrowly it aims: the most particular kind of thing named, then how many kinds are named.

        A product is more particular than an SKU, that than a category, that than a tag, that than everything else. The
        numbers compare and mean nothing by themselves.
        """
        named = [rank for rank, values in self._ranked() if values]
        return max(named, default=0), len(named)

    def _ranked(self) -> Iterator[tuple[int, object]]:
        yield from ((5, self.products), (4, self.skus), (3, self.categories), (3, self.collections), (2, self.tags))
        yield from ((1, self.groups), (1, self.channels), (1, self.season))
        yield 1, self.price_from or self.price_below


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of one line or product when its promise is asked for; None: not known (yet).

    `price` is that of one unit in the shop's currency, `day` the day of the order at the place of delivery.
    """

    product: str | None = None
    sku: str | None = None
    categories: frozenset[str] | None = None
    collections: frozenset[str] | None = None
    tags: frozenset[str] | None = None
    groups: frozenset[str] | None = None
    channel: str | None = None
    price: Money | None = None
    day: date | None = None


def matches(scope: Scope, item: Item) -> bool | None:
    """Whether the scope means the item; None when that depends on something nobody knows."""
    answers = list(_answers(scope, item))
    if False in answers:
        return False
    return None if None in answers else True


def _answers(scope: Scope, item: Item) -> Iterator[bool | None]:
    yield from (_is_one_of(item.product, scope.products), _is_one_of(item.sku, scope.skus))
    yield from (_share(item.categories, scope.categories), _share(item.collections, scope.collections))
    yield from (_share(item.tags, scope.tags), _share(item.groups, scope.groups))
    yield _is_one_of(item.channel, scope.channels)
    yield _is_priced(item.price, scope)
    if scope.season:
        yield None if item.day is None else scope.season.first <= item.day <= scope.season.last


def _is_one_of(value: str | None, named: frozenset[str]) -> bool | None:
    if not named:
        return True
    return None if value is None else value in named


def _share(values: frozenset[str] | None, named: frozenset[str]) -> bool | None:
    if not named:
        return True
    return None if values is None else not folded(values).isdisjoint(folded(named))


def _is_priced(price: Money | None, scope: Scope) -> bool | None:
    bounds = [bound for bound in (scope.price_from, scope.price_below) if bound]
    if not bounds:
        return True
    if price is None:
        return None
    if any(bound.currency != price.currency for bound in bounds):
        return False
    is_enough = scope.price_from is None or price.minor >= scope.price_from.minor
    return is_enough and (scope.price_below is None or price.minor < scope.price_below.minor)


def folded(names: frozenset[str]) -> frozenset[str]:
    """The names as they compare."""
    return frozenset(name.strip().casefold() for name in names)
