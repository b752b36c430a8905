"""What is left of each item of an order after its refunds, amounts and units, as the shop itself keeps them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from integrations.platforms.woocommerce.actions.marks import value_of
from integrations.platforms.woocommerce.actions.seen import Item, Items, LiveOrder, LiveRefund, amount
from plugin.domain.money import Money

_BACK: Final = "_refunded_item_id"
_FINEST: Final = 10**6
"""Weights are whole numbers; tax shares have up to six decimals."""

Rate = int
Part = tuple[int, Rate | None]
"""An item's id, and one of its tax rates; None: the amount without tax."""


@dataclass(frozen=True, slots=True)
class ItemLeft:
    """What is left of one item; `weights` are never negative."""

    id: int
    units: int
    gross: Decimal
    net: Decimal
    taxes: Mapping[Rate, Decimal]

    def net_weight(self) -> dict[Part, int]:
        """For sharing out an amount without tax."""
        return {(self.id, None): _weight(self.net)}

    def tax_weights(self) -> dict[Part, int]:
        """For sharing out a tax over its rates."""
        return {(self.id, rate): _weight(share) for rate, share in self.taxes.items()}


@dataclass(frozen=True, slots=True)
class OrderLeft:
    """What is left of an order, item by item, and of its money as a whole."""

    lines: Mapping[int, ItemLeft]
    shipping: tuple[ItemLeft, ...]
    fees: tuple[ItemLeft, ...]
    money: Decimal


def left_of(order: LiveOrder, refunds: Iterable[LiveRefund]) -> OrderLeft:
    """The order less its refunds."""
    known = tuple(refunds)
    gone: dict[int, list[Item]] = {}
    for refund in known:
        for item in _items(refund):
            gone.setdefault(_refunded(item), []).append(item)
    return OrderLeft(
        {item.id: _left(item, gone.get(item.id, [])) for item in order.line_items},
        tuple(_left(item, gone.get(item.id, [])) for item in order.shipping_lines),
        tuple(_left(item, gone.get(item.id, [])) for item in order.fee_lines),
        amount(order.total) - sum((abs(amount(refund.amount)) for refund in known), Decimal()),
    )


def shared(total: Money, weights: Mapping[Part, int]) -> dict[Part, Money]:
    """The total over these parts in proportion, no minor unit lost; nothing where there is nothing to share it over."""
    if not total.minor or not sum(weights.values()):
        return {}
    return dict(zip(weights, total.split(list(weights.values())), strict=True))


def _items(of: Items) -> list[Item]:
    return [*of.line_items, *of.shipping_lines, *of.fee_lines]


def _refunded(item: Item) -> int:
    """The order's item that a refund's item pays back: its meta says so, as text or number."""
    said = str(value_of(item.meta_data, _BACK) or "")
    return int(said) if said.isascii() and said.isdecimal() else 0


def _left(item: Item, gone: list[Item]) -> ItemLeft:
    """Refunds count from the numbers as they are: negative."""
    taxes = {share.id: amount(share.total) for share in item.taxes}
    for part in gone:
        for share in part.taxes:
            taxes[share.id] = taxes.get(share.id, Decimal()) + amount(share.total)
    return ItemLeft(
        item.id,
        item.quantity + sum(part.quantity for part in gone),
        item.gross + sum((part.gross for part in gone), Decimal()),
        amount(item.total) + sum((amount(part.total) for part in gone), Decimal()),
        taxes,
    )


def _weight(share: Decimal) -> int:
    return max(int(share * _FINEST), 0)
