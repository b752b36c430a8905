"""Which carrier a name on an order means, however the shop or its plugin spells it."""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.tracking.posts import posts

_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 8
"""Of so many words a name is made at most; what comes behind is not read."""


class _File(msgspec.Struct, frozen=True):
    origin: str
    carriers: dict[str, tuple[str, ...]]


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    text = files("plugin.domain.tracking.data").joinpath("carriers.json").read_bytes()
    return decoder(_File).decode(text).carriers


@cache
def _spellings() -> dict[str, str]:
    """Slugs by spelling, words run together; the posts go by their names too."""
    listed = _listed()
    by_post = {"".join(_words(name)): post.carrier for post in posts().values() for name in (post.carrier, post.name)}
    ours = {"".join(_words(name)): slug for slug, names in listed.items() for name in (slug, *names)}
    return {**by_post, **ours}


def known_carriers() -> dict[str, str]:
    """Names by slug of those that shops send with, the posts of small countries left out."""
    return {slug: names[0] for slug, names in _listed().items()}


def name_of_carrier(slug: str) -> str | None:
    """The name people know a carrier by; None: we know none for the slug."""
    listed = _listed().get(slug)
    return listed[0] if listed else next((post.name for post in posts().values() if post.carrier == slug), None)


def carrier_named(name: str) -> str | None:
    """The slug of the carrier that a name means, the longest run of words that is one; None: we know none of it."""
    words = _words(name)[:_LONGEST]
    spellings = _spellings()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            found = spellings.get("".join(words[start : start + length]))
            if found is not None:
                return found
    return None


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text)
    return _WORD.findall("".join(each for each in bare if not unicodedata.combining(each)).casefold())
