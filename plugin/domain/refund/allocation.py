"""The parts a refund is made of, line by line; they add up to it exactly, in both currencies."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Self

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Price


class Side(StrEnum):
    """One of the two currencies every amount is kept in; each is allocated for itself."""

    PRESENTMENT = "presentment"
    SHOP = "shop"

    def of(self, price: Price) -> Money:
        """The amount in this currency."""
        return price.presentment if self is Side.PRESENTMENT else price.shop


@dataclass(frozen=True, slots=True)
class Parts:
    """One line's parts of a refund, in minor units of one currency; `net` and `tax` are the goods'.

    `duty` holds whatever was charged beside goods and delivery: import duty, a payment surcharge, a tip.
    """

    net: int = 0
    tax: int = 0
    shipping: int = 0
    shipping_tax: int = 0
    duty: int = 0

    @property
    def goods(self) -> int:
        """What the goods are worth, tax included."""
        return self.net + self.tax

    @property
    def total(self) -> int:
        """Everything."""
        return self.goods + self.shipping + self.shipping_tax + self.duty

    def values(self) -> tuple[int, ...]:
        """Part by part, in the order of the fields."""
        return (self.net, self.tax, self.shipping, self.shipping_tax, self.duty)

    def with_goods(self, net: int, tax: int) -> Self:
        """The same with other goods."""
        return replace(self, net=net, tax=tax)


_NAMES = tuple(field.name for field in fields(Parts))


def scaled(parts: Iterable[Parts], total: int) -> list[Parts]:
    """The same parts in proportion, adding up to `total`, by largest remainder."""
    flat = [value for part in parts for value in part.values()]
    values = flat if sum(flat) == total or not flat else shares(total, flat)
    width = len(_NAMES)
    return [Parts(*values[start : start + width]) for start in range(0, len(values), width)]


def shares(total: int, weights: list[int]) -> list[int]:
    """`total` minor units in proportion to the weights, none lost (`Money.split`)."""
    return [part.minor for part in Money(total, "XXX").split(weights)]


def proportion(part: int, of: int, whole: int) -> int:
    """As much of `whole` as `part` is of `of`, rounded half up to the unit; nothing of nothing."""
    return (2 * part * whole + of) // (2 * of) if of else 0


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of a refund that belongs to one line, in both currencies; `quantity` 0: money only."""

    line: LineId
    quantity: int
    net: Price
    tax: Price
    shipping: Price
    shipping_tax: Price
    duty: Price

    @property
    def total(self) -> Price:
        """Everything that goes back for this line."""
        return self.net + self.tax + self.shipping + self.shipping_tax + self.duty

    def parts(self, side: Side) -> Parts:
        """The amounts in one currency."""
        return Parts(*(side.of(getattr(self, name)).minor for name in _NAMES))


def allocation(line: LineId, quantity: int, shop: tuple[Parts, str], presentment: tuple[Parts, str]) -> Allocation:
    """One line's allocation from its parts in each currency."""
    prices = (
        Price(Money(getattr(shop[0], name), shop[1]), Money(getattr(presentment[0], name), presentment[1]))
        for name in _NAMES
    )
    return Allocation(line, quantity, *prices)


def zero(like: Price) -> Price:
    """Nothing, in the same currencies."""
    return Price(Money.zero(like.shop.currency), Money.zero(like.presentment.currency))


def total_of(prices: Iterable[Price], like: Price) -> Price:
    """The sum; nothing, in the currencies of `like`, when there is nothing to add."""
    return sum(prices, start=zero(like))
