"""Lines for advertisements: only claims the engine proves for the whole shop in the country they are shown in.

A line says what goes beyond the law or what is proven free; a right everybody has by law is never advertised (Directive
2005/29/EC Annex I no. 10). Lengths are those of the large networks: 30 characters for a headline, 90 for a description,
150 for a post.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.clocks.free_returns import free_window
from plugin.domain.policy.terms import Anchor, Payer, Track, Window
from plugin.i18n import Catalogue
from plugin.wording.badge import banner, warranty_text
from plugin.wording.promise_terms import window_length, window_text
from plugin.wording.trace import joined

LENGTHS = (30, 90, 150)
_WIDE = frozenset({"W", "F"})
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
"""Marks around facts that run the other way; where advertisements are typed in they would show as boxes."""


class Claim(StrEnum):
    """What a line says of the shop."""

    FREE = "free"
    """Every return without a reason costs the shopper nothing."""
    RETURN = "return"
    EXCHANGE = "exchange"
    WARRANTY = "warranty"


@dataclass(frozen=True, slots=True)
class Ground:
    """A claim that is proven, and the time it is proven for."""

    claim: Claim
    window: Window


@dataclass(frozen=True, slots=True)
class Line:
    """One line that fits `length` characters; `country` is where it may be shown, `rests_on` everything it claims."""

    text: str
    length: int
    language: str
    country: str
    rests_on: tuple[Ground, ...]


Said = tuple[str, tuple[Ground, ...]]
"""A text and what it rests on."""


def ad_copy(rights: MarketRights, words: Catalogue) -> tuple[Line, ...]:
    """The lines for one country in one language, shortest first; none where nothing beyond the law is proven."""
    found = {text.translate(_ISOLATES): grounds for text, grounds in _texts(rights, words)}
    fitting = sorted((length, text) for text in found if (length := _fits(text)) is not None)
    return tuple(Line(text, length, words.language, rights.country, found[text]) for length, text in fitting)


def _texts(rights: MarketRights, words: Catalogue) -> Iterator[Said]:
    yield from (*_returns(rights, words), *_exchange(rights, words), *_warranty(rights, words))
    sentences = tuple(_sentences(rights, words))
    yield from sentences
    if len(sentences) > 1:
        (first, grounds), (last, more) = sentences[0], sentences[-1]
        yield joined((first, last), words), (*grounds, *more)


def _sentences(rights: MarketRights, words: Catalogue) -> Iterator[Said]:
    free, returned, warranty = _free(rights), _returned(rights), rights.extra_warranty
    if free is not None:
        yield banner(rights, words) or "", (Ground(Claim.FREE, free),)
    if returned is not None:
        yield window_text(Track.RETURN, returned, rights, words), (Ground(Claim.RETURN, returned),)
    if warranty is not None:
        yield warranty_text(rights, words), (Ground(Claim.WARRANTY, warranty),)


def _returns(rights: MarketRights, words: Catalogue) -> Iterator[Said]:
    window = _returned(rights)
    if window is None:
        return
    is_free = rights.is_return_free
    grounds = (Ground(Claim.RETURN, window), *((Ground(Claim.FREE, window),) if is_free else ()))
    if window.length is None:
        yield from ((words.text("page.ad.free_unlimited"), grounds),) if is_free else ()
        return
    yield words.text(f"page.ad.{'free' if is_free else 'returns'}", length=window_length(window, words)), grounds


def _exchange(rights: MarketRights, words: Catalogue) -> Iterator[Said]:
    window = rights.exchange_window
    if window is not None and window.length is not None and rights.anchor(Track.EXCHANGE) is Anchor.DELIVERED:
        text = words.text("page.ad.exchange", length=window_length(window, words))
        yield text, (Ground(Claim.EXCHANGE, window),)


def _warranty(rights: MarketRights, words: Catalogue) -> Iterator[Said]:
    window = rights.extra_warranty
    if window is not None and window.length is not None and rights.anchor(Track.WARRANTY) is Anchor.DELIVERED:
        text = words.text("page.ad.warranty", length=window_length(window, words))
        yield text, (Ground(Claim.WARRANTY, window),)


def _free(rights: MarketRights) -> Window | None:
    """The time that is proven free by a promise of the shop; that the law alone makes it pay is no advertisement."""
    rule = rights.rules[Track.WITHDRAWAL]
    is_promised = rights.extra_return is not None or (rule is not None and rule.payers.none is Payer.SHOP)
    return free_window((rights,)) if is_promised and not rights.is_free_by_law_alone else None


def _returned(rights: MarketRights) -> Window | None:
    """The promised return as far as it is an extra, and counts from delivery as everybody reads it."""
    is_plain = rights.is_beyond_law and rights.anchor(Track.RETURN) is Anchor.DELIVERED
    return rights.extra_return if is_plain and not rights.is_final_sale else None


def _fits(text: str) -> int | None:
    """The shortest of the lengths it fits; wide signs count twice, as the large networks count them."""
    room = sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)
    return next((length for length in LENGTHS if room <= length), None)
