"""Which days parcels are handed over on, and how they are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.tracking.eta.delivery_days import delivery_days

DAYS = st.dates(date(2017, 1, 1), date(2032, 12, 31))
COUNTRIES = st.sampled_from(["DE", "US", "SA", "IL", "JP", "XK", "AX"])
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, day) for day in (18, 19, 20, 21))


@pytest.mark.parametrize(
    ("country", "is_six_day", "day", "is_one"),
    [
        ("DE", False, FRIDAY, True),
        ("DE", False, SATURDAY, False),
        ("DE", True, SATURDAY, True),
        ("DE", True, SUNDAY, False),
        ("DE", True, date(2026, 12, 25), False),
        ("US", True, date(2026, 12, 26), True),
        ("SA", False, SUNDAY, True),
        ("SA", False, FRIDAY, False),
        ("SA", False, SATURDAY, False),
        ("SA", True, SATURDAY, True),
        ("SA", True, FRIDAY, False),
        ("IL", False, SUNDAY, True),
        ("IL", True, FRIDAY, True),
        ("IL", True, SATURDAY, False),
    ],
)
def test_a_country_has_its_own_week_and_holidays(country: str, is_six_day: bool, day: date, is_one: bool) -> None:  # noqa: FBT001 - columns of the table
    assert delivery_days(country, is_six_day=is_six_day).are(day) is is_one


@pytest.mark.parametrize(
    ("dispatched", "delivered", "five", "six"),
    [
        (FRIDAY, FRIDAY, 0, 0),
        (FRIDAY, SATURDAY, 1, 1),
        (FRIDAY, MONDAY, 1, 2),
        (SATURDAY, MONDAY, 1, 1),
        (SUNDAY, SUNDAY, 1, 1),
        (FRIDAY, date(2026, 12, 28), 5, 6),
    ],
)
def test_days_between_leave_out_weekends_and_holidays(dispatched: date, delivered: date, five: int, six: int) -> None:
    assert delivery_days("DE", is_six_day=False).between(dispatched, delivered) == five
    assert delivery_days("DE", is_six_day=True).between(dispatched, delivered) == six


@given(COUNTRIES, st.booleans(), DAYS, st.integers(1, 80))
def test_counting_on_and_counting_between_agree(country: str, is_six_day: bool, day: date, count: int) -> None:  # noqa: FBT001 - drawn
    days = delivery_days(country, is_six_day=is_six_day)
    then = days.after(day, count)
    assert days.are(then)
    assert days.between(day, then) == count
    assert sum(days.are(day + timedelta(days=each)) for each in range(1, (then - day).days + 1)) == count
