"""Somebody is told before the time is up, at its end and after; each step once, in order."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.service_clock.calendar import BusinessCalendar
from plugin.domain.service_clock.deadline import due_at
from plugin.domain.service_clock.escalation import Audience, ladder_of, next_at, reached
from plugin.domain.service_clock.targets import TARGETS, Aim
from tests.domain.service_clock.calendars import a_calendar, calendars
from tests.domain.service_clock.test_deadline import berlin, instants

ORDINARY, SAFETY = TARGETS[Aim.ORDINARY], TARGETS[Aim.SAFETY]


def told(aim: Aim, started: tuple[int, int], *, after_hours: float) -> list[Audience]:
    begun, target = berlin(*started), TARGETS[aim]
    due = due_at(begun, target, a_calendar())
    return [step.audience for step in reached(due, begun + timedelta(hours=after_hours), target, a_calendar())]


def test_the_assignee_is_told_before_the_time_is_up_the_team_then_and_the_owner_long_after() -> None:
    monday = (16, 9)  # 24 working hours are up on Wednesday at 17:00
    assert told(Aim.ORDINARY, monday, after_hours=24) == []
    assert told(Aim.ORDINARY, monday, after_hours=50) == [Audience.ASSIGNEE]
    assert told(Aim.ORDINARY, monday, after_hours=56) == [Audience.ASSIGNEE, Audience.TEAM]
    assert told(Aim.ORDINARY, monday, after_hours=8 * 24) == [Audience.ASSIGNEE, Audience.TEAM, Audience.OWNER]


def test_of_a_hazard_everybody_hears_at_once_and_the_owner_within_the_hour() -> None:
    saturday = (21, 3)
    assert told(Aim.SAFETY, saturday, after_hours=0) == [Audience.TEAM]
    assert told(Aim.SAFETY, saturday, after_hours=1) == [Audience.TEAM, Audience.OWNER]


def test_the_next_step_is_known_ahead_so_that_nobody_has_to_keep_looking() -> None:
    due = due_at(berlin(16, 9), ORDINARY, a_calendar())
    assert next_at(due, berlin(16, 9), ORDINARY, a_calendar()) == berlin(18, 11)
    assert next_at(due, berlin(18, 11), ORDINARY, a_calendar()) == due == berlin(18, 17)
    assert next_at(due, berlin(30, 9), ORDINARY, a_calendar()) is None


@given(calendars, st.sampled_from(Aim), instants)
def test_from_step_to_step_every_step_is_reached_once_and_in_order(
    calendar: BusinessCalendar, aim: Aim, now: datetime
) -> None:
    target = TARGETS[aim]
    due = due_at(now, target, calendar)
    seen = len(reached(due, now, target, calendar))
    while (then := next_at(due, now, target, calendar)) is not None:
        steps = reached(due, then, target, calendar)
        assert steps == ladder_of(target)[: seen + 1]
        now, seen = then, len(steps)
    assert seen == len(ladder_of(target))
