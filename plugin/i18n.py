"""Words: what people read, by language, from `locales/<lang>/*.json`, each language read once, when first asked for.

Shoppers are answered in every language; the desk (the merchant admin and the demo's own pages) speaks eight.
A value is a sentence with `{facts}`, or an object of plural forms: `{"count": "days", "one": ..., "other": ...}`, whose
form CLDR's rule for the language picks by the fact `count` names. A key missing in a language is said in English.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal

DESK_LANGUAGES = ("en", "de", "fr", "es", "it", "pl", "zh-Hans", "ar")
"""What the admin and the demo's own pages are written in, besides everything a shopper reads."""
LANGUAGES = (
    *DESK_LANGUAGES,
    "bg",
    "cs",
    "da",
    "el",
    "et",
    "fi",
    "ga",
    "he",
    "hr",
    "hu",
    "id",
    "ja",
    "ko",
    "lt",
    "lv",
    "mt",
    "nb",
    "nl",
    "pt",
    "pt-BR",
    "ro",
    "ru",
    "sk",
    "sl",
    "sv",
    "th",
    "tr",
    "uk",
    "vi",
    "zh-Hant",
)
"""What a shopper is answered in, as BCP 47 tags."""
SHOPPER_FILES = ("storefront", "law", "problem", "mail", "page", "claim", "withdrawal", "tracking")
DESK_FILES = (
    *("admin", "demo", "lint", "sending", "declarations", "engine", "claims_desk", "claim_work", "case_file", "theme"),
    *("shipments", "stuck"),
)
FALLBACK = "en"
FOLDER = Path(__file__).parent.parent / "locales"
PAGE_LANGUAGES = tuple(language for language in LANGUAGES if (FOLDER / language / "page.json").is_file())
"""What the after-sales page is offered in: in another language it would be English under a foreign name."""

CLAIM_LANGUAGES = tuple(language for language in LANGUAGES if (FOLDER / language / "claim.json").is_file())
"""What the shopper's own pages (claims) are offered in, likewise."""
WITHDRAWAL_LANGUAGES = tuple(tag for tag in LANGUAGES if (FOLDER / tag / "withdrawal.json").is_file())
"""What the withdrawal function is offered in, likewise."""
TRACKING_LANGUAGES = tuple(tag for tag in LANGUAGES if (FOLDER / tag / "tracking.json").is_file())
"""What parcels are told of in, likewise."""

Fact = str | int | date
Entry = str | Mapping[str, str]

_LOCALES = {"en": "en-GB", "pt": "pt-PT"}
"""Where CLDR means another country by the bare tag: en is American there, pt Brazilian."""
_OR = {"mt": "jew"}
"""Where CLDR (as of Babel 2.18) has no list of alternatives, which would then be English."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ISOLATE, _POP = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LANGUAGE_RANGE = re.compile(
    r"^([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$"
)
_MOST_RANGES = 20
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?(?:-.*)?")
_LONGEST_TAG = 64
_FEWEST_ALTERNATIVES = 2


class MissingWords(LookupError):
    """No catalogue has this key, or a sentence asks for a fact nobody gave: a mistake of ours, never of a visitor."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language. `language` is a BCP 47 tag, `direction` the way it is written."""

    language: str
    direction: Literal["ltr", "rtl"]
    locale: Locale
    entries: Mapping[str, Entry]
    fallback: "Catalogue | None" = None

    def has(self, key: str) -> bool:
        """Whether there are words for this key, in this language or in English."""
        return key in self.entries or (self.fallback is not None and self.fallback.has(key))

    def text(self, key: str, **facts: Fact) -> str:
        """The sentence for a key with its facts: dates with their weekday, numbers as the language writes them.

        Raises `MissingWords`. Facts that run against the language's direction are isolated (Unicode TR9, FSI ... PDI).
        """
        entry = self.entries.get(key)
        if entry is not None:
            return self._filled(key, entry, facts)
        if self.fallback is None:
            raise MissingWords(key)
        return self.fallback.text(key, **facts)

    def day(self, day: date) -> str:
        """A day with weekday and year, as this language writes it."""
        return _day(self.locale, str(self.entries["format.day"]), day)

    def number(self, number: int) -> str:
        """A whole number."""
        return format_decimal(number, locale=self.locale)

    def either(self, names: Sequence[str]) -> str:
        """Names as alternatives, in the order given: `a, b or c`."""
        word = _OR.get(self.language)
        if word is None or len(names) < _FEWEST_ALTERNATIVES:
            return str(format_list(names, "or", locale=self.locale))
        return f"{', '.join(names[:-1])} {word} {names[-1]}"

    def country(self, code: str) -> str:
        """The name of an ISO 3166-1 country; the code itself where CLDR has no name."""
        return str(self.locale.territories.get(code, code))

    def language_name(self, tag: str) -> str:
        """The name of a BCP 47 language; the tag itself where CLDR has no name."""
        name = self.locale.languages.get(tag.replace("-", "_"))
        try:
            return str(name or Locale.parse(tag, sep="-").get_display_name(self.locale) or tag)
        except (UnknownLocaleError, ValueError):
            return tag

    def city(self, zone: str) -> str:
        """The city a time zone is named for."""
        return _city(self.locale, zone)

    def _filled(self, key: str, entry: Entry, facts: Mapping[str, Fact]) -> str:
        sentence = entry if isinstance(entry, str) else self._plural(key, entry, facts)

        def fact(match: re.Match[str]) -> str:
            if match[1] not in facts:
                raise MissingWords(f"{key}: {match[1]}")
            return self._worded(facts[match[1]])

        return _PLACEHOLDER.sub(fact, sentence)

    def _plural(self, key: str, forms: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
        number = facts.get(forms["count"])
        if not isinstance(number, int):
            raise MissingWords(f"{key}: {forms['count']}")
        return forms.get(self.locale.plural_form(number), forms["other"])

    def _worded(self, fact: Fact) -> str:
        if isinstance(fact, date):
            return self._isolated(self.day(fact))
        return self._isolated(fact) if isinstance(fact, str) else self.number(fact)

    def _isolated(self, text: str) -> str:
        """An address stays bare, so that a mail program links it whole."""
        runs_against = self.direction == "rtl" or any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)
        return f"{_ISOLATE}{text}{_POP}" if runs_against and not text.startswith(("http://", "https://")) else text


