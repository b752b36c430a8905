"""Local points where a shopper can hand a parcel in, from a list the merchant uploads."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import takewhile

from plugin.domain.returning.errors import UnreadablePoints

COLUMNS = ("name", "street", "postcode", "city", "country", "carrier", "hours")
"""The first row of the list names these, in any order; `carrier` and `hours` may be left out or empty."""
_NEEDED = COLUMNS[:5]
_MOST = 5_000
_LONGEST = 200
_COUNTRY_LETTERS = 2


@dataclass(frozen=True, slots=True)
class DropOffPoint:
    """One point; `country` ISO 3166-1, `hours` in the merchant's own words."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    carrier: str | None = None
    hours: str | None = None


def read_points(text: str) -> tuple[DropOffPoint, ...]:
    """The points of a CSV text with a header row, each once. Raises `UnreadablePoints` with the line it fails at."""
    lines = StringIO(text.removeprefix("\ufeff"), newline=None)  # None: "\r" alone ends a line too, as on old Macs
    rows = csv.DictReader(lines, delimiter=";" if ";" in text[:500] else ",")
    try:
        if not set(_NEEDED) <= set(rows.fieldnames or ()):
            raise UnreadablePoints({"field": "points", "line": 1})
        points = tuple(dict.fromkeys(_point(row, rows.line_num) for row in rows))
    except csv.Error as error:  # a cell of more than 131,072 characters
        raise UnreadablePoints({"field": "points", "line": rows.line_num + 1}) from error
    if len(points) > _MOST:
        raise UnreadablePoints({"field": "points", "line": _MOST})
    return points


def nearest(
    points: Iterable[DropOffPoint], country: str | None, postcode: str | None, limit: int
) -> Sequence[DropOffPoint]:
    """Points of the shopper's country, those first whose postcode begins as theirs does, then by how far it differs.

    Postcodes are no distances, but districts are numbered together; without one, by city.
    """
    asked = _compact(postcode or "")[:_LONGEST]
    here = (point for point in points if point.country == country)
    return sorted(here, key=lambda point: (*_apart(asked, _compact(point.postcode)), point.city, point.name))[:limit]


def _point(row: dict[str, str | None], line: int) -> DropOffPoint:
    values = {name: " ".join((row.get(name) or "").split()) for name in COLUMNS}
    country = values["country"].upper()
    is_whole = all(values[name] for name in _NEEDED) and all(len(text) <= _LONGEST for text in values.values())
    if not is_whole or len(country) != _COUNTRY_LETTERS or not country.isalpha() or not country.isascii():
        raise UnreadablePoints({"field": "points", "line": line})
    name, street, postcode, city, _, carrier, hours = values.values()
    return DropOffPoint(name, street, postcode, city, country, carrier or None, hours or None)


def _compact(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _apart(asked: str, theirs: str) -> tuple[int, int]:
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(asked, theirs, strict=False))))
    is_number = asked.isdecimal() and theirs.isdecimal()
    return -shared, abs(int(asked) - int(theirs)) if is_number else 0
