"""What somebody told about a parcel, as it came: kept whole, whatever the timeline makes of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import NotAnInstant, Source


class Leg(StrEnum):
    """Which part of the way a carrier has: the one that hands the parcel over, or one before it.

    A parcel with one carrier has the last mile only; what platforms and merchants tell counts to it.
    """

    ORIGIN = "origin"
    LAST_MILE = "last_mile"


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where it happened, as far as told: ISO 3166-1 country, state and postcode, and the carrier's words for it."""

    country: str | None = None
    state: str | None = None
    postcode: str | None = None
    words: str | None = None


NOWHERE = EventPlace()
_YEARS: Final = range(2000, 2100)
"""What carriers send that stands for "no date" lies outside: 0001, 1900, 1970, 9999."""


@dataclass(frozen=True, slots=True)
class Report:
    """One event as told. `said_at` is aware, or naive where the carrier gives its local clock without a zone.

    `heard_at` (UTC) is when it reached us; `id` the teller's own for the event; `raw` what came, verbatim. Raises
    `NotAnInstant` for a year nothing was sent in, or a `heard_at` without zone.
    """

    status: DeliveryStatus
    said_at: datetime
    source: Source
    heard_at: datetime
    leg: Leg = Leg.LAST_MILE
    carrier: str | None = None
    number: str | None = None
    id: str | None = None
    message: str | None = None
    place: EventPlace = NOWHERE
    raw: str = field(default="", repr=False)

    @property
    def quote(self) -> str:
        """What carrier or platform wrote, on one line; nothing of the merchant's, whose notes are the team's."""
        is_quoted = self.source in {Source.CARRIER, Source.PLATFORM}
        return " ".join((self.message or "").split()) if is_quoted else ""

    def __post_init__(self) -> None:
        if self.said_at.year not in _YEARS:
            raise NotAnInstant({"field": "said_at", "value": self.said_at.isoformat()})
        if self.heard_at.tzinfo is None:
            raise NotAnInstant({"field": "heard_at", "value": self.heard_at.isoformat()})
