"""Places of a policy document: what stands at a path, which part of the editor shows it."""

import re
from collections.abc import Mapping, Sequence

MISSING = object()
"""Nothing stands there."""
_RULE = re.compile(r"(?:default|markets\.\d+)\.rules\.\d+")
_MARKET = re.compile(r"default|markets\.\d+")
LISTS = ("traits", "reasons", "return_addresses", "repairs")


def value_at(document: object, path: str) -> object:
    """What stands at the path, `MISSING` where nothing does."""
    found = document
    for name in path.split(".") if path else ():
        if isinstance(found, Mapping):
            found = found.get(name, MISSING)
        elif isinstance(found, Sequence) and not isinstance(found, str) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            return MISSING
    return found


def listed(document: object, path: str) -> list[object]:
    """The entries of the list at the path; none where there is no list."""
    found = value_at(document, path)
    return list(found) if isinstance(found, list | tuple) else []


def entries_of(document: object, path: str) -> list[Mapping[str, object]]:
    """The objects of the list at the path."""
    return [each for each in listed(document, path) if isinstance(each, Mapping)]


def markets_of(document: object) -> list[tuple[str, str]]:
    """Every market as path and name, the default one last."""
    named = [f"markets.{at}" for at, _ in enumerate(listed(document, "markets"))]
    return [(path, market_name(document, path)) for path in (*named, "default")]


def market_name(document: object, path: str) -> str:
    """What the merchant calls a market; its path while it has no name."""
    name = value_at(document, f"{path}.market")
    return name if isinstance(name, str) and name else path


def page_of(field: str) -> str:
    """The part of the editor that shows this place: a rule, a market, a list; empty for the draft itself."""
    for pattern in (_RULE, _MARKET):
        found = pattern.match(field)
        if found and field[found.end() : found.end() + 1] in {"", "."}:
            return found[0]
    first = field.partition(".")[0]
    return first if first in LISTS else ""


def is_within(place: str, other: str) -> bool:
    """Whether a place is the other one or stands inside it."""
    return place == other or place.startswith(f"{other}.")
