"""When an answer is due, and what is left of its time: the one clock of a claim that may be stopped.

It stops while the shop waits for the shopper. A target on the wall clock counts every hour, the others working time;
each of them is paused with what is left, and goes on with exactly that.
"""

from datetime import datetime, timedelta

from plugin.domain.service_clock import working_time
from plugin.domain.service_clock.calendar import BusinessCalendar
from plugin.domain.service_clock.targets import Counted, Target
from plugin.domain.service_clock.working_time import NONE


def due_at(started: datetime, target: Target, calendar: BusinessCalendar) -> datetime:
    """When the answer is due (aware UTC), if the time began to run then.

    Counted in working time it lies within the hours, their close included.
    """
    return resumed(target.within, started, target, calendar)


def left(due: datetime, now: datetime, target: Target, calendar: BusinessCalendar) -> timedelta:
    """What a pause at `now` leaves of the time; negative by as much as it is overdue."""
    return due - now if target.counted is Counted.WALL else working_time.between(now, due, calendar)


def resumed(left: timedelta, now: datetime, target: Target, calendar: BusinessCalendar) -> datetime:
    """When the answer is due once the time goes on at `now` with so much left; what is overdue is due at once."""
    remaining = max(left, NONE)
    return now + remaining if target.counted is Counted.WALL else working_time.after(now, remaining, calendar)


def tightened(due: datetime, now: datetime, target: Target, calendar: BusinessCalendar) -> datetime:
    """When the answer is due once the claim turns out to be of another kind: never later than it was."""
    return min(due, due_at(now, target, calendar))
