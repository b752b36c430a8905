"""Somebody works exactly when the wall clock says so; days on which clocks change are that much shorter or longer."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.service_clock.calendar import BusinessCalendar
from tests.domain.service_clock.calendars import HOLIDAYS, WEEKDAYS, ZONES, a_calendar, calendars

ROUND_THE_CLOCK = (((0, 1440),),) * 7


def worked_on(day: date, calendar: BusinessCalendar) -> timedelta:
    return sum((last - first for first, last in calendar.spans_on(day)), timedelta(0))


def test_a_day_has_its_hours_by_the_wall_clock_of_the_zone() -> None:
    (span,) = a_calendar().spans_on(date(2026, 11, 20))
    assert span == (datetime(2026, 11, 20, 8, tzinfo=UTC), datetime(2026, 11, 20, 16, tzinfo=UTC))
    (span,) = a_calendar().spans_on(date(2026, 7, 17))
    assert span == (datetime(2026, 7, 17, 7, tzinfo=UTC), datetime(2026, 7, 17, 15, tzinfo=UTC))


def test_nobody_works_on_a_public_holiday_or_outside_the_days_named() -> None:
    assert not list(a_calendar().spans_on(date(2026, 12, 25)))  # a Friday
    assert not list(a_calendar().spans_on(date(2026, 11, 21)))  # a Saturday
    assert list(a_calendar(country="GB").spans_on(date(2026, 10, 2)))
    assert list(a_calendar(country=None).spans_on(date(2026, 12, 25)))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Havana", date(2026, 3, 8), 23),  # the day has no midnight
        ("America/Havana", date(2026, 11, 1), 25),  # and this one two
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Pacific/Apia", date(2011, 12, 30), 0),  # left out when the date line moved
    ],
)
def test_a_day_on_which_clocks_change_is_as_long_as_its_clock_shows(zone: str, day: date, hours: float) -> None:
    assert worked_on(day, a_calendar(zone, ROUND_THE_CLOCK, None)) == timedelta(hours=hours)


def test_hours_within_the_hour_that_is_left_out_do_not_happen() -> None:
    night = a_calendar(week=(((60, 150),),) * 7, country=None)  # 1:00 to 2:30
    assert worked_on(date(2026, 3, 29), night) == timedelta(hours=1)
    assert worked_on(date(2026, 10, 25), night) == timedelta(hours=2)  # 1:00 to 2:30, and 2:00 to 2:30 once more


@given(calendars, st.integers(-200, 500), st.integers(0, 24 * 60 - 1))
def test_the_spans_of_a_day_are_the_instants_at_which_its_wall_clock_is_within_hours(
    calendar: BusinessCalendar, days: int, minute: int
) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days, minutes=minute)
    spans = calendar.spans_on(at.astimezone(calendar.zone).date())
    assert any(first <= at < last for first, last in spans) == calendar.is_open(at)


@given(st.sampled_from(ZONES), st.sampled_from([2026, 2027]))
def test_the_days_of_a_year_leave_no_gap_and_do_not_overlap(zone: str, year: int) -> None:
    calendar = a_calendar(zone, ROUND_THE_CLOCK, None)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    spans = [span for day in days for span in calendar.spans_on(day)]
    assert all(first[1] == second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    "week", [WEEKDAYS[:6], ((),) * 7, (((540, 1020), (780, 1080)), *((),) * 6), (((0, 1441),), *((),) * 6)]
)
def test_a_week_nobody_could_work_in_is_no_week(week: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    with pytest.raises(ValueError, match="day"):
        BusinessCalendar(ZoneInfo("UTC"), week, None, HOLIDAYS)
