"""Who is told as the time for an answer runs out, and after; so that no claim is forgotten by everybody at once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.service_clock.calendar import BusinessCalendar
from plugin.domain.service_clock.deadline import left, resumed
from plugin.domain.service_clock.targets import Aim, Target

_WHOLE = 100


class Audience(StrEnum):
    """Who is told."""

    ASSIGNEE = "assignee"
    """Whoever has the claim; the team while nobody has."""
    TEAM = "team"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Step:
    """Told once `left` per cent of the time are left: 0 is the end, -100 as much time again after it."""

    left: int
    audience: Audience


LADDER = (Step(25, Audience.ASSIGNEE), Step(0, Audience.TEAM), Step(-100, Audience.OWNER))
SAFETY_LADDER = (
    Step(100, Audience.TEAM),
    Step(50, Audience.OWNER),
    Step(0, Audience.OWNER),
    Step(-100, Audience.OWNER),
)
"""The whole team hears of a hazard at once, the owner halfway."""


def ladder_of(target: Target) -> tuple[Step, ...]:
    """The steps in the order they are reached."""
    return SAFETY_LADDER if target.aim is Aim.SAFETY else LADDER


def reached(due: datetime, now: datetime, target: Target, calendar: BusinessCalendar) -> tuple[Step, ...]:
    """The steps reached by `now`; how many of them somebody was told of is the claim's to remember."""
    remaining = left(due, now, target, calendar) * _WHOLE
    return tuple(step for step in ladder_of(target) if remaining <= target.within * step.left)


def tells_at(due: datetime, now: datetime, told: int, target: Target, calendar: BusinessCalendar) -> datetime | None:
    """When somebody is told next, where `told` steps were told of already: now, where one more was reached."""
    return now if len(reached(due, now, target, calendar)) > told else next_at(due, now, target, calendar)


def next_at(due: datetime, now: datetime, target: Target, calendar: BusinessCalendar) -> datetime | None:
    """When the next step is reached, if the time runs on; None when all were."""
    done = len(reached(due, now, target, calendar))
    steps = ladder_of(target)[done:]
    if not steps:
        return None
    remaining = left(due, now, target, calendar) - target.within * steps[0].left / _WHOLE
    return resumed(remaining, now, target, calendar)
