"""Where a period that ends on a day off really ends, at one place."""

from dataclasses import dataclass
from datetime import date

from plugin.domain.law.answers import Reason
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.facts import Place


@dataclass(frozen=True, slots=True)
class Rolling:
    """Rolls days forward over Saturdays, Sundays and the place's public holidays.

    With `to_latest_region` the region is not known and the latest day any region gives is meant.
    """

    calendar: HolidayCalendar
    country: str
    subdivision: str | None
    to_latest_region: bool = False

    def roll(self, day: date) -> tuple[date, tuple[Reason, ...]]:
        """The next working day from `day` on, and why days were skipped."""
        if self.to_latest_region:
            return self.calendar.roll_to_latest_region(self.country, day), ()
        return self.calendar.roll(self.country, self.subdivision, day)

    def last_day(self, day: date) -> date:
        """The next working day from `day` on."""
        return self.roll(day)[0]


def rolling_at(place: Place, calendar: HolidayCalendar) -> Rolling:
    """Rolling by the holidays of the place as far as it is known: national ones without a subdivision."""
    return Rolling(calendar, place.country, place.subdivision)


def rolling_to_latest(place: Place, calendar: HolidayCalendar) -> Rolling:
    """Rolling to the latest day the place's region could give, when the region is not known."""
    unknown = place.subdivision is None and not place.is_region_certain
    return Rolling(calendar, place.country, place.subdivision, to_latest_region=unknown)
