"""Calendars to draw and to work examples with."""

from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.service_clock.calendar import BusinessCalendar, Minutes

HOLIDAYS = HolidayCalendar()
NINE_TO_FIVE: tuple[Minutes, ...] = ((9 * 60, 17 * 60),)
WEEKDAYS: tuple[tuple[Minutes, ...], ...] = (*(NINE_TO_FIVE,) * 5, (), ())
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",  # clocks change at midnight
    "Asia/Kathmandu",  # a quarter of an hour
    "Australia/Lord_Howe",  # half an hour of summer time
    "Pacific/Apia",  # once left out a day
    "Africa/Casablanca",
    "UTC",
]


def a_calendar(
    zone: str = "Europe/Berlin", week: tuple[tuple[Minutes, ...], ...] = WEEKDAYS, country: str | None = "DE"
) -> BusinessCalendar:
    return BusinessCalendar(ZoneInfo(zone), week, country, HOLIDAYS)


times = st.integers(0, 24 * 4).map(lambda quarters: quarters * 15)
hours_of_a_day = st.lists(times, max_size=6, unique=True).map(
    lambda drawn: tuple(zip(sorted(drawn)[::2], sorted(drawn)[1::2], strict=False))
)
weeks = st.tuples(*[hours_of_a_day] * 7).filter(any)
calendars = st.builds(
    BusinessCalendar,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    week=weeks,
    country=st.sampled_from(["DE", "US", "CU", "NP", "AU", "SA", None]),
    holidays=st.just(HOLIDAYS),
)
