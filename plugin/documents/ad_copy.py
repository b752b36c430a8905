"""Lines for advertisements: only claims the engine proves for the whole shop in the country they are shown in.

A line says what goes beyond the law or what is proven free; a right everybody has by law is never advertised (Directive
2005/29/EC Annex I no. 10). Lengths are those of the large networks: 30 characters for a headline, 90 for a description,
150 for a post.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.policy.terms import Anchor, Track, Window
from plugin.i18n import Catalogue
from plugin.wording.badge import banner, warranty_text
from plugin.wording.promise_terms import window_length, window_text
from plugin.wording.trace import joined

LENGTHS = (30, 90, 150)
_WIDE = frozenset({"W", "F"})
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
"""Marks around facts that run the other way; where advertisements are typed in they would show as boxes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that fits `length` characters; `country` is where it may be shown."""

    text: str
    length: int
    language: str
    country: str


def ad_copy(rights: MarketRights, words: Catalogue) -> tuple[Line, ...]:
    """The lines for one country in one language, shortest first; none where nothing beyond the law is proven."""
    plain = (text.translate(_ISOLATES) for text in _texts(rights, words))
    found = dict.fromkeys((text, _fits(text)) for text in plain)
    fitting = sorted((length, text) for text, length in found if length is not None)
    return tuple(Line(text, length, words.language, rights.country) for length, text in fitting)


def _texts(rights: MarketRights, words: Catalogue) -> Iterator[str]:
    short = (*_returns(rights, words), *_exchange(rights, words), *_warranty(rights, words))
    yield from short
    sentences = tuple(filter(None, (banner(rights, words), _goods_back(rights, words), warranty_text(rights, words))))
    yield from sentences
    if len(sentences) > 1:
        yield joined((sentences[0], sentences[-1]), words)


def _returns(rights: MarketRights, words: Catalogue) -> Iterator[str]:
    window = _returned(rights)
    if window is None:
        return
    is_free = rights.is_return_free
    if window.length is None:
        yield from (words.text("page.ad.free_unlimited"),) if is_free else ()
        return
    yield words.text(f"page.ad.{'free' if is_free else 'returns'}", length=window_length(window, words))


def _exchange(rights: MarketRights, words: Catalogue) -> Iterator[str]:
    window = rights.exchange_window
    if window is not None and window.length is not None and rights.anchor(Track.EXCHANGE) is Anchor.DELIVERED:
        yield words.text("page.ad.exchange", length=window_length(window, words))


def _warranty(rights: MarketRights, words: Catalogue) -> Iterator[str]:
    window = rights.extra_warranty
    if window is not None and window.length is not None and rights.anchor(Track.WARRANTY) is Anchor.DELIVERED:
        yield words.text("page.ad.warranty", length=window_length(window, words))


def _goods_back(rights: MarketRights, words: Catalogue) -> str:
    window = _returned(rights)
    return window_text(Track.RETURN, window, rights, words) if window else ""


def _returned(rights: MarketRights) -> Window | None:
    """The promised return as far as it is an extra, and counts from delivery as everybody reads it."""
    is_plain = rights.is_beyond_law and rights.anchor(Track.RETURN) is Anchor.DELIVERED
    return rights.extra_return if is_plain and not rights.is_final_sale else None


def _fits(text: str) -> int | None:
    """The shortest of the lengths it fits; wide signs count twice, as the large networks count them."""
    room = sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)
    return next((length for length in LENGTHS if room <= length), None)
