"""Reads the engine's own sentences back: which sentence it is, and how long the time it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from plugin.i18n import Catalogue, catalogue
from plugin.wording import lengths

_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
_MOST_DAYS, _MOST_MONTHS = 500, 240


@dataclass(frozen=True)
class Read:
    """A sentence of the catalogue, and the length in it as (`days`, `working` or `months`, number)."""

    key: str
    length: tuple[str, int] | None


def read(text: str, language: str, *keys: str) -> Read:
    """The one of these sentences the text begins with."""
    matches = ((key, _pattern(language, key).match(_plain(text))) for key in keys)
    told = ((key, match.groupdict().get("length")) for key, match in matches if match)
    known = _lengths(language)
    found = [Read(key, known[length] if length else None) for key, length in told if not length or length in known]
    assert len(found) == 1, (text, found)
    return found[0]


def is_said(text: str, language: str, key: str) -> bool:
    """Whether the text has this sentence."""
    return _pattern(language, key).search(_plain(text)) is not None


@cache
def _pattern(language: str, key: str) -> re.Pattern[str]:
    entry = catalogue(language).entries[key]
    assert isinstance(entry, str)
    return re.compile(_PLACEHOLDER.sub(r"(?P<\1>.+?)", re.escape(entry)))


@cache
def _lengths(language: str) -> dict[str, tuple[str, int]]:
    words: Catalogue = catalogue(language)
    told = {_plain(lengths.months(n, words)): ("months", n) for n in range(1, _MOST_MONTHS)}
    told |= {_plain(lengths.days(n, words, working=True)): ("working", n) for n in range(1, _MOST_DAYS)}
    return told | {_plain(lengths.days(n, words)): ("days", n) for n in range(1, _MOST_DAYS)}


def _plain(text: str) -> str:
    """The text without the marks that isolate facts in the other direction (Unicode TR9)."""
    return text.replace("\u2068", "").replace("\u2069", "")
