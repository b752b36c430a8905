"""When people work: spans of the week by the wall clock of one zone, less the public holidays of one country."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.counting import end_of_day

_DAYS_OF_THE_WEEK = 7
_MIDNIGHT = 24 * 60

Minutes = tuple[int, int]
"""From and until, in minutes after midnight; until is exclusive."""
Span = tuple[datetime, datetime]
"""From and until, aware UTC; until is exclusive."""


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """`week` has the hours of each weekday, Monday first, in order and apart; at least one day has some.

    Somebody works at an instant exactly if the wall clock of `zone` then shows a time within the hours of that weekday
    and the day is no public holiday of `country` (ISO 3166-1). None: no holidays are kept.
    """

    zone: ZoneInfo
    week: tuple[tuple[Minutes, ...], ...]
    country: str | None
    holidays: HolidayCalendar

    def __post_init__(self) -> None:
        if len(self.week) != _DAYS_OF_THE_WEEK or not any(self.week):
            raise ValueError("a week has seven days, and somebody works on one of them")
        if any(not _is_in_order(hours) for hours in self.week):
            raise ValueError("the hours of a day follow one another")

    def is_open(self, at: datetime) -> bool:
        """Whether somebody works at that instant."""
        wall = at.astimezone(self.zone)
        minutes = wall.hour * 60 + wall.minute
        return any(opens <= minutes < closes for opens, closes in self.hours_on(wall.date()))

    def hours_on(self, day: date) -> tuple[Minutes, ...]:
        """The hours of a local day; none on a public holiday."""
        if self.country is not None and self.holidays.holiday(self.country, None, day) is not None:
            return ()
        return self.week[day.weekday()]

    def spans_on(self, day: date) -> Iterator[Span]:
        """The instants of a local day at which somebody works, in order.

        Where clocks are put forward or back within the hours, the day is that much shorter or longer.
        """
        hours = self.hours_on(day)
        if not hours:
            return
        for begins, ends, offset in _stretches(day, self.zone):
            midnight = datetime.combine(day, time(0), UTC) - offset
            for opens, closes in hours:
                first = max(begins, midnight + timedelta(minutes=opens))
                last = min(ends, midnight + timedelta(minutes=closes))
                if first < last:
                    yield first, last


def _is_in_order(hours: tuple[Minutes, ...]) -> bool:
    times = list(chain.from_iterable(hours))
    return times == sorted(times) and all(0 <= opens < closes <= _MIDNIGHT for opens, closes in hours)


def _stretches(day: date, zone: ZoneInfo) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The parts of a local day, each with one offset from UTC: one part, two on the day clocks change."""
    begins, ends = datetime.combine(day, time(0), zone).astimezone(UTC), end_of_day(day, zone)
    first, last = _offset(begins, zone), _offset(ends - timedelta(microseconds=1), zone)
    if first == last:
        return ((begins, ends, first),)
    change = _change(begins, ends, zone)
    return (begins, change, first), (change, ends, last)


def _change(begins: datetime, ends: datetime, zone: ZoneInfo) -> datetime:
    """The whole second at which the offset changes."""
    before = _offset(begins, zone)
    low, high = 0, int((ends - begins).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(begins + timedelta(seconds=middle), zone) == before else (low, middle)
    return begins + timedelta(seconds=high)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)
