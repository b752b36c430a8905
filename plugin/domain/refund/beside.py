"""What goes back beside the goods: outbound delivery by the rule of the law, duty and other charges as asked."""

from dataclasses import dataclass

from plugin.domain.order import Order
from plugin.domain.refund.allocation import Parts, Side, proportion, scaled, shares
from plugin.domain.refund.goods import Lefts
from plugin.domain.refund.left import Units, less
from plugin.domain.refund.request import Ground, NotRefundable, RefundRequest, ShippingRule


@dataclass(frozen=True, slots=True)
class Beside:
    """Delivery and duty of one refund as a whole, by currency."""

    parts: dict[Side, Parts]
    rule: ShippingRule


def beside_of(request: RefundRequest, order: Order, left: Lefts, units: Units) -> Beside:
    """What goes back beside the goods. Raises `NotRefundable` for more duty than was charged."""
    now, others = _by_price(request, order, left, units)
    is_last = others is None
    parts = {}
    for side in Side:
        shipping = _shipping(request, left, side)
        if not is_last:
            shipping = _share(shipping, now, others or 0)
        parts[side] = Parts(
            shipping=shipping.shipping, shipping_tax=shipping.shipping_tax, duty=_duty(request, left, units, side)
        )
    if not request.shipping:
        return Beside(parts, ShippingRule.NONE)
    return Beside(parts, ShippingRule.FULL if is_last else ShippingRule.PROPORTIONATE)


def _by_price(request: RefundRequest, order: Order, left: Lefts, units: Units) -> tuple[int, int | None]:
    """The price of the units that go back now, and of all others whose delivery is still paid; None: no such others."""
    asked = {line.line: line.quantity for line in request.lines}
    goods = left[Side.PRESENTMENT].was.goods
    now = others = others_units = 0
    for line in order.lines:
        units_now = asked.get(line.id, 0)
        remaining = units.undelivered[line.id] - units_now
        now += proportion(units_now, line.quantity, goods[line.id].goods)
        others += proportion(remaining, line.quantity, goods[line.id].goods)
        others_units += remaining
    return now, others if others_units else None


def _shipping(request: RefundRequest, left: Lefts, side: Side) -> Parts:
    """All of the delivery that is left, standard delivery at most."""
    if not request.shipping:
        return Parts()
    charged, shown = left[side].was.beside, left[Side.PRESENTMENT].was.beside
    allowed = Parts(shipping=charged.shipping, shipping_tax=charged.shipping_tax)
    gross, shown_gross = allowed.total, shown.shipping + shown.shipping_tax
    standard = request.standard_shipping
    if standard is not None and standard.minor < shown_gross:
        target = proportion(max(standard.minor, 0), shown_gross, gross)
        net, tax = shares(target, [allowed.shipping, allowed.shipping_tax])
        allowed = Parts(shipping=net, shipping_tax=tax)
    return less(allowed, left[side].paid_beside)


def _share(parts: Parts, now: int, others: int) -> Parts:
    if not now:
        return Parts()
    return scaled([parts], shares(parts.total, [now, others])[0])[0]


def _duty(request: RefundRequest, left: Lefts, units: Units, side: Side) -> int:
    remaining = less(left[side].was.beside, left[side].paid_beside).duty
    if request.duty is None:
        return remaining if request.ground is Ground.WITHDRAWAL and _is_all(request, units) else 0
    shown = less(left[Side.PRESENTMENT].was.beside, left[Side.PRESENTMENT].paid_beside).duty
    if not 0 <= request.duty.minor <= shown:
        raise NotRefundable({"field": "duty", "reason": "more_than_charged", "left": shown})
    return proportion(request.duty.minor, shown, remaining)


def _is_all(request: RefundRequest, units: Units) -> bool:
    asked = {line.line: line.quantity for line in request.lines}
    return all(asked.get(line, 0) == left for line, left in units.left.items())
