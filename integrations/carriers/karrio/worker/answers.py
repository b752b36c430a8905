"""What a carrier answered of one parcel, as we read it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from integrations.iso_countries import two_letters
from integrations.json_reading import Json, text
from plugin.domain.tracking.report import NOWHERE, EventPlace
from plugin.ports.carrier import Forecast

_OFFSET: Final = re.compile(r"([+-])(\d{1,2}):?(\d{2})")


@dataclass(frozen=True, slots=True)
class Event:
    """One scan. `said_at` is naive where the carrier gives its local clock; `status` and `finer` are its own words."""

    said_at: datetime
    status: str
    finer: str | None = None
    message: str | None = None
    place: EventPlace = NOWHERE
    raw: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A parcel the carrier knows. `details`: what karrio reads of it (`TrackingDetails`), None where it cannot."""

    events: tuple[Event, ...] = field(repr=False)
    details: Any = field(default=None, repr=False)
    forecast: Forecast | None = None


def local_time(told: str | None, form: str) -> datetime | None:
    """A carrier's local clock, by a form of `strptime`; None: nobody can say."""
    try:
        return datetime.strptime(told or "", form)  # noqa: DTZ007 - local, and so it stays
    except ValueError:
        return None


def with_offset(local: datetime | None, offset: str | None) -> datetime | None:
    """The local time with the offset told beside it (`-05:00`, `-7:00`, `+0100`); as it is where none is told."""
    found = _OFFSET.fullmatch(offset or "")
    if local is None or local.tzinfo is not None or found is None:
        return local
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3])) * (-1 if found[1] == "-" else 1)
    return local.replace(tzinfo=timezone(ahead)) if abs(ahead) < timedelta(hours=24) else local


def local_day(told: str | None, form: str) -> date | None:
    """The day of a carrier's date."""
    local = local_time(told, form)
    return local.date() if local else None


def forecast(first: date | None, last: date | None) -> Forecast | None:
    """The days between which it should arrive; either stands for both."""
    known = [each for each in (first, last) if each is not None]
    return Forecast(min(known), max(known)) if known else None


def place(row: Json, *, country: str, state: str, postcode: str, city: str) -> EventPlace:
    """Where it happened, by the names the carrier has for the parts; a country's name that is no code is only shown."""
    code = two_letters(text(row, country))
    words = [text(row, city), text(row, state), None if code else text(row, country)]
    return EventPlace(code, text(row, state), text(row, postcode), ", ".join(filter(None, words)) or None)
