"""What is said of a parcel's arrival: the carrier's word where it names days, else ours, said once."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.eta.forecast import ExpectedRange
from plugin.domain.tracking.eta.lane import Begun, Lane
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment

_S = DeliveryStatus
_OVER: Final = frozenset({_S.DELIVERED, _S.RETURNING, _S.RETURNED, _S.LOST})


def lane_of(shipment: Shipment) -> Lane | None:
    """The lane whose history says something of it; None: nobody knows with whom or where it goes."""
    carrier, destination = shipment.number.carrier, shipment.destination
    if carrier is None or destination is None:
        return None
    return Lane(Begun.DISPATCH, destination, carrier, shipment.origin, shipment.service)


def awaits(shipment: Shipment) -> bool:
    """Whether it is on its way to a shopper, so that days may be said of it."""
    is_outbound = shipment.purpose is Purpose.OUTBOUND and not shipment.is_void
    return is_outbound and shipment.whereabouts.status not in _OVER


def forecast_days(first: date, last: date, now: datetime) -> ExpectedDays:
    """The carrier's own days; two that came in the wrong order are the same days."""
    return ExpectedDays(min(first, last), max(first, last), now, by_carrier=True)


def lane_days(found: ExpectedRange, now: datetime) -> ExpectedDays:
    """Ours, from the lane's history."""
    return ExpectedDays(found.first, found.last, now)


def saying(shipment: Shipment, days: ExpectedDays | None) -> Shipment:
    """The shipment with these days said of it; None takes nothing back.

    Days that were said already keep their `said_at`. Ours never take the place of the carrier's, nor of our own.
    """
    said = shipment.expected
    if days is None or (said is not None and not days.by_carrier):
        return shipment
    if said is not None and (said.first, said.last, said.by_carrier) == (days.first, days.last, days.by_carrier):
        return shipment
    return replace(shipment, expected=days, first_expected=shipment.first_expected or days)
