"""Take "delivered on" back: every order gets the mark it had before, or none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from plugin.domain.ids import MerchantId, OrderId, StaffId
from plugin.domain.stored import DeliveryMark, StoredOrder
from plugin.domain.times import Moment, Source
from plugin.ports.unit_of_work import Units
from plugin.usecases.mark_delivered import save_marks


def marks_before(orders: list[OrderId], *, merchant: MerchantId, units: Units) -> Mapping[OrderId, datetime | None]:
    """When each of these orders is marked as delivered now, to be remembered before that changes. Raises `NotFound`."""
    with units.read(merchant) as unit:
        return {order: _marked_at(unit.orders.get(order)) for order in orders}


def undo_delivery(
    before: Mapping[OrderId, datetime | None], *, merchant: MerchantId, by: StaffId | None, units: Units, now: datetime
) -> int:
    """How many orders changed; all of them, or none. `before` is what `marks_before` said. Raises `NotFound`."""
    with units(merchant) as unit:
        orders = {order: unit.orders.get(order) for order in before}
        restored = {order: _restored(stored, before[order], by, now) for order, stored in orders.items()}
        changed = save_marks(orders, restored, unit)
        unit.commit()
    return changed


def _marked_at(stored: StoredOrder) -> datetime | None:
    return next((mark.moment.at for mark in stored.marks if mark.line is None), None)


def _restored(stored: StoredOrder, at: datetime | None, by: StaffId | None, now: datetime) -> StoredOrder:
    others = tuple(mark for mark in stored.marks if mark.line is not None)
    if at is None:
        return replace(stored, marks=others)
    return replace(stored, marks=(*others, DeliveryMark(Moment(at, Source.MERCHANT), marked_at=now, marked_by=by)))
