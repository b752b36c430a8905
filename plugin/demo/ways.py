"""What carriers told of the demo's parcels: one in every state worth showing, counted back from loading."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.ids import MerchantId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.report import EventPlace, Leg, Report
from plugin.ports.carrier import Forecast, Told
from plugin.ports.unit_of_work import Units
from plugin.usecases.tracking.apply_told import apply_told

_HOME = ZoneInfo("Europe/Berlin")


class Scan(msgspec.Struct, frozen=True):
    """One report of the carrier; `place` in its words, `country` ISO 3166-1."""

    hours_ago: int
    status: DeliveryStatus
    message: str
    place: str | None = None
    country: str | None = None
    leg: Leg = Leg.LAST_MILE


class Way(msgspec.Struct, frozen=True):
    """A parcel's way; `final_number` and `final_carrier` where it changes hands, `expected_in_days` from loading."""

    order: str
    number: str
    carrier: str
    reports: tuple[Scan, ...]
    expected_in_days: tuple[int, int] | None = None
    final_number: str | None = None
    final_carrier: str | None = None


def ways() -> Sequence[Way]:
    """All of them."""
    return decoder(tuple[Way, ...]).decode((files(__package__) / "data" / "ways.json").read_bytes())


def tell_ways(merchant: MerchantId, *, units: Units, now: datetime) -> None:
    """Bring them in as carriers' answers are; what is told twice changes nothing."""
    apply_told([_told(way, now) for way in ways()], None, merchant=merchant, units=units, now=now)


def _told(way: Way, now: datetime) -> Told:
    return Told(
        number=way.number,
        is_known=True,
        carrier=way.carrier,
        reports=tuple(_report(scan, way, now) for scan in way.reports),
        forecast=_forecast(way, now),
        final_number=way.final_number,
        final_carrier=way.final_carrier,
    )


def _report(scan: Scan, way: Way, now: datetime) -> Report:
    is_final = way.final_number is not None and scan.leg is Leg.LAST_MILE
    at = now - timedelta(hours=scan.hours_ago)
    return Report(
        status=scan.status,
        said_at=at,
        source=Source.CARRIER,
        heard_at=at,
        leg=scan.leg,
        carrier=way.final_carrier if is_final else way.carrier,
        number=way.final_number if is_final else way.number,
        message=scan.message,
        place=EventPlace(country=scan.country, words=scan.place),
        raw=scan.message,
    )


def _forecast(way: Way, now: datetime) -> Forecast | None:
    if way.expected_in_days is None:
        return None
    first, last = (now.astimezone(_HOME).date() + timedelta(days=days) for days in way.expected_in_days)
    return Forecast(first, last)
