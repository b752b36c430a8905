"""Recognises a wording at fault in a sentence: by patterns, the same answer every time, without a model.

Patterns are regular expressions over the folded sentence (NFKC, lower case, one space between words). A sentence that
also matches one of the kind's exceptions (`<kind>_unless`) is not at fault.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

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


def languages() -> tuple[str, ...]:
    """The languages there are patterns for, as BCP 47 tags."""
    return tuple(sorted(path.name.removesuffix(".json") for path in _FOLDER.iterdir() if path.name.endswith(".json")))


def matches(sentence: str, language: str, wording: Wording) -> Iterator[re.Match[str]]:
    """Where the sentence is worded so; nothing in languages without patterns."""
    known = _nearest(language)
    if known is None:
        return
    at_fault, unless = _patterns(known)[wording]
    said = folded(sentence)
    if not any(pattern.search(said) for pattern in unless):
        yield from (match for pattern in at_fault for match in pattern.finditer(said))


def folded(sentence: str) -> str:
    """A sentence as patterns see it."""
    text = unicodedata.normalize("NFKC", sentence).lower().replace("’", "'").replace("‑", "-").replace("–", "-")
    return " ".join(text.split())


@lru_cache(maxsize=64)
def _nearest(language: str) -> str | None:
    """The patterns of a tag's language: `en-GB` is read as en; Chinese only in the script there are patterns for."""
    if language in languages():
        return language
    primary = language.partition("-")[0]
    if primary == "zh":
        return "zh-Hans" if language in ("zh", "zh-CN", "zh-SG") else None
    return primary if primary in languages() else None


@lru_cache(maxsize=16)
def _patterns(language: str) -> Mapping[Wording, tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]]:
    read: Mapping[str, list[str]] = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))

    def compiled(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in read.get(name, ()))

    return {kind: (compiled(kind.value), compiled(f"{kind.value}_unless")) for kind in Wording}
