"""All lanes' ranges as of a day, made of all their deliveries, and how they are looked up."""

from collections.abc import Iterator, Mapping
from datetime import date

from plugin.domain.tracking.eta.fitting import fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.history import History
from plugin.domain.tracking.eta.lane import Lane


def lane_table(history: History, today: date) -> Iterator[LaneDays]:
    """What may be told of each lane from `today` on; those with too few deliveries are left out."""
    for lane, found in history.with_coarser():
        days = fitted(found, today)
        if days is not None:
            yield LaneDays(lane, days, today)


def by_lane(table: Iterator[LaneDays]) -> Mapping[Lane, LaneDays]:
    """The same, to look up."""
    return {each.lane: each for each in table}
