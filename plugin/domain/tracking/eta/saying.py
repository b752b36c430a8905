"""What is said of a parcel's arrival from its lane: once, where its carrier says nothing."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.eta.forecast import ExpectedRange
from plugin.domain.tracking.eta.lane import Lane, transit_lane
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment

_S = DeliveryStatus
_OVER: Final = frozenset({_S.DELIVERED, _S.RETURNING, _S.RETURNED, _S.LOST})


def lane_of(shipment: Shipment) -> Lane | None:
    """The lane whose history says something of it; None: nobody knows with whom or where it goes.

    The carrier is who it was given to: who has the last mile is known only once it has changed hands.
    """
    carrier, destination = shipment.numbers[0].carrier, shipment.destination
    if carrier is None or destination is None:
        return None
    return transit_lane(destination, carrier, shipment.origin, shipment.service)


def is_unsaid(shipment: Shipment) -> bool:
    """Whether it is on its way to a shopper and nobody has said yet when it should arrive."""
    is_outbound = shipment.purpose is Purpose.OUTBOUND and not shipment.is_void
    is_on_its_way = shipment.shipped_at is not None and shipment.whereabouts.status not in _OVER
    return is_outbound and is_on_its_way and shipment.expected is None


def saying(shipment: Shipment, found: ExpectedRange, now: datetime) -> Shipment:
    """The shipment with these days said of it."""
    days = ExpectedDays(found.first, found.last, now)
    return replace(shipment, expected=days, first_expected=shipment.first_expected or days)
