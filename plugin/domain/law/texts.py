"""The official words of buttons, forms and notices, by language and country. Locked: never edited or translated here.

National words win over the language's. Texts marked `official` come from the Official Journal or a national statute;
the others are ordinary translations and say so. Data: `texts.json`; origin and licence in its `attribution`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from plugin.domain.law.answers import Certainty
from plugin.domain.law.errors import UnknownText
from plugin.domain.law.record import Record

_BUTTONS = ("withdraw_button", "confirm_button")


@dataclass(frozen=True, slots=True)
class LegalText:
    """Words with their standing: `official` words may not be varied, `source` says where they were read."""

    text: str
    official: bool
    verified: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class LegalTexts:
    """All legal words: by (language, key), national ones by (country, language, key), fixed texts by key."""

    by_language: Mapping[tuple[str, str], LegalText]
    national: Mapping[tuple[str, str, str], LegalText]
    fixed: Mapping[str, LegalText]
    attribution: str
    artwork: tuple[str, ...] = ()
    """Where the official artwork is to be had; a person fetches it."""


def official_text(language: str, key: str, country: str | None = None) -> LegalText:
    """The words for `key` in a language (`de`, `zh-Hans`), as the buyer's country prescribes where it does.

    Raises `UnknownText`: six languages have no word for "here" and no key is ever filled in from another language.
    """
    texts = load_texts()
    national = texts.national.get((country, language, key)) if country else None
    found = national or texts.by_language.get((language, key))
    if found is None:
        raise UnknownText(language, key)
    return found


def fixed_text(key: str) -> LegalText:
    """A text the law gives word for word in one language (Australia's warranty text, the model form)."""
    found = load_texts().fixed.get(key)
    if found is None:
        raise UnknownText("-", key)
    return found


@lru_cache(maxsize=1)
def load_texts() -> LegalTexts:
    """The words shipped with this version of the package, read once."""
    raw = json.loads(files("plugin.domain.law").joinpath("texts.json").read_bytes())
    whole = Record(raw, "texts.json")
    return LegalTexts(
        by_language=MappingProxyType(_by_language(whole)),
        national=MappingProxyType(_national(raw["national_overrides"])),
        fixed=MappingProxyType(_fixed(whole)),
        attribution=whole.text("attribution"),
        artwork=tuple(value for value in raw["official_artwork"].values() if str(value).startswith("https://")),
    )


def _by_language(whole: Record) -> dict[tuple[str, str], LegalText]:
    found: dict[tuple[str, str], LegalText] = {}
    for language in whole.mapping("languages"):
        words = whole.inner("languages").inner(language)
        for key, value in whole.inner("languages").mapping(language).items():
            if isinstance(value, Mapping) and "text" in value:
                found[language, key] = _text(words.inner(key))
    return found


def _text(words: Record) -> LegalText:
    paragraphs = words.raw("text")
    return LegalText(
        text="\n".join(words.texts("text")) if isinstance(paragraphs, list) else words.text("text"),
        official=bool(words.maybe_flag("official")),
        verified=words.certainty(),
        source=words.maybe_text("source") or "",
    )


def _national(overrides: list[object]) -> dict[tuple[str, str, str], LegalText]:
    found: dict[tuple[str, str, str], LegalText] = {}
    for override in overrides:
        words = Record(override, "texts.json national_overrides")
        for key in filter(words.has, _BUTTONS):
            found[words.text("country"), words.text("lang"), key] = LegalText(
                text=words.text(key),
                official=True,
                verified=words.certainty(),
                source=words.text("basis"),
            )
    return found


def _fixed(whole: Record) -> dict[str, LegalText]:
    texts = whole.inner("fixed_texts")
    named = {key: texts.inner(key) for key in whole.mapping("fixed_texts")}
    return {key: _text(words) for key, words in named.items() if words.has("text")}
