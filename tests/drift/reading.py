"""Reads the engine's own sentences back: which sentence it is, and how long the time it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel.dates import format_date

from plugin.i18n import Catalogue, catalogue
from plugin.wording import lengths

_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
_MOST_DAYS, _MOST_MONTHS = 500, 240
_FIRST_DAY, _YEARS = date(2026, 1, 1), 30


@dataclass(frozen=True)
class Read:
    """A sentence of the catalogue, and the length in it as (`days`, `working` or `months`, number)."""

    key: str
    length: tuple[str, int] | None


def read(text: str, language: str, *keys: str) -> Read:
    """The one of these sentences the text begins with."""
    matches = ((key, _pattern(language, key).match(plain(text))) for key in keys)
    told = ((key, match.groupdict().get("length")) for key, match in matches if match)
    known = _lengths(language)
    found = [Read(key, known[length] if length else None) for key, length in told if not length or length in known]
    assert len(found) == 1, (text, found)
    return found[0]


def found_in(text: str, language: str, *keys: str) -> list[Read]:
    """Those of these sentences that stand anywhere in the text, with their lengths."""
    plain_text, known = plain(text), _lengths(language)
    found = ((key, match) for key in keys if (match := _pattern(language, key).search(plain_text)))
    told = ((key, match.groupdict().get("length")) for key, match in found)
    return [Read(key, known[length] if length else None) for key, length in told if not length or length in known]


def is_all_of(text: str, language: str, *keys: str) -> Read | None:
    """The one of these sentences that is the whole text, with its length; None if none is."""
    known, found = _lengths(language), ((key, _pattern(language, key).fullmatch(plain(text))) for key in keys)
    told = [(key, match.groupdict().get("length")) for key, match in found if match]
    whole = [Read(key, known[length] if length else None) for key, length in told if not length or length in known]
    assert len(whole) <= 1, (text, whole)
    return whole[0] if whole else None


def is_said(text: str, language: str, key: str) -> bool:
    """Whether the text has this sentence."""
    return _pattern(language, key).search(plain(text)) is not None


def read_day(text: str, language: str, keys: Iterable[str]) -> dict[str, date]:
    """The sentences of these that stand in the text, each with the day it names."""
    found = ((key, _day_in(plain(text), _entry(language, key), _days(language))) for key in keys)
    return {key: day for key, day in found if day is not None}


def _day_in(text: str, entry: str, days: dict[str, date]) -> date | None:
    before, _, after = entry.partition("{day}")
    start = text.find(before)
    end = text.find(after, start + len(before) + 1)
    while 0 <= start < end:
        if text[start + len(before) : end] in days:
            return days[text[start + len(before) : end]]
        end = text.find(after, end + 1)
    return None


@cache
def _days(language: str) -> dict[str, date]:
    locale, pattern = catalogue(language).locale, _entry(language, "format.day")
    days = (_FIRST_DAY + timedelta(days=n) for n in range(_YEARS * 366))
    return {plain(format_date(day, pattern, locale)): day for day in days}


def _entry(language: str, key: str) -> str:
    entry = catalogue(language).entries[key]
    assert isinstance(entry, str)
    return entry


@cache
def _pattern(language: str, key: str) -> re.Pattern[str]:
    entry = re.escape(_entry(language, key))
    return re.compile(_PLACEHOLDER.sub(r"(?P<\1>.+?)", entry) + (r"(?=\W|$)" if entry.endswith("}") else ""))


@cache
def _lengths(language: str) -> dict[str, tuple[str, int]]:
    words: Catalogue = catalogue(language)
    told = {plain(lengths.months(n, words)): ("months", n) for n in range(1, _MOST_MONTHS)}
    told |= {plain(lengths.days(n, words, working=True)): ("working", n) for n in range(1, _MOST_DAYS)}
    return told | {plain(lengths.days(n, words)): ("days", n) for n in range(1, _MOST_DAYS)}


def plain(text: str) -> str:
    """The text without the marks that isolate facts in the other direction (Unicode TR9)."""
    return text.replace("\u2068", "").replace("\u2069", "")
