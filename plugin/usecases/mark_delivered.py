"""Set orders "delivered on" a day, as the merchant knows it; singly or in bulk, and taken back just as easily."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from plugin.domain.effects import RebuildEntitlements
from plugin.domain.errors import Invalid, NotFound
from plugin.domain.ids import LineId, MerchantId, OrderId, StaffId
from plugin.domain.law.zones import delivery_place
from plugin.domain.order import Order
from plugin.domain.stored import DeliveryMark, StoredOrder
from plugin.domain.times import Moment, Source, local_noon
from plugin.ports.unit_of_work import UnitOfWork, Units

_UNKNOWN_PLACE = ZoneInfo("Etc/UTC")


class DeliveredOutOfOrder(Invalid):
    """Nothing is delivered before it was ordered, or in the future."""

    code = "delivered_out_of_order"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the merchant says: this order, or one line of it, arrived on this day, local to where it went."""

    order: OrderId
    on: date
    line: LineId | None = None


def mark_delivered(
    deliveries: Sequence[Delivery], *, merchant: MerchantId, by: StaffId | None, units: Units, now: datetime
) -> int:
    """How many orders changed; all are marked, or none.

    Marking again replaces the mark. Raises `NotFound` on an unknown order or line and `DeliveredOutOfOrder` on a day
    before the order or after today; both name the order.
    """
    with units(merchant) as unit:
        before = {order: unit.orders.get(order) for order in {delivery.order for delivery in deliveries}}
        changed = save_marks(before, _marked(before, deliveries, by, now), unit)
        unit.commit()
    return changed


def unmark_delivered(
    orders: Sequence[OrderId], *, merchant: MerchantId, units: Units, line: LineId | None = None
) -> int:
    """How many orders changed: the mark on the whole order is taken back, or the one on `line`. Raises `NotFound`."""
    with units(merchant) as unit:
        before = {order: unit.orders.get(order) for order in orders}
        changed = save_marks(before, {order: _without(stored, line) for order, stored in before.items()}, unit)
        unit.commit()
    return changed


Orders = Mapping[OrderId, StoredOrder]


def _marked(before: Orders, deliveries: Sequence[Delivery], by: StaffId | None, now: datetime) -> Orders:
    orders = dict(before)
    for delivery in deliveries:
        stored = orders[delivery.order]
        mark = DeliveryMark(_moment(delivery, stored.order, now), marked_at=now, marked_by=by, line=delivery.line)
        orders[delivery.order] = replace(stored, marks=(*_without(stored, delivery.line).marks, mark))
    return orders


def _without(stored: StoredOrder, line: LineId | None) -> StoredOrder:
    return replace(stored, marks=tuple(mark for mark in stored.marks if mark.line != line))


def _moment(delivery: Delivery, order: Order, now: datetime) -> Moment:
    if delivery.line is not None and all(line.id != delivery.line for line in order.lines):
        raise NotFound({"field": "line", "line": delivery.line, "order": order.number})
    zone = _zone(order)
    if not order.placed.at.astimezone(zone).date() <= delivery.on <= now.astimezone(zone).date():
        raise DeliveredOutOfOrder({"field": "on", "on": delivery.on.isoformat(), "order": order.number})
    return Moment(min(local_noon(delivery.on, zone), now.astimezone(UTC)), Source.MERCHANT)


def _zone(order: Order) -> ZoneInfo:
    if order.place.country is None:
        return _UNKNOWN_PLACE
    address = order.shopper.delivery
    return delivery_place(order.place.country, order.place.state, address.postcode if address else None).zone


def save_marks(before: Orders, after: Orders, unit: UnitOfWork) -> int:
    """How many orders have other marks than before: those are saved, and their projections computed again."""
    changed = [stored for order, stored in after.items() if stored.marks != before[order].marks]
    if changed:
        unit.orders.save(changed)
        unit.queue.add([RebuildEntitlements(unit.merchant, tuple(stored.id for stored in changed))])
    return len(changed)