def catalogue(language: str) -> Catalogue:
    """The words of a language; of the nearest one we have, else English, when we have not this one."""
    return _catalogue(language if language in LANGUAGES else _nearest(language, LANGUAGES) or FALLBACK)


def negotiate(
    chosen: str | None,
    accept_language: str | None,
    *,
    among: Sequence[str] = LANGUAGES,
    otherwise: str = FALLBACK,
) -> str:
    """The language to answer in: the one chosen, else the best of an `Accept-Language` header (RFC 9110 §12.5.4).

    A tag stands for the same language in the same script, by CLDR's aliases and likely subtags (UTS #35 §4.3):
    `zh-TW` is answered in zh-Hant, `iw` in he, `no` in nb.
    """
    wanted = [chosen] if chosen else []
    found = (_nearest(tag, tuple(among)) for tag in (*wanted, *_accepted(accept_language or "")))
    return next((language for language in found if language), otherwise)


def files_of(language: str) -> tuple[str, ...]:
    """The files a language has words in; while it has no pages of its own, all but those of the pages."""
    offered = {
        "page": PAGE_LANGUAGES,
        "claim": CLAIM_LANGUAGES,
        "withdrawal": WITHDRAWAL_LANGUAGES,
        "tracking": TRACKING_LANGUAGES,
    }
    shopper = tuple(name for name in SHOPPER_FILES if language in offered.get(name, LANGUAGES))
    return (*shopper, *DESK_FILES) if language in DESK_LANGUAGES else shopper


def read_entries(language: str) -> dict[str, Entry]:
    """All words of one language, from its files; raises `ValueError` when two files have the same key."""
    entries: dict[str, Entry] = {}
    for name in files_of(language):
        words: dict[str, Entry] = json.loads((FOLDER / language / f"{name}.json").read_text("utf-8"))
        twice = entries.keys() & words.keys()
        if twice:
            raise ValueError(f"{language}/{name}.json repeats {sorted(twice)}")
        entries |= words
    return entries


def placeholders(entry: Entry) -> frozenset[str]:
    """The facts a sentence asks for; of plural forms, all of theirs."""
    sentences = [entry] if isinstance(entry, str) else [text for form, text in entry.items() if form != "count"]
    return frozenset(name for sentence in sentences for name in _PLACEHOLDER.findall(sentence))


@cache
def _catalogue(language: str) -> Catalogue:
    locale = Locale.parse(_LOCALES.get(language, language), sep="-")
    direction: Literal["ltr", "rtl"] = "rtl" if locale.text_direction == "rtl" else "ltr"
    fallback = None if language == FALLBACK else _catalogue(FALLBACK)
    return Catalogue(language, direction, locale, read_entries(language), fallback)


def _nearest(tag: str, among: tuple[str, ...]) -> str | None:
    return _matched(tag.replace("_", "-").lower(), among) if len(tag) <= _LONGEST_TAG else None


@lru_cache(maxsize=4096)
def _matched(tag: str, among: tuple[str, ...]) -> str | None:
    """The language we have for a lower-case tag: itself, or one of the same language and script.

    Of several, the one without a country goes first: `pt-AO` is answered in pt rather than pt-BR.
    """
    exact = next((language for language in among if language.lower() == tag), None)
    wanted = _written(tag)
    alike = (language for language in among if wanted and _written(language.lower()) == wanted)
    return exact or min(alike, key=len, default=None)


@lru_cache(maxsize=4096)
def _written(tag: str) -> tuple[str, str] | None:
    """A tag's language and script; None for what is no tag. Bokmål and Nynorsk are both Norwegian, as in CLDR."""
    parts = _TAG.fullmatch(tag)
    if parts is None:
        return None
    alias = str(get_global("language_aliases").get(parts[1], parts[1]))
    language = alias.partition("_")[0]
    likely = get_global("likely_subtags")
    named = f"{language}_{parts[3].upper()}" if parts[3] else language
    whole = str(likely.get(named) or likely.get(language) or "").split("_")
    script = parts[2] or (whole[1] if len(whole) > 1 else "")
    parent = str(get_global("parent_exceptions").get(language, language))
    return parent.partition("_")[0], script.title()


def _accepted(header: str) -> Iterator[str]:
    """The tags of an `Accept-Language` header, best first; what cannot be read is passed over."""
    parts = (_LANGUAGE_RANGE.match(part.strip()) for part in header.split(",")[:_MOST_RANGES])
    ranges = [(float(part[2] or 1), part[1]) for part in parts if part]
    return (tag for weight, tag in sorted(ranges, key=lambda r: -r[0]) if weight > 0 and tag != "*")


@lru_cache(maxsize=8192)
def _day(locale: Locale, pattern: str, day: date) -> str:
    return format_date(day, pattern, locale)


@lru_cache(maxsize=2048)
def _city(locale: Locale, zone: str) -> str:
    return get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)
