"""Public holidays by country and region of the delivery address, and the working days between them.

The dates come from the `holidays` library. Where a statute counts other days than the library's list of days off, the
statute wins (see `_STATUTORY` and `_SWAPPED`).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays
from holidays.version import __version__ as holidays_version

from plugin.domain.law.answers import Reason
from plugin.domain.law.counting import ONE_DAY
from plugin.domain.law.regions import all_regions, holiday_country, holiday_region

_SATURDAY = 5
_RULES_EDITION = 1

# Library categories that are holidays for statutory periods though not days off for everyone.
_STATUTORY: Mapping[str, tuple[str, ...]] = {
    "NL": ("public", "optional"),  # Algemene termijnenwet art. 3: Good Friday and 5 May, every year
    "SE": ("public", "de_facto"),  # Lag 1930:173: Midsummer Eve, Christmas Eve, New Year's Eve
}
# A bridge day swapped for a working Saturday is a day off by decree, not a public holiday (Reg. 1182/71 art. 2(1)).
_SWAPPED: Mapping[str, tuple[str, ...]] = {
    "HU": ("substituted from",),
    "LV": ("substituted from",),
    "BG": ("Non-working day",),
}


class HolidayCalendar:
    """Answers which days are working days; remembers what it has looked up. `version` changes with the answers."""

    def __init__(self) -> None:
        self.version = f"holidays-{holidays_version}+{_RULES_EDITION}"
        self._rolls: dict[tuple[str, str | None, date], tuple[date, tuple[Reason, ...]]] = {}
        self._latest: dict[tuple[str, date], date] = {}

    def holiday(self, country: str, subdivision: str | None, day: date) -> str | None:
        """The English name of the public holiday on `day`, or None. Without subdivision: national holidays."""
        place = holiday_country(country)
        return _year(place, holiday_region(place, subdivision), day.year).get(day)

    def roll(self, country: str, subdivision: str | None, day: date) -> tuple[date, tuple[Reason, ...]]:
        """`day`, or the next working day after it, and why each day between was skipped (Reg. 1182/71 art. 3(4)).

        Saturday, Sunday and public holidays of the place are not working days.
        """
        known = self._rolls.get((country, subdivision, day))
        if known is None:
            known = self._roll(country, subdivision, day)
            self._rolls[country, subdivision, day] = known
        return known

    def roll_to_latest_region(self, country: str, day: date) -> date:
        """The latest day `roll` gives for any region of the country: what counts while the region is unknown."""
        known = self._latest.get((country, day))
        if known is None:
            regions = all_regions(holiday_country(country))
            known = max(self.roll(country, region, day)[0] for region in (None, *regions))
            self._latest[country, day] = known
        return known

    def is_working_day(self, country: str, subdivision: str | None, day: date) -> bool:
        """Whether `day` is neither Saturday, Sunday nor a public holiday."""
        return day.weekday() < _SATURDAY and self.holiday(country, subdivision, day) is None

    def add_business_days(self, country: str, subdivision: str | None, day: date, days: int) -> date:
        """The last of `days` working days after `day`, the day itself not counted."""
        while days > 0:
            day += ONE_DAY
            days -= self.is_working_day(country, subdivision, day)
        return day

    def _roll(self, country: str, subdivision: str | None, day: date) -> tuple[date, tuple[Reason, ...]]:
        skipped: list[Reason] = []
        while (reason := self._day_off(country, subdivision, day)) is not None:
            skipped.append(reason)
            day += ONE_DAY
        return day, tuple(skipped)

    def _day_off(self, country: str, subdivision: str | None, day: date) -> Reason | None:
        if day.weekday() >= _SATURDAY:
            return Reason("rolled_over_saturday" if day.weekday() == _SATURDAY else "rolled_over_sunday", day)
        name = self.holiday(country, subdivision, day)
        return Reason("rolled_over_public_holiday", day, name) if name else None


@cache
def _year(country: str, region: str | None, year: int) -> Mapping[date, str]:
    days = holidays.country_holidays(
        country,
        subdiv=region,
        years=year,
        expand=False,
        categories=_STATUTORY.get(country, ("public",)),
        language="en_US",
    )
    swapped = _SWAPPED.get(country, ())
    return {day: name for day, name in days.items() if not any(mark in name for mark in swapped)}
