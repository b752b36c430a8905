"""Instants are aware UTC, legal days are dates in the shopper's zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from plugin.domain.errors import Invalid


class NotAnInstant(Invalid):
    """A text or value names no point in time that can be trusted."""

    code = "not_an_instant"


class Source(StrEnum):
    """Who says that something happened then. An estimate alone never starts a statutory clock."""

    CARRIER = "carrier"
    PLATFORM = "platform"
    MERCHANT = "merchant"
    STATUS = "status"
    """A status or mark of the shop's order, which does not say since when: the instant is no earlier than the event."""
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (UTC) with the one who reported it."""

    at: datetime
    source: Source


def utc(value: datetime) -> datetime:
    """The same instant in UTC; raises `NotAnInstant` when the value has no offset."""
    if value.tzinfo is None:
        raise NotAnInstant({"field": "instant", "value": value.isoformat()})
    return value.astimezone(UTC)


def instant(text: str) -> datetime:
    """The instant an ISO 8601 text with offset names, as aware UTC; raises `NotAnInstant`."""
    try:
        return utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise NotAnInstant({"field": "instant", "value": text[:40]}) from error


def local_noon(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that stands for a whole local day somebody named without a time of day."""
    return datetime.combine(day, time(12), zone).astimezone(UTC)
