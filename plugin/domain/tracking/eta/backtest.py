"""Whether the ranges hold: told week by week from what was known then, and judged by what came later."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plugin.domain.tracking.eta.forecast import LaneDays, expected_range, local_day
from plugin.domain.tracking.eta.history import History, week_of
from plugin.domain.tracking.eta.lane import Delivery, Lane, begun_lanes
from plugin.domain.tracking.eta.table import by_lane, lane_table

Tables = Callable[[History, date], Iterator[LaneDays]]


@dataclass(slots=True)
class Held:
    """How a lane's ranges did. `told`: deliveries that were told days; `kept`: those that came within them.

    `days`: the lengths of those ranges together, in calendar days; `silent`: deliveries nothing was told of;
    `coarser`: those told by a coarser lane.
    """

    told: int = 0
    kept: int = 0
    silent: int = 0
    coarser: int = 0
    days: int = 0

    @property
    def share(self) -> float:
        """Of what was told, the part that was kept; 1 where nothing was."""
        return self.kept / self.told if self.told else 1.0

    @property
    def length(self) -> float:
        """Calendar days of a range, on average."""
        return self.days / self.told if self.told else 0.0


def backtest(deliveries: Sequence[Delivery], since: date, tables: Tables = lane_table) -> Mapping[Lane, Held]:
    """For each lane, what was told of the parcels sent (or ordered) from `since` on, and what of it was kept.

    Every week starts with what had been delivered before it; `tables` is what is tried.
    """
    arriving = sorted(deliveries, key=lambda parcel: parcel.delivered_at)
    starts = sorted(_starts(deliveries), key=lambda start: start[1])
    history, fed, week = History(), 0, -1
    known: Mapping[Lane, LaneDays] = {}
    found: dict[Lane, Held] = {}
    for lane, begun_at, delivered_at in starts:
        day = begun_at.date()
        if day < since:
            continue
        if week_of(day) != week:
            week = week_of(day)
            monday = day - timedelta(days=day.weekday())
            while fed < len(arriving) and arriving[fed].delivered_at.date() < monday:
                history.add(arriving[fed])
                fed += 1
            known = by_lane(tables(history, monday))
        _judge(found.setdefault(lane, Held()), lane, begun_at, delivered_at, known)
    return found


def _starts(deliveries: Sequence[Delivery]) -> Iterator[tuple[Lane, datetime, datetime]]:
    return ((*begun, parcel.delivered_at) for parcel in deliveries for begun in begun_lanes(parcel))


def _judge(held: Held, lane: Lane, begun_at: datetime, delivered_at: datetime, known: Mapping[Lane, LaneDays]) -> None:
    told = expected_range(lane, begun_at, known.get, begun_at)
    if told is None:
        held.silent += 1
        return
    held.told += 1
    held.coarser += told.is_coarser
    held.days += (told.last - told.first).days + 1
    held.kept += told.first <= local_day(delivered_at, lane.destination) <= told.last
