"""Have orders and claims know of parcels that arrived or were sent back, should the job that tells them be lost."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
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
"""For so long after it arrived or was sent a parcel is compared: carriers tell days later, and what hinders has to be
mended."""
_PAGE: Final = 200
_Read = Callable[[UnitOfWork, datetime, Shipment | None], Sequence[Shipment]]
"""A page since an instant, after the last of the page before."""


def catch_up_arrivals(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many parcels arrived without their order or claim knowing, and are queued to be followed; once a day each.

    So are returns of which a claim does not know that a carrier has them, for that starts clocks, too.
    """
    count = 0
    pages = chain(_missed(_arrived, merchant, units, now), _missed(_sent_back, merchant, units, now))
    for missed in pages:
        with units(merchant) as unit:
            unit.queue.add([FollowShipments(merchant, missed)], key=f"arrivals:{missed[0]}:{now.date()}")
            unit.commit()
        count += len(missed)
    return count


def _arrived(unit: UnitOfWork, since: datetime, after: Shipment | None) -> Sequence[Shipment]:
    return unit.shipments.arrived(since, after, _PAGE)


def _sent_back(unit: UnitOfWork, since: datetime, after: Shipment | None) -> Sequence[Shipment]:
    return unit.shipments.sent_back(since, after, _PAGE)


def _missed(read: _Read, merchant: MerchantId, units: Units, now: datetime) -> Iterator[tuple[ShipmentId, ...]]:
    """Page by page, so that no transaction is held for long."""
    last: Shipment | None = None
    while True:
        with units.read(merchant) as unit:
            page = read(unit, now - _KEPT, last)
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
