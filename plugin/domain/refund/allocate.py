"""What a requested refund is worth: line by line to the minor unit, in both currencies, never beyond what is open.

Each currency is allocated for itself, by largest remainder, from what is left of every part, so that paying back unit
by unit comes to exactly what paying back everything at once does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugin.domain.money import CurrencyMismatch, Money
from plugin.domain.order import Order, Price
from plugin.domain.refund.allocation import Allocation, Parts, Side, allocation, scaled, shares, total_of
from plugin.domain.refund.beside import Beside, beside_of
from plugin.domain.refund.goods import Goods, after_deductions, goods_of
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.ledger import ledger, open_to_refund
from plugin.domain.refund.left import Units, left_of, units_of
from plugin.domain.refund.request import (
    LineRequest,
    NothingToRefund,
    NotRefundable,
    RefundRequest,
    ShippingRule,
    check_deductions,
)


@dataclass(frozen=True, slots=True)
class RefundQuote:
    """What a refund comes to: `total` is the sum of the allocations and of nothing else.

    `deducted` was kept back as asked. The total falls short of what was asked for by what is not open: paid back before
    without naming lines, or never captured.
    """

    allocations: tuple[Allocation, ...]
    total: Price
    deducted: Price
    shipping_rule: ShippingRule


def quote(request: RefundRequest, order: Order, intents: Iterable[RefundIntent] = ()) -> RefundQuote:
    """The refund's allocations. `intents` are all of ours for this order, whatever their state.

    Raises `NotRefundable`, `DeductionNotAllowed`, `NothingToRefund` and `CurrencyMismatch`.
    """
    known = tuple(intents)
    entries = ledger(order, known)
    units = units_of(order, entries)
    _check(request, order, units)
    left = {side: left_of(order, entries, side) for side in Side}
    before = goods_of(request, left, units)
    goods = after_deductions(before, request)
    beside = beside_of(request, order, left, units)
    wanted = {side: _with_beside(goods.rows[side], before.rows[side], beside, side) for side in Side}
    room = open_to_refund(order, known)
    given = _within(wanted, room)
    if _sum(given[Side.PRESENTMENT]) == 0:
        raise NothingToRefund({"order": order.number})
    allocations = _allocations(request, order, given)
    return RefundQuote(
        allocations=allocations,
        total=total_of((part.total for part in allocations), order.total),
        deducted=_deducted(before, goods, order),
        shipping_rule=beside.rule,
    )


def _check(request: RefundRequest, order: Order, units: Units) -> None:
    """Raises what `quote` raises about the request itself."""
    check_deductions(request)
    asked_for = [asked.line for asked in request.lines]
    if not asked_for or len(set(asked_for)) != len(asked_for):
        raise NotRefundable({"field": "lines", "reason": "missing_or_repeated"})
    for asked in request.lines:
        _check_line(asked, units)
    if any(deduction.line is not None and deduction.line not in asked_for for deduction in request.deductions):
        raise NotRefundable({"field": "deductions", "reason": "unknown_line"})
    for amount in (*_amounts(request),):
        if amount.currency != order.total.presentment.currency:
            raise CurrencyMismatch(
                {"field": "currency", "left": order.total.presentment.currency, "right": amount.currency}
            )


def _check_line(asked: LineRequest, units: Units) -> None:
    left = units.left.get(asked.line)
    if left is None:
        raise NotRefundable({"field": "lines", "reason": "unknown_line", "line": asked.line})
    if asked.amount is not None and (asked.quantity != 0 or asked.amount.minor <= 0):
        raise NotRefundable({"field": "amount", "reason": "amount_beside_units", "line": asked.line})
    if asked.amount is None and not 1 <= asked.quantity <= left:
        raise NotRefundable({"field": "quantity", "reason": "units", "line": asked.line, "left": left})


def _amounts(request: RefundRequest) -> Iterable[Money]:
    yield from (asked.amount for asked in request.lines if asked.amount)
    yield from (deduction.amount for deduction in request.deductions)
    yield from (amount for amount in (request.duty, request.standard_shipping) if amount)


def _with_beside(goods: Sequence[Parts], before: Sequence[Parts], beside: Beside, side: Side) -> list[Parts]:
    """Each line with its share of delivery and duty, by the price of its goods."""
    whole, weights = beside.parts[side], [parts.goods for parts in before]
    spread = (shares(amount, weights) for amount in (whole.shipping, whole.shipping_tax, whole.duty))
    return [
        Parts(parts.net, parts.tax, shipping, tax, duty)
        for parts, shipping, tax, duty in zip(goods, *spread, strict=True)
    ]


def _within(wanted: dict[Side, list[Parts]], room: Price) -> dict[Side, list[Parts]]:
    """What is open at most. What the shopper paid decides: with its last minor unit, all of the shop's side goes."""
    shown, shop = wanted[Side.PRESENTMENT], wanted[Side.SHOP]
    if _sum(shown) < room.presentment.minor:
        limit = min(_sum(shop), room.shop.minor)
        return {Side.PRESENTMENT: shown, Side.SHOP: scaled(shop, limit)}
    shown = scaled(shown, room.presentment.minor)
    return {Side.PRESENTMENT: shown, Side.SHOP: scaled(shop if _sum(shop) else shown, room.shop.minor)}


def _sum(parts: Iterable[Parts]) -> int:
    return sum(part.total for part in parts)


def _allocations(request: RefundRequest, order: Order, given: dict[Side, list[Parts]]) -> tuple[Allocation, ...]:
    rows = zip(request.lines, given[Side.SHOP], given[Side.PRESENTMENT], strict=True)
    return tuple(
        allocation(
            asked.line, asked.quantity, (shop, order.total.shop.currency), (shown, order.total.presentment.currency)
        )
        for asked, shop, shown in rows
    )


def _deducted(before: Goods, after: Goods, order: Order) -> Price:
    kept = {side: before.total(side) - after.total(side) for side in Side}
    return Price(
        Money(kept[Side.SHOP], order.total.shop.currency),
        Money(kept[Side.PRESENTMENT], order.total.presentment.currency),
    )
