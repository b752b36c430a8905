"""The range of a lane: as short as its own most recent deliveries allow.

A range that holds a share of the past holds less of what comes: lanes drift, and the past has noise of its own. So the
share is not chosen beforehand. The ranges that would have been told in the last weeks are made again, from what was
known then, for one share after the other; the first with which enough of those weeks' deliveries would have come as
told is taken for now. (Split conformal prediction with the rank corrected for the number of trials: Lei et al. 2018,
"Distribution-Free Predictive Inference for Regression", section 2.2; walked forward in time because deliveries are not
exchangeable, as in Gibbs and Candès 2021, "Adaptive Conformal Inference Under Distribution Shift".)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from plugin.domain.tracking.eta.history import KEPT, LaneHistory, Weeks, week_of
from plugin.domain.tracking.eta.spread import DayRange, Spread, decay_of, shortest_range, spreads

FEWEST: Final = 30
"""A lane with fewer deliveries says nothing."""
_TARGET: Final = 0.90
"""What the last weeks have to have held, so that the next ones hold 0.85."""
_SHARES: Final = (0.80, 0.84, 0.88, 0.91, 0.94, 0.96, 0.98, 0.99)
_UNTRIED: Final = 0.96
"""The share for a lane that has too short a past to try any."""
_MOST_WIDENING: Final = 8
_TRIED_WEEKS: Final = 16
_ENOUGH_TRIALS: Final = 200
_FEWEST_TRIALS: Final = 20
_DAYS_A_WEEK: Final = 5


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a lane's history comes to. `count`: the deliveries behind it, of the last year."""

    days: DayRange
    count: int
    is_six_day: bool


@dataclass(frozen=True, slots=True)
class _Trial:
    """Deliveries that took so many days, and the spread that was known when they were sent."""

    days: int
    count: int
    known: Spread


def fitted(lane: LaneHistory, today: date) -> Fitted | None:
    """The range to tell from `today` on; None where too little has been delivered in the last year."""
    is_six_day, now = lane.is_six_day, week_of(today) + 1
    oldest = week_of(today - KEPT)
    weeks = {week: days for week, days in lane.weeks(is_six_day=is_six_day).items() if oldest <= week < now}
    count = sum(sum(days.values()) for days in weeks.values())
    if count < FEWEST:
        return None
    return Fitted(_range(weeks, now), count, is_six_day)


def _range(weeks: Weeks, now: int) -> DayRange:
    decay = decay_of(weeks, now)
    trials = tuple(_trials(weeks, decay, now))
    (spread,) = spreads(weeks, decay, (now,)).values()
    tried = sum(trial.count for trial in trials)
    if tried < _FEWEST_TRIALS:
        return shortest_range(spread, _UNTRIED).wider(1)
    needed = ceil(min((tried + 1) * _TARGET, tried))
    for share in _SHARES:
        if _held(trials, share) >= needed:
            return shortest_range(spread, share)
    widening = next((days for days in range(1, _MOST_WIDENING) if _held(trials, _SHARES[-1], days) >= needed), None)
    return shortest_range(spread, _SHARES[-1]).wider(_MOST_WIDENING if widening is None else widening)


def _trials(weeks: Weeks, decay: float, now: int) -> Iterator[_Trial]:
    """The latest deliveries, each with what was known in the week it left, as far as enough was known then."""
    tried = _latest(weeks, now)
    left = {(week, days): week - ceil(days / _DAYS_A_WEEK) for week in tried for days in weeks[week]}
    known = spreads(weeks, decay, set(left.values()))
    begun = _counts_before(weeks, set(left.values()))
    for (week, days), since in left.items():
        if begun[since] >= FEWEST:
            yield _Trial(days, weeks[week][days], known[since])


def _latest(weeks: Weeks, now: int) -> Sequence[int]:
    """The last weeks with deliveries, as many as make enough trials."""
    found, count = [], 0
    for week in sorted(weeks, reverse=True):
        if week < now - _TRIED_WEEKS or count >= _ENOUGH_TRIALS:
            break
        found.append(week)
        count += sum(weeks[week].values())
    return found


def _counts_before(weeks: Weeks, wanted: set[int]) -> dict[int, int]:
    return {until: sum(sum(days.values()) for week, days in weeks.items() if week < until) for until in wanted}


def _held(trials: Sequence[_Trial], share: float, widening: int = 0) -> int:
    """How many came as they would have been told."""
    ranges: dict[int, DayRange] = {}
    held = 0
    for trial in trials:
        told = ranges.get(id(trial.known))
        if told is None:
            told = ranges[id(trial.known)] = shortest_range(trial.known, share).wider(widening)
        held += trial.count * told.holds(trial.days)
    return held
