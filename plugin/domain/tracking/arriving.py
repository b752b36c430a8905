"""What a parcel's whereabouts mean for when the goods of its order arrived, from which periods are counted.

A carrier's word counts instead of the platform's, and the merchant's where the platform says nothing. An arrival that
was counted from before is not taken back: a correction to an earlier day leaves it standing, one to a later day moves
it, and one that a carrier's later scan contradicts is none (docs/decisions/2026-11-22-delivery-start.md).
"""

from dataclasses import replace
from typing import Final

from plugin.domain.clocks.arrivals import bare_number, fulfilment_arrival
from plugin.domain.order import DeliveryStatus
from plugin.domain.stored import ParcelArrival, StoredOrder
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.domain.tracking.steps import ON_ITS_WAY

_BACK: Final = frozenset({DeliveryStatus.RETURNING, DeliveryStatus.RETURNED})
_OURS: Final = frozenset({Source.CARRIER, Source.MERCHANT})
"""Who says it to us; the platform's word is in the order itself."""


def with_arrival(stored: StoredOrder, shipment: Shipment) -> StoredOrder:
    """The order as it is with where one of its parcels is; the very same object where that says nothing new."""
    if shipment.purpose is not Purpose.OUTBOUND or shipment.is_void or shipment.is_forgotten:
        return stored
    number = _sent_as(stored, shipment)
    known = next((e for e in stored.arrivals if (e.fulfilment, e.number) == (shipment.belongs_to, number)), None)
    if number is None or not (known or _is_told(stored, shipment)):
        return stored
    told = _later(known.told if known else None, _standing(stored, shipment.belongs_to))
    said = _delivered(stored, shipment)
    delivered = _later(said, told) if said else None
    new = ParcelArrival(shipment.belongs_to, number, delivered, told)
    if known and known.delivered == new.delivered:
        return stored
    others = tuple(each for each in stored.arrivals if each is not known)
    return replace(stored, arrivals=(*others, new))


def _delivered(stored: StoredOrder, shipment: Shipment) -> Moment | None:
    """When it arrived; of nothing that arrived before it was ordered, which is another parcel of the same number."""
    delivered = shipment.whereabouts.delivered
    return delivered if delivered and delivered.at >= stored.order.placed.at else None


def _is_told(stored: StoredOrder, shipment: Shipment) -> bool:
    """Whether anybody but the platform has said whether it arrived."""
    where = shipment.whereabouts
    if where.delivered:
        return where.delivered.source in _OURS and _delivered(stored, shipment) is not None
    return where.first_scan is not None and (where.status in _BACK or _is_contradicted(stored, shipment))


def _is_contradicted(stored: StoredOrder, shipment: Shipment) -> bool:
    """Whether a carrier still had it on its way after what is counted from now."""
    where, standing = shipment.whereabouts, _standing(stored, shipment.belongs_to)
    is_later = standing is not None and where.last_scan is not None and standing.at < where.last_scan
    return is_later and where.status in ON_ITS_WAY


def _sent_as(stored: StoredOrder, shipment: Shipment) -> str | None:
    """The number the order knows the parcel by: the first of its numbers that the order lists, else its first."""
    fulfilment = next((each for each in stored.order.fulfilments if each.id == shipment.belongs_to), None)
    if fulfilment is None:
        return None
    listed = {bare_number(parcel.number) for parcel in fulfilment.parcels if parcel.number}
    numbers = [each.number for each in shipment.numbers]
    return next((number for number in numbers if number in listed), numbers[0])


def _standing(stored: StoredOrder, fulfilment: str) -> Moment | None:
    """What is counted from now."""
    found = next((each for each in stored.order.fulfilments if each.id == fulfilment), None)
    return fulfilment_arrival(found, stored.arrivals, stored.order.placed.at) if found else None


def _later(one: Moment | None, other: Moment | None) -> Moment | None:
    if one is None or other is None:
        return one or other
    return other if other.at > one.at else one
