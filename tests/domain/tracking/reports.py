"""Reports of a parcel from China to Germany, a few words each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.report import NOWHERE, EventPlace, Leg, Report

S = DeliveryStatus
SENT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    """Return the instant so many hours after it was sent."""
    return SENT + timedelta(hours=hours)


def scan(  # noqa: PLR0913 - a report has so many parts
    status: DeliveryStatus,
    hours: float,
    *,
    leg: Leg = Leg.LAST_MILE,
    source: Source = Source.CARRIER,
    id: str | None = None,  # noqa: A002 - the report's own name for it
    message: str | None = None,
    heard: float | None = None,
) -> Report:
    """Return what a carrier reports; heard a quarter of an hour later unless told otherwise."""
    carrier = {Leg.ORIGIN: "yunexpress", Leg.LAST_MILE: "dhl"}[leg] if source is Source.CARRIER else None
    return Report(
        status,
        at(hours),
        source,
        at(hours + 0.25 if heard is None else heard),
        leg,
        carrier,
        "00340433836442636597",
        id,
        message,
    )


def local(status: DeliveryStatus, clock: str, place: EventPlace = NOWHERE, leg: Leg = Leg.LAST_MILE) -> Report:
    """Return what a carrier reports by its local clock."""
    return Report(status, datetime.fromisoformat(clock), Source.CARRIER, at(900), leg, "dhl", place=place)


def first_leg(status: DeliveryStatus, hours: float, message: str | None = None) -> Report:
    """Return what the carrier in China reports."""
    return scan(status, hours, leg=Leg.ORIGIN, message=message)


JOURNEY = (
    first_leg(S.INFO_RECEIVED, 0),
    first_leg(S.IN_TRANSIT, 10, "Picked up"),
    first_leg(S.CUSTOMS, 60),
    first_leg(S.IN_TRANSIT, 90, "Arrived in Germany"),
    first_leg(S.DELIVERED, 100, "Handed to the local carrier"),
    scan(S.INFO_RECEIVED, 50),
    scan(S.IN_TRANSIT, 101),
    scan(S.OUT_FOR_DELIVERY, 120),
    scan(S.FAILED_ATTEMPT, 125),
    scan(S.IN_TRANSIT, 130),
    scan(S.OUT_FOR_DELIVERY, 144),
    scan(S.DELIVERED, 150),
)
