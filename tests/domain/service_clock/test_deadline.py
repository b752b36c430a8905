"""Answers are due within the hours people work, and a pause takes and gives no working time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plugin.domain.service_clock.calendar import BusinessCalendar
from plugin.domain.service_clock.deadline import due_at, left, resumed, tightened
from plugin.domain.service_clock.targets import TARGETS, Aim, Counted, Target
from plugin.domain.service_clock.working_time import after, between
from tests.domain.service_clock.calendars import a_calendar, calendars
from tests.support.sizes import examples

SECOND = timedelta(seconds=1)
ONE_HOUR = Target(Aim.ORDINARY, timedelta(hours=1))
instants = st.integers(0, 3 * 366 * 24 * 3600).map(lambda seconds: datetime(2025, 1, 1, tzinfo=UTC) + seconds * SECOND)
amounts = st.integers(0, 100 * 3600).map(lambda seconds: seconds * SECOND)
targets = st.builds(Target, st.sampled_from(Aim), amounts, st.sampled_from(Counted))
working = st.builds(Target, st.sampled_from(Aim), amounts)


def berlin(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=a_calendar().zone)


def test_an_hour_from_half_past_four_on_friday_ends_at_half_past_nine_on_monday() -> None:
    assert due_at(berlin(20, 16, 30), ONE_HOUR, a_calendar()) == berlin(23, 9, 30)


def test_a_target_that_ends_with_the_day_is_due_as_it_closes() -> None:
    assert due_at(berlin(20, 16), ONE_HOUR, a_calendar()) == berlin(20, 17)


def test_what_begins_at_night_counts_from_the_morning_and_breaks_do_not_count() -> None:
    with_break = a_calendar(week=(((540, 750), (780, 1020)),) * 7)  # 9:00 to 12:30, 13:00 to 17:00
    assert due_at(berlin(18, 22), ONE_HOUR, with_break) == berlin(19, 10)
    assert due_at(berlin(18, 12), ONE_HOUR, with_break) == berlin(18, 13, 30)


def test_holidays_are_left_out() -> None:
    assert due_at(berlin(24, 16, 30, 12), ONE_HOUR, a_calendar()) == berlin(28, 9, 30, 12)  # 2026: Friday and Saturday


def test_a_night_of_25_hours_gives_an_hour_more() -> None:
    around_the_clock = a_calendar(week=(((0, 1440),),) * 7, country=None)
    day = Target(Aim.ORDINARY, timedelta(hours=24))
    assert due_at(berlin(24, 12, month=10), day, around_the_clock) == berlin(25, 11, month=10)
    assert due_at(berlin(28, 12, month=3), day, around_the_clock) == berlin(29, 13, month=3)


def test_safety_runs_through_the_night_and_the_weekend() -> None:
    assert due_at(berlin(20, 23), TARGETS[Aim.SAFETY], a_calendar()) == berlin(21, 1)


def test_the_targets_are_those_that_were_published() -> None:
    hours = {aim.value: target.within / timedelta(hours=1) for aim, target in TARGETS.items()}
    assert hours == {"safety": 2, "first_review": 12, "ordinary": 24, "parts": 72}
    assert [aim for aim, target in TARGETS.items() if target.counted is Counted.WALL] == [Aim.SAFETY]


def test_a_claim_that_turns_out_to_be_urgent_is_due_sooner_and_never_later() -> None:
    due, now = berlin(23, 12), berlin(23, 11, 30)
    assert tightened(due, now, TARGETS[Aim.PARTS], a_calendar()) == due
    assert tightened(berlin(25, 12), now, TARGETS[Aim.SAFETY], a_calendar()) == berlin(23, 13, 30)


@settings(max_examples=examples(60))
@given(calendars, instants, working)
def test_what_is_counted_in_working_time_is_due_within_hours_their_close_included(
    calendar: BusinessCalendar, started: datetime, target: Target
) -> None:
    due = due_at(started, target, calendar)
    assert due >= started
    assert calendar.is_open(due) or (target.within and calendar.is_open(due - SECOND))


@settings(max_examples=examples(60))
@given(calendars, instants, amounts)
def test_so_much_working_time_lies_between_the_start_and_what_it_leads_to(
    calendar: BusinessCalendar, started: datetime, amount: timedelta
) -> None:
    assert between(started, after(started, amount, calendar), calendar) == amount


@settings(max_examples=examples(60))
@given(calendars, targets, instants, st.lists(st.tuples(st.integers(0, 100), amounts), max_size=4))
def test_pauses_neither_lose_nor_gain_any_of_the_time(
    calendar: BusinessCalendar, target: Target, started: datetime, pauses: list[tuple[int, timedelta]]
) -> None:
    """Counted along the way and not by what a pause says is left: what ran between the pauses adds up to the target."""
    now, due, ran = started, due_at(started, target, calendar), timedelta(0)
    for share, pause in pauses:
        paused = now + (due - now) * share / 100
        paused = paused.replace(microsecond=0)
        assume(now <= paused <= due)
        ran += spent(now, paused, target, calendar)
        now = paused + pause
        due = resumed(left(due, paused, target, calendar), now, target, calendar)
    assert ran + spent(now, due, target, calendar) == target.within


def spent(first: datetime, last: datetime, target: Target, calendar: BusinessCalendar) -> timedelta:
    """How much of the time ran; `between` is held against the wall clock below."""
    if target.counted is Counted.WALL:
        return last - first
    return between(first, last, calendar)


@settings(max_examples=examples(60))
@given(calendars, instants, st.integers(0, 3 * 24 * 60))
def test_working_time_is_the_minutes_at_which_somebody_works(
    calendar: BusinessCalendar, first: datetime, minutes: int
) -> None:
    first = first.replace(second=0)
    open_minutes = sum(calendar.is_open(first + timedelta(minutes=n)) for n in range(minutes))
    assert between(first, first + timedelta(minutes=minutes), calendar) == timedelta(minutes=open_minutes)


@settings(max_examples=examples(60))
@given(calendars, targets, st.lists(instants, min_size=2, max_size=5), st.lists(amounts, min_size=2, max_size=5))
def test_who_starts_later_or_has_more_time_is_never_due_sooner(
    calendar: BusinessCalendar, target: Target, starts: list[datetime], given_time: list[timedelta]
) -> None:
    dues = [due_at(start, target, calendar) for start in sorted(starts)]
    assert dues == sorted(dues)
    longer = [due_at(starts[0], Target(target.aim, within, target.counted), calendar) for within in sorted(given_time)]
    assert all(sooner <= later for sooner, later in pairwise(longer))


@given(calendars, targets, instants, amounts)
def test_what_is_overdue_is_due_as_soon_as_somebody_works(
    calendar: BusinessCalendar, target: Target, started: datetime, late: timedelta
) -> None:
    now = due_at(started, target, calendar) + late
    again = resumed(left(due_at(started, target, calendar), now, target, calendar), now, target, calendar)
    assert again == (now if target.counted is Counted.WALL else after(now, timedelta(0), calendar))
