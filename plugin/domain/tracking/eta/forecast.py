"""The days on which a parcel should arrive, from the range of its lane, local to the destination."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final

from plugin.domain.law.zones import delivery_place
from plugin.domain.tracking.eta.delivery_days import delivery_days
from plugin.domain.tracking.eta.fitting import FEWEST, Fitted
from plugin.domain.tracking.eta.lane import Lane

_STALE: Final = timedelta(days=14)
"""Lanes are made anew each night; what has not been for so long tells of another season, and is not told."""
_LONGEST_TOLD: Final = 40
"""Delivery days; a range wider than that helps nobody, and is not told."""

_RUSH: Final = ((11, 24), (12, 20))
"""From Black Friday's parcels to the last that shall arrive before Christmas: months and days, both included."""
_RUSH_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class LaneDays:
    """What is kept of a lane until the next night: `fitted`, and the day it was made on."""

    lane: Lane
    fitted: Fitted
    made_on: date


@dataclass(frozen=True, slots=True)
class ExpectedRange:
    """The days between which something should arrive, both included; `lane` tells whose history says so."""

    first: date
    last: date
    lane: Lane
    count: int
    is_coarser: bool = False
    """Whether the lane asked for had too few deliveries, so that one it is part of answers."""


def local_day(at: datetime, destination: str) -> date:
    """The day it is at the destination; where a country has several zones, in its likeliest."""
    return at.astimezone(delivery_place(destination).zone).date()


def _rush(start: date, days: int) -> int:
    """What is added before Christmas, when every lane slows down sooner than its history can tell."""
    return ceil(days * _RUSH_SHARE) if _RUSH[0] <= (start.month, start.day) <= _RUSH[1] else 0


def expected_range(
    lane: Lane, begun_at: datetime, known: Callable[[Lane], LaneDays | None], now: datetime
) -> ExpectedRange | None:
    """When what began at an instant should arrive; None: unknown, too few deliveries, too old, or passed."""
    for asked in (lane, *lane.coarser()):
        found = known(asked)
        if found is None or found.fitted.count < FEWEST or now.date() - found.made_on > _STALE:
            continue
        days = found.fitted.days
        if days.last - days.first > _LONGEST_TOLD:
            return None
        calendar = delivery_days(lane.destination, is_six_day=found.fitted.is_six_day)
        start = local_day(begun_at, lane.destination)
        first, last = calendar.after(start, days.first), calendar.after(start, days.last + _rush(start, days.last))
        if last < local_day(now, lane.destination):
            return None
        return ExpectedRange(first, last, found.lane, found.fitted.count, is_coarser=asked != lane)
    return None
