"""When 17TRACK says that something happened: with the zone if it knows one, else the carrier's own clock."""

import re
from datetime import UTC, datetime
from typing import Final

from integrations.json_reading import Json, moment, record, text

_ZONE: Final = re.compile(r"[+-]\d{2}:?\d{2}")


def said_at(event: Json) -> datetime | None:
    """Aware where a zone is told (`time_iso`, `time_utc`, `time_raw.timezone`), else naive; None: no date at all.

    A day without a time (`time_raw.time` empty) stands at its beginning.
    """
    iso = moment(event, "time_iso")
    if iso is not None and iso.tzinfo is not None:
        return iso
    utc = moment(event, "time_utc")
    if utc is not None:
        return utc.replace(tzinfo=utc.tzinfo or UTC)
    return iso or _raw(record(event.get("time_raw")))


def _raw(clock: Json) -> datetime | None:
    date = text(clock, "date")
    if date is None:
        return None
    zone = text(clock, "timezone") or ""
    told = f"{date}T{text(clock, 'time') or '00:00:00'}{zone if _ZONE.fullmatch(zone) else ''}"
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None
