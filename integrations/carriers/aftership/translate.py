"""What AfterShip tells of a number, in our words: checkpoints of both legs, and what the carrier expects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from integrations.carrier_expiry import with_expiry
from integrations.carrier_keys import carrier_keys
from integrations.iso_countries import two_letters
from integrations.json_reading import Json, day, moment, record, records, text, verbatim
from plugin.domain.times import NotAnInstant, Source
from plugin.domain.tracking.carriers import carrier_named
from plugin.domain.tracking.meanings import meanings_of
from plugin.domain.tracking.report import EventPlace, Leg, Report
from plugin.ports.carrier import AskedParcel, Forecast, Told

KEYS: Final = carrier_keys("integrations.carriers.aftership")
_SLUGS: Final = KEYS.slugs()


@dataclass(frozen=True, slots=True)
class _Way:
    """Whose tracking is read: its number, and AfterShip's slug of who has the last mile, where that is another one."""

    number: str
    slug: str | None
    last_mile: str | None
    heard_at: datetime

    def leg(self, slug: str | None) -> Leg:
        return Leg.LAST_MILE if self.last_mile in {None, slug} else Leg.ORIGIN


def told_of(parcel: AskedParcel, rows: Sequence[Json], heard_at: datetime) -> Told:
    """Of one number created under several carriers, what the one asked for tells, else who tells most."""
    known = [each for row in rows if (each := told(parcel.number, row, heard_at)).is_known]
    if not known:
        return Told(parcel.number, is_known=False)
    return max(known, key=lambda each: (each.carrier == parcel.carrier, len(each.reports)))


def told(number: str, tracking: Json, heard_at: datetime) -> Told:
    """One tracking object, of an answer or a push."""
    slug, last = text(tracking, "slug"), record(tracking.get("last_mile"))
    last_slug = text(last, "slug")
    way = _Way(number, slug, last_slug if last_slug != slug else None, heard_at)
    reports = tuple(_reports(tracking, way))
    if text(tracking, "tag") == "Expired":
        reports = with_expiry(reports, f"aftership:{number}:expired")
    if not reports:
        return Told(number, is_known=False)
    return Told(
        number,
        is_known=True,
        carrier=_carrier(slug),
        reports=reports,
        forecast=_forecast(tracking),
        service=text(tracking, "shipment_type"),
        origin=two_letters(text(tracking, "origin_country_region", "origin_country_iso3")),
        destination=two_letters(
            text(tracking, "destination_country_region", "destination_country_iso3")
            or text(tracking, "courier_destination_country_region", "courier_destination_country_iso3")
        ),
        final_number=text(last, "tracking_number"),
        final_carrier=_carrier(way.last_mile),
    )


def _reports(tracking: Json, way: _Way) -> Iterator[Report]:
    for checkpoint in records(tracking.get("checkpoints")):
        report = _report(checkpoint, way)
        if report is not None:
            yield report


def _report(checkpoint: Json, way: _Way) -> Report | None:
    """None: it says no time, or one that is no time, and stands nowhere in a timeline."""
    at, slug = moment(checkpoint, "checkpoint_time"), text(checkpoint, "slug") or way.slug
    if at is None:
        return None
    try:
        return Report(
            status=meanings_of("aftership").of(text(checkpoint, "tag") or "", text(checkpoint, "subtag")),
            said_at=at,
            source=_source(checkpoint),
            heard_at=way.heard_at,
            leg=way.leg(slug),
            carrier=_carrier(slug),
            number=way.number,
            id=text(checkpoint, "hash"),
            message=text(checkpoint, "message"),
            place=_place(checkpoint),
            raw=verbatim(checkpoint),
        )
    except NotAnInstant:
        return None


def _source(checkpoint: Json) -> Source:
    """Who closed the tracking by hand has scanned nothing."""
    return Source.MERCHANT if text(checkpoint, "source") == "user" else Source.CARRIER


def _place(checkpoint: Json) -> EventPlace:
    return EventPlace(
        two_letters(text(checkpoint, "country_region", "country_iso3")),
        text(checkpoint, "state"),
        text(checkpoint, "zip"),
        text(checkpoint, "location", "city", "country_region_name", "country_name"),
    )


def _carrier(slug: str | None) -> str | None:
    """By AfterShip's slug, else by its words; None: a carrier we have no name for."""
    return (_SLUGS.get(slug) or carrier_named(slug)) if slug else None


def _forecast(tracking: Json) -> Forecast | None:
    """The carrier's own expectation; AfterShip's reckoning and the merchant's promise are other fields."""
    expected = record(tracking.get("courier_estimated_delivery_date"))
    only = day(expected, "estimated_delivery_date") or day(tracking, "expected_delivery")
    first = day(expected, "estimated_delivery_date_min") or only
    last = day(expected, "estimated_delivery_date_max") or only
    first, last = first or last, last or first
    return Forecast(first, last) if first and last and first <= last else None
