"""Brings an order to exactly what is due: by one fee that takes something off, or by lines that cost nothing.

WooCommerce takes tax off a negative fee in proportion to the goods, whatever its own tax status says, and caps it at
the goods' price without tax (9.2 and 10.5). What it takes off in all shows only in the total that comes back, which is
rounded rate by rate: so it is tried, between what was too much and what was too little.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.seen import LiveOrder, amount
from plugin.domain.money import Money
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_TRIES: Final = 16
_NAME: Final = "Aftercare"
_EXACT: Final = Decimal("0.000001")
"""A step of the fee is finer than any minor unit: amounts keep the decimals they are sent with."""

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Between:
    """The fee lies between these: `low` takes too much off, `high` too little."""

    low: Decimal
    high: Decimal

    def next(self, fee: Decimal, step: Decimal) -> Decimal:
        """The fee a step further; halfway where the step leads out of here."""
        guess = (fee - step).quantize(_EXACT)
        return guess if self.low < guess < self.high else ((self.low + self.high) / 2).quantize(_EXACT)


def take_off(calls: Calls, order: LiveOrder, due: Money) -> LiveOrder:
    """The order at this total. Raises `Rejected` where the shop's rounding allows no way to it."""
    if not due.minor:
        free: Json = {"line_items": [{"id": item.id, "total": "0"} for item in order.line_items]}
        order = calls.write("PUT", f"orders/{order.id}", free, LiveOrder)
    fee = sum((amount(item.total) for item in order.fee_lines), Decimal())
    between = _Between(-amount(order.total), Decimal())
    share = 1 - amount(order.total_tax) / amount(order.total) if amount(order.total) else Decimal(1)
    for _ in range(_TRIES):
        over = amount(order.total) - due.decimal()
        if Money.parse(order.total, due.currency) == due:
            return order
        between = replace(between, high=fee) if over > 0 else replace(between, low=fee)
        fee = between.next(fee, over * share)
        order = calls.write("PUT", f"orders/{order.id}", {"fee_lines": [_line(order, fee)]}, LiveOrder)
    raise Rejected(Refusal.INVALID, detail=f"order {order.id} does not come to {due.minor} {due.currency}")


def _line(order: LiveOrder, fee: Decimal) -> Json:
    known = [item.id for item in order.fee_lines]
    return {**({"id": known[0]} if known else {}), "name": _NAME, "total": f"{fee:f}"}
