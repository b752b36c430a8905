"""Recognises a wording at fault in a sentence: by patterns, the same answer every time, without a model.

Patterns are regular expressions over the folded sentence (NFKC, lower case, one space between words). A sentence that
also matches one of the kind's exceptions (`<kind>_unless`) is not at fault. Vague promises are told by classes of words
instead (`vagueness.py`).
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from plugin.domain.policy.lint.vagueness import Vocabulary, vocabulary

_UNSPACED = frozenset({"ja", "zh-Hans"})
"""Languages whose words do not stand apart from each other."""
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0670\u0640]")
"""What Arabic writers put or leave out as they like: short vowels, doubling, the stretching of a line."""
_FOLDER = files("plugin.domain.policy.lint") / "patterns"


class Wording(StrEnum):
    """What a sentence does wrong."""

    VAGUE = "vague"
    SOLE_RIGHT = "sole_right"
    DAMAGE_CUTOFF = "damage_cutoff"
    RIGHT_DENIED = "right_denied"
    GIFT = "gift"
    GREEN = "green"
    NEUTRAL = "neutral"


FORBIDDEN = tuple(wording for wording in Wording if wording is not Wording.VAGUE)
"""What the law forbids to say, somewhere; a vague promise is merely worthless."""


def languages() -> tuple[str, ...]:
    """The languages there are patterns for, as BCP 47 tags."""
    return tuple(sorted(path.name.removesuffix(".json") for path in _FOLDER.iterdir() if path.name.endswith(".json")))


def is_read(language: str, wording: Wording) -> bool:
    """Whether there are patterns for this kind of wording in a language; some languages have those for vague alone."""
    known = _nearest(language)
    return known is not None and wording.value in _read(known)


def matches(sentence: str, language: str, wording: Wording) -> Iterator[re.Match[str]]:
    """Where the sentence is worded so; nothing in languages without patterns."""
    known = _nearest(language)
    if known is None:
        return
    said = folded(sentence)
    if wording is Wording.VAGUE:
        yield from _vocabulary(known).cues_in(said)
        return
    at_fault, unless = _patterns(known)[wording]
    if not any(pattern.search(said) for pattern in unless):
        yield from (match for pattern in at_fault for match in pattern.finditer(said))


def folded(sentence: str) -> str:
    """A sentence as patterns see it."""
    text = unicodedata.normalize("NFKC", sentence).lower().replace("’", "'").replace("‑", "-").replace("–", "-")
    return " ".join(_VOWEL_SIGNS.sub("", text).split())


@lru_cache(maxsize=64)
def _nearest(language: str) -> str | None:
    """The patterns of a tag's language: `en-GB` is read as en; Chinese only in the script there are patterns for."""
    if language in languages():
        return language
    primary = language.partition("-")[0]
    if primary == "zh":
        return "zh-Hans" if language in ("zh", "zh-CN", "zh-SG") or language.startswith("zh-Hans-") else None
    return primary if primary in languages() else None


@lru_cache(maxsize=16)
def _patterns(language: str) -> Mapping[Wording, tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]]:
    read: Mapping[str, list[str]] = _read(language)

    def compiled(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in read.get(name, ()))

    return {kind: (compiled(kind.value), compiled(f"{kind.value}_unless")) for kind in FORBIDDEN}


@lru_cache(maxsize=16)
def _vocabulary(language: str) -> Vocabulary:
    return vocabulary(_read(language)["vague"], has_spaces=language not in _UNSPACED)


@lru_cache(maxsize=16)
def _read(language: str) -> Any:  # noqa: ANN401 - a language file, whose shape its callers know
    return json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
