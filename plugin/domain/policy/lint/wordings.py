"""Recognises a wording at fault in a sentence: by patterns, the same answer every time, without a model.

Patterns are regular expressions over the folded sentence (NFKC, lower case, one space between words). A sentence that
also matches one of the kind's exceptions (`<kind>_unless`) is not at fault. Vague is, besides what the patterns list, a
sentence about a promise (`promise`) that has nothing in it to hold the shop to (`measure`): no number, payer, limit,
means, place or day.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
    said, patterns = folded(sentence), _patterns(known)
    if _first(patterns[f"{wording}_unless"], said):
        return
    yield from (match for pattern in patterns[wording] for match in pattern.finditer(said))
    if wording is Wording.VAGUE and not _first(patterns[wording], said) and not _first(patterns["measure"], said):
        promise = _first(patterns["promise"], said)
        if promise is not None:
            yield promise


def _first(patterns: Iterable[re.Pattern[str]], said: str) -> re.Match[str] | None:
    return next((match for match in (pattern.search(said) for pattern in patterns) if match), None)


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
def _patterns(language: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """By kind; a kind the file does not have matches nothing."""
    read: Mapping[str, list[str]] = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
    return defaultdict(tuple, {kind: tuple(map(re.compile, patterns)) for kind, patterns in read.items()})
