"""Have orders and claims know of arrivals they missed, should the job that was to tell them have died for good."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.clocks.arrivals import fulfilment_arrival
from plugin.domain.effects import FollowShipments
from plugin.domain.ids import MerchantId, ShipmentId
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment
from plugin.domain.tracking.arriving import with_arrival
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.claim.follow_parcel import is_behind

_KEPT: Final = timedelta(days=30)
"""For so long after it arrived a parcel is compared: carriers tell days later, and what hinders it has to be mended."""
_PAGE: Final = 200


def catch_up_arrivals(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many parcels arrived without their order or claim knowing, and are queued to be followed; once a day each."""
    count = 0
    for missed in _missed(merchant, units, now):
        with units(merchant) as unit:
            unit.queue.add([FollowShipments(merchant, missed)], key=f"arrivals:{missed[0]}:{now.date()}")
            unit.commit()
        count += len(missed)
    return count


def _missed(merchant: MerchantId, units: Units, now: datetime) -> Iterator[tuple[ShipmentId, ...]]:
    """Page by page, so that no transaction is held for long."""
    last: Shipment | None = None
    while True:
        with units.read(merchant) as unit:
            page = unit.shipments.arrived(now - _KEPT, last, _PAGE)
            missed = tuple(each.id for each in page if _is_missed(each, unit))
        if missed:
            yield missed
        if not page:
            return
        last = page[-1]


def _is_missed(shipment: Shipment, unit: UnitOfWork) -> bool:
    if shipment.purpose is Purpose.RETURN:
        return is_behind(shipment, unit)
    before = unit.orders.get(shipment.order)
    after = with_arrival(before, shipment)
    return len(after.arrivals) > len(before.arrivals) or _standing(after) != _standing(before)


def _standing(stored: StoredOrder) -> Sequence[Moment | None]:
    """What periods are counted from; a parcel that came before the last of its fulfilment changes nothing of that."""
    placed_at = stored.order.placed.at
    return [fulfilment_arrival(each, stored.arrivals, placed_at) for each in stored.order.fulfilments]
