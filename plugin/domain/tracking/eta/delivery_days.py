"""The days on which parcels are handed over at the destination, and how many of them lie between two days.

A week is the country's own: Monday to Friday where Saturday and Sunday are free, Sunday to Thursday where Friday and
Saturday are (Unicode CLDR 48, supplemental `weekData`). Whether the lane's carrier also comes on the day beside
the day of rest is learnt from its deliveries (`history`), for carriers differ and publish it for hardly any lane.
Holidays are the national ones; a parcel is known to go to a country, not to a region.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Final

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.regions import has_calendar, holiday_country

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_FRIDAY_AND_SATURDAY: Final = frozenset(
    {"AF", "BH", "DZ", "EG", "IL", "IQ", "IR", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE"}
)
_JEWISH_WEEK: Final = frozenset({"IL"})
"""Rests on Saturday; the others of that weekend on Friday."""
_EPOCH: Final = 2020
_CALENDAR: Final = HolidayCalendar()


def day_of_rest(country: str) -> int:
    """The weekday (Monday 0) on which no carrier is expected to come."""
    if country in _JEWISH_WEEK or country not in _FRIDAY_AND_SATURDAY:
        return _SATURDAY if country in _JEWISH_WEEK else _SUNDAY
    return _FRIDAY


def sixth_day(country: str) -> int:
    """The other day of the weekend, on which some carriers come."""
    if country in _FRIDAY_AND_SATURDAY:
        return _FRIDAY if country in _JEWISH_WEEK else _SATURDAY
    return _SATURDAY


@dataclass(slots=True)
class DeliveryDays:
    """A country's delivery days, of a five- or a six-day week; remembers the years it was asked about."""

    country: str
    is_six_day: bool
    _years: dict[int, tuple[int, tuple[int, ...]]] = field(default_factory=dict, repr=False)

    def are(self, day: date) -> bool:
        """Whether parcels are handed over on this day."""
        off = {day_of_rest(self.country)} if self.is_six_day else {day_of_rest(self.country), sixth_day(self.country)}
        return day.weekday() not in off and _holiday(self.country, day) is None

    def between(self, dispatched: date, delivered: date) -> int:
        """Delivery days after one day up to the other; a delivery on a day off counts as on the next delivery day."""
        return self.position(delivered) - self.position(dispatched) + (not self.are(delivered))

    def after(self, day: date, count: int) -> date:
        """The `count`-th delivery day after a day; for 0 the day itself, or the next delivery day where it is none."""
        if count == 0 and self.are(day):
            return day
        wanted, year = self.position(day) + max(count, 1), day.year
        while wanted > self._up_to(year)[1][-1]:
            year += 1
        line = self._up_to(year)[1]
        return date(year, 1, 1) + timedelta(days=bisect_left(line, wanted))

    def position(self, day: date) -> int:
        """How many delivery days there were up to this one, itself included, since a fixed day."""
        return self._up_to(day.year)[1][day.timetuple().tm_yday - 1]

    def _up_to(self, year: int) -> tuple[int, tuple[int, ...]]:
        """What a year begins with, and the positions of its days."""
        known = self._years.get(year)
        if known is None:
            begins = self._begins(year)
            known = begins, tuple(begins + count for count in self._counted(year))
            self._years[year] = known
        return known

    def _begins(self, year: int) -> int:
        if year == _EPOCH:
            return 0
        if year > _EPOCH:
            return self._up_to(year - 1)[1][-1]
        return self._up_to(year + 1)[0] - self._counted(year)[-1]

    def _counted(self, year: int) -> tuple[int, ...]:
        first, length = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
        return tuple(accumulate(self.are(first + timedelta(days=number)) for number in range(length)))


@cache
def delivery_days(country: str, *, is_six_day: bool) -> DeliveryDays:
    """The delivery days of an ISO 3166-1 country; one whose holidays nobody knows has weekends only."""
    return DeliveryDays(country, is_six_day)


def _holiday(country: str, day: date) -> str | None:
    return _CALENDAR.holiday(country, None, day) if has_calendar(holiday_country(country)) else None
