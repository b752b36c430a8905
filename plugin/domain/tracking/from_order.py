"""The parcels of an order, as its platform tells of them: which numbers they go under, and what it says of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from plugin.domain.clocks.arrivals import CALLED_OFF
from plugin.domain.law.zones import delivery_place
from plugin.domain.order import DeliveryEvent, DeliveryStatus, Fulfilment, Order
from plugin.domain.stored import StoredOrder
from plugin.domain.times import NotAnInstant, Source
from plugin.domain.tracking.number import NotATrackingNumber, tracking_number
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import ExpectedDays

_TOLD_AS: Final = {Source.STATUS: Source.STATUS, Source.MERCHANT: Source.MERCHANT}
"""Whatever else a platform reports is its word, also where it says that a carrier told it."""


@dataclass(frozen=True, slots=True)
class SentParcel:
    """One numbered parcel of a fulfilment; `carrier` as the order names it."""

    fulfilment: Fulfilment
    number: str
    carrier: str | None
    is_alone: bool
    """Whether it is its fulfilment's only one, so that what is said of the fulfilment is said of it."""


def has_parcels(order: Order) -> bool:
    """Whether anything of it has a number; cheap, for all orders pass here."""
    return any(parcel.number for fulfilment in order.fulfilments for parcel in fulfilment.parcels)


def parcels_of(stored: StoredOrder) -> Iterator[SentParcel]:
    """Every parcel that left and was not called off, each number of a fulfilment once."""
    if stored.is_gone or stored.order.is_test:
        return
    for fulfilment in stored.order.fulfilments:
        if fulfilment.status not in CALLED_OFF:
            yield from _numbered(fulfilment)


def reports_of(parcel: SentParcel, order: Order) -> tuple[Report, ...]:
    """What the platform says of it; of several parcels in one fulfilment only that all have arrived.

    A platform does not say when we heard of what: heard when the order was reported, or when it happened if later. An
    event of a year that stands for "no date" is left out.
    """
    heard_at = parcel.fulfilment.updated_at or order.updated_at
    events = parcel.fulfilment.events if parcel.is_alone else _all_arrived(parcel.fulfilment)
    said = (_report(event, heard_at) for event in events if event.moment.source is not Source.ESTIMATE)
    return tuple(report for report in said if report is not None)


def _report(event: DeliveryEvent, heard_at: datetime) -> Report | None:
    """None: its time is none, and it stands nowhere in a timeline."""
    try:
        return Report(
            status=event.status,
            said_at=event.moment.at,
            source=_TOLD_AS.get(event.moment.source, Source.PLATFORM),
            heard_at=max(heard_at, event.moment.at),
            id=event.id,
            message=event.message,
        )
    except NotAnInstant:
        return None


def expected_days(parcel: SentParcel, order: Order) -> ExpectedDays | None:
    """The day the platform has from the carrier, local to the destination."""
    estimated = parcel.fulfilment.estimated
    if estimated is None:
        return None
    country = order.place.country
    zone = delivery_place(country, order.place.state).zone if country else ZoneInfo("UTC")
    day = estimated.at.astimezone(zone).date()
    return ExpectedDays(day, day, order.updated_at, by_carrier=True)


def _numbered(fulfilment: Fulfilment) -> Iterator[SentParcel]:
    carriers: dict[str, str | None] = {}
    for parcel in fulfilment.parcels:
        try:
            carriers.setdefault(tracking_number(parcel.number or ""), parcel.carrier)
        except NotATrackingNumber:
            continue
    for number, carrier in carriers.items():
        yield SentParcel(fulfilment, number, carrier, is_alone=len(fulfilment.parcels) == 1)


def _all_arrived(fulfilment: Fulfilment) -> tuple[DeliveryEvent, ...]:
    delivered = [event for event in fulfilment.events if event.status is DeliveryStatus.DELIVERED]
    if len({event.moment for event in delivered}) < len(fulfilment.parcels):
        return ()
    return (max(delivered, key=lambda event: event.moment.at),)
