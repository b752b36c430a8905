"""Counting in working time: what an amount of it leads to, and how much of it lies between two instants."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from plugin.domain.law.counting import ONE_DAY, local_day
from plugin.domain.service_clock.calendar import BusinessCalendar, Span

NONE = timedelta(0)


def after(begun: datetime, amount: timedelta, calendar: BusinessCalendar) -> datetime:
    """The instant (UTC) at which so much working time has passed since `begun`; with none, when work goes on.

    What is used up with the last minute of a day ends as that day closes, not as the next one opens.
    """
    for opens, closes in _spans_from(begun, calendar):
        if amount <= closes - opens:
            return opens + amount
        amount -= closes - opens
    raise AssertionError("time ends before this does")  # pragma: no cover - a week has hours, so weeks are enough


def between(first: datetime, last: datetime, calendar: BusinessCalendar) -> timedelta:
    """The working time from one instant to another; negative when the other was before."""
    if last < first:
        return -between(last, first, calendar)
    total = NONE
    for opens, closes in _spans_from(first, calendar):
        if opens >= last:
            break
        total += min(closes, last) - opens
    return total


def _spans_from(begun: datetime, calendar: BusinessCalendar) -> Iterator[Span]:
    """What is left of the working time from `begun` on, without end."""
    day = local_day(begun, calendar.zone)
    while True:
        for opens, closes in calendar.spans_on(day):
            if begun < closes:
                yield max(opens, begun), closes
        day += ONE_DAY
