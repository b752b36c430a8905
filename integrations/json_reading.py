"""Reading of somebody else's JSON, where any field may be missing or of another type: what is not there is None."""

import json
from datetime import date, datetime
from typing import Any, Final

Json = dict[str, Any]
_LONGEST: Final = 2000
"""Characters of one text that are kept."""


def record(value: object) -> Json:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> list[Json]:
    """The objects of a list; whatever else is in it is left out."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(row: Json, *names: str) -> str | None:
    """The first of these fields that says something."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return _storable(value.strip()[:_LONGEST])
    return None


def whole_number(row: Json, name: str) -> int | None:
    """A whole number; text of digits counts, truth values do not."""
    value = row.get(name)
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= len("9999999999"):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def moment(row: Json, name: str) -> datetime | None:
    """An ISO 8601 date and time, with its zone if one is told."""
    value = text(row, name)
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        return None


def day(row: Json, name: str) -> date | None:
    """The calendar day of an ISO 8601 date or date and time, as its own zone has it."""
    value = moment(row, name)
    return value.date() if value else None


def verbatim(row: Json) -> str:
    """As it came, for whoever looks closer."""
    return _storable(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


def _storable(value: str) -> str:
    """Without lone surrogates, which no database takes."""
    return value.encode("utf-8", "replace").decode()
