"""What a rule is about: products, shoppers, channels, prices, seasons; and whether an item is meant."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
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


Question = Callable[[Item], bool | None]
"""Asks one thing of an item; None: depends on something nobody knows."""


def matches(scope: Scope, item: Item) -> bool | None:
    """Whether the scope means the item; None when that depends on something nobody knows."""
    return answered(questions(scope), item)


def answered(asked: Iterable[Question], item: Item) -> bool | None:
    """Whether every question is answered with yes; None when none is answered with no, but one not at all."""
    is_sure = True
    for question in asked:
        answer = question(item)
        if answer is False:
            return False
        is_sure = is_sure and answer is True
    return True if is_sure else None


def questions(scope: Scope) -> tuple[Question, ...]:
    """What the scope asks of an item, a question for each kind of thing it names; to be kept where many items come."""
    return tuple(_questions(scope))


def _questions(scope: Scope) -> Iterator[Question]:
    if scope.products:
        yield lambda item: None if item.product is None else item.product in scope.products
    if scope.skus:
        yield lambda item: None if item.sku is None else item.sku in scope.skus
    if scope.channels:
        yield lambda item: None if item.channel is None else item.channel in scope.channels
    shared: tuple[tuple[frozenset[str], Callable[[Item], frozenset[str] | None]], ...] = (
        (scope.categories, lambda item: item.categories),
        (scope.collections, lambda item: item.collections),
        (scope.tags, lambda item: item.tags),
        (scope.groups, lambda item: item.groups),
    )
    yield from (_sharing(names, values) for names, values in shared if names)
    if scope.season:
        yield _in_season(scope.season)
    if scope.price_from or scope.price_below:
        yield lambda item: _is_priced(item.price, scope.price_from, scope.price_below)


def _sharing(names: frozenset[str], values: Callable[[Item], frozenset[str] | None]) -> Question:
    named = folded(names)

    def shares(item: Item) -> bool | None:
        found = values(item)
        return None if found is None else not named.isdisjoint(folded(found))

    return shares


def _in_season(season: Season) -> Question:
    first, last = season.first, season.last
    return lambda item: None if item.day is None else first <= item.day <= last


def _is_priced(price: Money | None, lowest: Money | None, limit: Money | None) -> bool | None:
    if price is None:
        return None
    if lowest is not None and (lowest.currency != price.currency or price.minor < lowest.minor):
        return False
    return limit is None or (limit.currency == price.currency and price.minor < limit.minor)


@lru_cache(maxsize=4096)
def folded(names: frozenset[str]) -> frozenset[str]:
    """The names as they compare."""
    return frozenset(name.strip().casefold() for name in names)
