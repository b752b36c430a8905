"""How legal days are counted: calendar days, months, and the instant a local day ends (Reg. 1182/71 art. 3)."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=16384)
def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an aware instant where the shopper is."""
    return instant.astimezone(zone).date()


def add_months(day: date, months: int) -> date:
    """The same day number `months` later, or the last day of that month where it does not exist (art. 3(2)(c))."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def add_days(day: date, days: int, *, event_counted: bool) -> date:
    """The last of `days` calendar days; the day of the event is day 1 only where the law counts it (art. 3(1))."""
    return day + timedelta(days=days - 1 if event_counted else days)


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """The local midnight that starts the next day, by the wall clock of the zone."""
    return datetime.combine(day + ONE_DAY, time(0), zone)


@lru_cache(maxsize=16384)
def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The exclusive instant (aware UTC) at which a local day is over: the midnight that starts the next day.

    Wall-clock arithmetic, so days of 23 or 25 hours end when their own clocks say so.
    """
    return midnight_after(day, zone).astimezone(UTC)
