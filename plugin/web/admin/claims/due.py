"""By when something is due, in the days and by the clock of the claim's market."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from plugin.domain.claim.attention import last_day
from plugin.i18n import Catalogue
from plugin.web.admin.pages import format_moment


def due_moment(at: datetime, zone: str | None, said: Catalogue) -> str:
    """An instant to the minute by the wall clock of the zone (IANA), with its city; in UTC where none is known."""
    if zone is None:
        return format_moment(at, said)
    local = at.astimezone(ZoneInfo(zone))
    day, time = (format_date(local, "medium", locale=said.locale), format_datetime(local, "HH:mm", locale=said.locale))
    return said.text("desk.moment", day=day, time=time, city=said.city(zone))


def due_day(at: datetime, zone: str | None, said: Catalogue) -> str:
    """The last day of a time that ends with a day there (end exclusive)."""
    return str(format_date(last_day(at, ZoneInfo(zone or "UTC")), "medium", locale=said.locale))
