"""What 17TRACK tells of a number, in our words: both carriers' events, milestones without one, end and forecast."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from integrations.carrier_expiry import with_expiry
from integrations.carrier_keys import carrier_keys
from integrations.carriers.seventeen_track.times import said_at
from integrations.json_reading import Json, day, record, records, text, verbatim, whole_number
from plugin.domain.times import NotAnInstant, Source
from plugin.domain.tracking.carriers import carrier_named
from plugin.domain.tracking.meanings import meanings_of
from plugin.domain.tracking.report import NOWHERE, EventPlace, Leg, Report
from plugin.ports.carrier import AskedParcel, Forecast, Told

KEYS: Final = carrier_keys("integrations.carriers.seventeen_track")
_SLUGS: Final = KEYS.slugs()
_STAGES: Final = {
    "PickedUp": "InTransit_PickedUp",
    "Departure": "InTransit_Departure",
    "Arrival": "InTransit_Arrival",
    "Returning": "Exception_Returning",
    "Returned": "Exception_Returned",
}
"""The sub-status that a stage stands for; the other stages are called like a status."""
_FIRST_LEG: Final = frozenset({"InfoReceived", "PickedUp", "Departure"})
_COUNTRY: Final = 2


@dataclass(frozen=True, slots=True)
class _Scene:
    """Whose events are read, and when they were heard."""

    number: str
    carrier: str | None
    leg: Leg
    heard_at: datetime


def told_of(parcel: AskedParcel, entries: Sequence[Json], heard_at: datetime) -> Told:
    """Of one number registered under several carriers, what the one asked for tells, else who tells most."""
    read = [told(parcel.number, entry, heard_at) for entry in entries]
    known = [each for each in read if each.is_known]
    if not known:
        return read[0] if read else Told(parcel.number, is_known=False)
    return max(known, key=lambda each: (each.carrier == parcel.carrier and bool(each.reports), len(each.reports)))


def told(number: str, entry: Json, heard_at: datetime) -> Told:
    """One entry of `accepted`, or the `data` of a push."""
    info = record(entry.get("track_info"))
    providers = records(record(info.get("tracking")).get("providers"))
    carrier = _slug(whole_number(entry, "carrier"), None) or _of_provider(providers[0] if providers else {})
    reports = tuple(_reports(number, info, providers, heard_at))
    if text(record(info.get("latest_status")), "status") == "Expired":
        reports = with_expiry(reports, f"17track:{number}:expired")
    if not reports:
        return Told(number, is_known=False)
    final = _of_provider(providers[-1]) if len(providers) > 1 else None
    shipping, misc = record(info.get("shipping_info")), record(info.get("misc_info"))
    return Told(
        number,
        is_known=True,
        carrier=carrier,
        reports=reports,
        forecast=_forecast(info),
        service=text(misc, "service_type") or (text(providers[0], "service_type") if providers else None),
        origin=_country(record(shipping.get("shipper_address"))),
        destination=_country(record(shipping.get("recipient_address"))),
        final_number=text(misc, "local_number"),
        final_carrier=final or _slug(whole_number(misc, "local_key"), text(misc, "local_provider")),
    )


def _reports(number: str, info: Json, providers: Sequence[Json], heard_at: datetime) -> Iterator[Report]:
    told_at: set[datetime] = set()
    for place, provider in enumerate(providers):
        leg = Leg.LAST_MILE if place == len(providers) - 1 else Leg.ORIGIN
        scene = _Scene(number, _of_provider(provider), leg, heard_at)
        for event in records(provider.get("events")):
            report = _report(event, scene, text(event, "sub_status"), text(event, "stage"))
            if report is not None:
                told_at.add(report.said_at)
                yield report
    for milestone in records(info.get("milestone")):
        stage = text(milestone, "key_stage")
        leg = Leg.ORIGIN if len(providers) > 1 and stage in _FIRST_LEG else Leg.LAST_MILE
        report = _report(milestone, _Scene(number, None, leg, heard_at), None, stage)
        if report is not None and report.said_at not in told_at:
            yield report


def _report(event: Json, scene: _Scene, sub_status: str | None, stage: str | None) -> Report | None:
    """None: it says no time, or one that is no time, and stands nowhere in a timeline."""
    at = said_at(event)
    if at is None:
        return None
    word = sub_status or _STAGES.get(stage or "", stage or "")
    try:
        return Report(
            status=meanings_of("17track").of(word.partition("_")[0], word),
            said_at=at,
            source=Source.CARRIER,
            heard_at=scene.heard_at,
            leg=scene.leg,
            carrier=scene.carrier,
            number=scene.number,
            message=text(event, "description"),
            place=_place(event),
            raw=verbatim(event),
        )
    except NotAnInstant:
        return None


def _place(event: Json) -> EventPlace:
    address = record(event.get("address"))
    words = text(event, "location") or ", ".join(filter(None, (text(address, "city"), text(address, "state"))))
    place = EventPlace(_country(address), text(address, "state"), text(address, "postal_code"), words or None)
    return place if place != NOWHERE else NOWHERE


def _country(address: Json) -> str | None:
    country = (text(address, "country") or "").upper()
    return country if len(country) == _COUNTRY and country.isascii() and country.isalpha() else None


def _of_provider(provider: Json) -> str | None:
    who = record(provider.get("provider"))
    return _slug(whole_number(who, "key"), text(who, "name", "alias"))


def _slug(key: int | None, name: str | None) -> str | None:
    """By the key, else by the name as shops write it; None: a carrier we have no name for."""
    return _SLUGS.get(str(key)) or (carrier_named(name) if name else None)


def _forecast(info: Json) -> Forecast | None:
    """What the carrier expects; what 17TRACK reckons itself is no word of the carrier's."""
    expected = record(record(info.get("time_metrics")).get("estimated_delivery_date"))
    first, last = day(expected, "from"), day(expected, "to")
    first, last = first or last, last or first
    if text(expected, "source") != "Official" or first is None or last is None or last < first:
        return None
    return Forecast(first, last)
