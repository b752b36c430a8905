"""Moves recorded dates to now: every instant by the same whole number of days, so that hours and gaps stay."""

import re
from datetime import UTC, date, datetime, timedelta

RECORDED_ON = date(2026, 11, 21)
"""The day all demo data was recorded or written as of."""

_INSTANT = re.compile(
    rb'(?<=")(?P<day>20\d\d-[01]\d-[0-3]\d)(?P<time>[T ][0-2]\d:[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?=")'
)
_SHIPPED = re.compile(rb'(?<=date_shipped)(":\s*"?)(\d{10})\b')
"""Shipment plugins note Unix time."""


def offset(now: datetime) -> timedelta:
    """How far recorded dates are moved for a demo loaded now."""
    return now.astimezone(UTC).date() - RECORDED_ON


def shifted(record: bytes, by: timedelta) -> bytes:
    """The record with every date and instant in it moved; all other bytes stay as recorded."""
    moved = _INSTANT.sub(lambda found: _moved_day(found, by), record)
    return _SHIPPED.sub(lambda found: found[1] + str(int(found[2]) + int(by.total_seconds())).encode(), moved)


def _moved_day(found: re.Match[bytes], by: timedelta) -> bytes:
    try:
        day = date.fromisoformat(found["day"].decode()) + by
    except (ValueError, OverflowError):
        return found[0]
    return day.isoformat().encode() + (found["time"] or b"")
