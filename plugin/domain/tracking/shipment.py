"""A parcel that is followed: the numbers it goes under, whose order it belongs to, and everything told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final

from plugin.domain.ids import OrderId, ShipmentId, ShopId
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.timeline import Timeline, timeline_of
from plugin.domain.tracking.whereabouts import UNTOLD, Whereabouts

BY_SHOPPER: Final = "claim:"
"""What stands before the claim's id in `Shipment.belongs_to`, where the shopper sends it back their own way."""


class Purpose(StrEnum):
    """Which way it goes: to the shopper, or back."""

    OUTBOUND = "outbound"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class TrackedNumber:
    """A number it goes under. `carrier` is a slug (`plugin.domain.tracking.carriers`), None while nobody knows.

    `is_confirmed`: the carrier has answered for it, so that `carrier` is no guess any more.
    """

    number: str
    carrier: str | None = None
    leg: Leg = Leg.LAST_MILE
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedDays:
    """The days between which it should arrive, both included, local to the destination; `said_at` UTC.

    `by_carrier`: the carrier's own forecast, else ours from the lane's history.
    """

    first: date
    last: date
    said_at: datetime
    by_carrier: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """When it is asked about: instants UTC. `next_at` None: no more. `misses`: answers in a row with nothing new."""

    next_at: datetime | None = None
    asked_at: datetime | None = None
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel.

    `belongs_to`: the fulfilment's id on the platform, for a return the label's, or the claim's behind `BY_SHOPPER`.
    `origin` and `destination` are ISO 3166-1 countries, None where unknown. `expected`: what is said now;
    `first_expected`: what was said first, which the lane's punctuality is measured by. `reports`: as heard, each once;
    `whereabouts` is what they came to, so reports are changed by `with_reports` only.

    `not_before`: when the order was placed, for a return when its label was asked for or its claim began; what happened
    before is another parcel's story under the same number. None: not known, which parcels of old are.

    `is_void`: its number was taken off the order, or its fulfilment called off: it is kept, asked about no more, and
    counts for nothing. `is_forgotten`: its person was erased, and what was told of it with them; the rest stays.
    """

    id: ShipmentId
    shop: ShopId
    order: OrderId
    purpose: Purpose
    belongs_to: str
    numbers: tuple[TrackedNumber, ...]
    created_at: datetime
    origin: str | None = None
    destination: str | None = None
    service: str | None = None
    shipped_at: datetime | None = None
    expected: ExpectedDays | None = None
    first_expected: ExpectedDays | None = None
    reports: Sequence[Report] = field(default=(), repr=False)
    whereabouts: Whereabouts = UNTOLD
    asking: Asking = Asking()
    is_void: bool = False
    is_forgotten: bool = False
    version: int = 0
    """0: not saved yet; each save compares and increments."""
    not_before: datetime | None = None

    @property
    def number(self) -> TrackedNumber:
        """The one it was sent under: that of the last mile, where there are two."""
        return next((each for each in self.numbers if each.leg is Leg.LAST_MILE), self.numbers[0])

    def timeline(self) -> Timeline:
        """Its steps and where it stands, computed from all that was told."""
        return timeline_of(self.reports, self.origin, self.destination)

    def with_reports(self, reports: Iterable[Report]) -> "Shipment":
        """The same with these reports instead, each once in a fixed order, and with what they come to."""
        timeline = timeline_of(reports, self.origin, self.destination)
        return changed(self, reports=timeline.reports, whereabouts=timeline.whereabouts)


_values_of: Final = attrgetter(*(each.name for each in fields(Shipment)))
_PLACES: Final = {each.name: place for place, each in enumerate(fields(Shipment))}


def changed(shipment: Shipment, **changes: Any) -> Shipment:  # noqa: ANN401 - of any field
    """The same with these values, as `dataclasses.replace` and in half its time: a carrier's answer asks for two.

    Raises `KeyError` for what is no field.
    """
    values = list(_values_of(shipment))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return Shipment(*values)
