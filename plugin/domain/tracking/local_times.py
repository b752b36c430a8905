"""When a carrier's local time was, by the zones of the place it names; what is unknown stays a span.

The span's end is what a period may start from: an unknown zone never costs the shopper anything.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from plugin.domain.law.zones import delivery_place
from plugin.domain.tracking.report import EventPlace

_UNKNOWN: Final = ""
"""A country nobody has: read as UTC, and as late as anywhere on Earth."""


@dataclass(frozen=True, slots=True)
class Happened:
    """The likeliest instant of an event and the latest it can have been, both UTC; the same where the zone is known."""

    at: datetime
    latest: datetime

    @property
    def is_certain(self) -> bool:
        """Whether there was only one way to read it."""
        return self.at == self.latest


def happened(said_at: datetime, place: EventPlace, country: str | None) -> Happened:
    """When it was; `country` is where the leg takes place, for an event that does not name its own.

    A local time that a clock showed twice (autumn) counts as the second.
    """
    if said_at.tzinfo is not None:
        at = said_at.astimezone(UTC)
        return Happened(at, at)
    own = place.country or country or _UNKNOWN
    found = delivery_place(own, place.state, place.postcode) if place.country else delivery_place(own)
    readings = [
        said_at.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        for zone in (found.zone, *found.other_zones)
        for fold in (0, 1)
    ]
    return Happened(readings[1], max(readings))
