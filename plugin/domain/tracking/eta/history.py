"""How long parcels took, week by week: counts small enough to hold a million deliveries, and to forget what is old."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from plugin.domain.law.zones import delivery_place
from plugin.domain.tracking.eta.delivery_days import DeliveryDays, delivery_days, sixth_day
from plugin.domain.tracking.eta.lane import Delivery, Lane, begun_lanes

LONGEST: Final = 60
"""Delivery days; a parcel that took longer counts as one that took so long."""
KEPT: Final = timedelta(weeks=52)
"""Deliveries before that say nothing of today's."""
_WEEK = 7
_BITS = 6
_MASK = (1 << _BITS) - 1
_SIX_DAY_SHARE: Final = 0.05
"""So many of a lane's deliveries came on the sixth day of the week: its carrier comes on it."""

Weeks = Mapping[int, Mapping[int, int]]
"""How many deliveries of a week (its number, `week_of`) took how many delivery days."""


def week_of(day: date) -> int:
    """A number for each week, Monday to Sunday."""
    return (day.toordinal() - 1) // _WEEK


@dataclass(slots=True)
class LaneHistory:
    """The deliveries of one lane. `cells`: how many by week, days in either kind of week, and if on the sixth day."""

    cells: Counter[int] = field(default_factory=Counter)

    def weeks(self, *, is_six_day: bool) -> Weeks:
        """What came when and how long it took, in delivery days of a five- or a six-day week."""
        found: dict[int, Counter[int]] = defaultdict(Counter)
        for cell, count in self.cells.items():
            days = (cell >> 1 if is_six_day else cell >> 1 + _BITS) & _MASK
            found[cell >> 1 + 2 * _BITS][days] += count
        return found

    @property
    def is_six_day(self) -> bool:
        """Whether enough came on the sixth day of the week."""
        on_sixth = sum(count for cell, count in self.cells.items() if cell & 1)
        return on_sixth >= _SIX_DAY_SHARE * self.cells.total()


@dataclass(slots=True)
class History:
    """All lanes' deliveries up to a day, fed one by one."""

    lanes: dict[Lane, LaneHistory] = field(default_factory=dict)

    def add(self, parcel: Delivery) -> None:
        """Count a delivery to its lanes; what came before it left, or before it was ordered, was told wrong."""
        clock = _clock(parcel.destination)
        delivered = clock.day(parcel.delivered_at)
        for lane, begun_at in begun_lanes(parcel):
            if begun_at <= parcel.delivered_at:
                self._count(lane, clock.cell(clock.day(begun_at), delivered))

    def with_coarser(self) -> Iterator[tuple[Lane, LaneHistory]]:
        """Each lane with its deliveries, and each coarser one with those of all the lanes that are part of it."""
        coarser: dict[Lane, LaneHistory] = {}
        for lane, found in self.lanes.items():
            for above in lane.coarser():
                own = self.lanes.get(above)
                whole = coarser.setdefault(above, LaneHistory(Counter(own.cells) if own else Counter()))
                whole.cells.update(found.cells)
        yield from ((lane, found) for lane, found in self.lanes.items() if lane not in coarser)
        yield from coarser.items()

    def _count(self, lane: Lane, cell: int) -> None:
        found = self.lanes.get(lane)
        if found is None:
            found = self.lanes[lane] = LaneHistory()
        found.cells[cell] += 1


@dataclass(slots=True)
class _Clock:
    """The days of a destination, each looked up once."""

    zone: ZoneInfo
    five: DeliveryDays
    six: DeliveryDays
    days: dict[date, tuple[int, int, int, int]] = field(default_factory=dict)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def cell(self, begun: date, delivered: date) -> int:
        """A delivery in one number: week, days in a five-day week, in a six-day week, whether on the sixth day."""
        from_five, from_six, _, _ = self.days.get(begun) or self._positions(begun)
        to_five, to_six, due, week = self.days.get(delivered) or self._positions(delivered)
        five = min(to_five + (due >> 1 & 1) - from_five, LONGEST)
        six = min(to_six + (due >> 2) - from_six, LONGEST)
        return (((week << _BITS) | five) << _BITS | six) << 1 | due & 1

    def _positions(self, day: date) -> tuple[int, int, int, int]:
        """Its place among the days of either week, what is due on it (sixth day, off of five, off of six), its week."""
        is_sixth = day.weekday() == sixth_day(self.five.country)
        due = is_sixth | (not self.five.are(day)) << 1 | (not self.six.are(day)) << 2
        self.days[day] = self.five.position(day), self.six.position(day), due, week_of(day)
        return self.days[day]


@cache
def _clock(country: str) -> _Clock:
    zone = delivery_place(country).zone
    return _Clock(zone, delivery_days(country, is_six_day=False), delivery_days(country, is_six_day=True))
