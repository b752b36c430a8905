"""The promises to a country as a JSON document that a shop's own platform keeps: for pages that only print.

Its words are those of the public API, in the same order. A page finds the class of its product by `rules` in what is
written on the product; of a product that says nothing, or names a class that is not here, `anything` holds.
"""

from dataclasses import dataclass

import msgspec
from msgspec import Struct

from plugin.domain.clocks.before_purchase import rights_by
from plugin.domain.clocks.engine import Law
from plugin.domain.policy.classes import PromiseClass
from plugin.domain.published import CountryPromises
from plugin.domain.shop import Shop
from plugin.i18n import Catalogue, catalogue, negotiate
from plugin.ports.published_promises import WordPromises
from plugin.usecases.quote_page import countries_of
from plugin.wording.badge import BadgeLine, badge, banner
from plugin.wording.links import (
    WordedLink,
    page_anywhere,
    page_link,
    tracking_anywhere,
    withdraw_anywhere,
    withdraw_link,
)
from plugin.wording.promises import OneLine, one_line_promises, trust_heading


class Told(Struct, frozen=True):
    """One class in words."""

    summary: str
    lines: tuple[BadgeLine, ...]
    promises: tuple[OneLine, ...]
    banner: str | None


class Country(Struct, frozen=True):
    """Whom it is for."""

    country: str
    name: str


class Document(Struct, frozen=True):
    """Everything a page of the shop prints for one country in one language."""

    format: int
    language: str
    direction: str
    market: Country
    heading: str
    details: WordedLink | None
    withdrawal: WordedLink | None
    tracking: WordedLink
    arrives: bool
    rules: str
    anything: str
    classes: dict[str, Told]


class Ways(Struct, frozen=True):
    """The ways to us, whatever the country: what was sold to one can be withdrawn from after the shop has left it."""

    format: int
    language: str
    direction: str
    details: WordedLink | None
    withdrawal: WordedLink | None
    tracking: WordedLink


FORMAT = 1


def published_promises(law: Law, base_url: str) -> WordPromises:
    """Words them; links begin with `base_url` (no trailing slash)."""
    return _Published(law, base_url)


@dataclass(frozen=True, slots=True)
class _Published:
    law: Law
    base_url: str

    def __call__(self, promises: CountryPromises, language: str, most_bytes: int) -> bytes:
        words = catalogue(negotiate(language, None))
        told = {each.id: _told(each, promises, self.law, words) for each in promises.classes}
        while True:
            written = msgspec.json.encode(_document(promises, told, self.law, words, self.base_url))
            if len(written) <= most_bytes or len(told) == 1:
                return written
            told.popitem()

    def anywhere(self, shop: Shop, language: str) -> bytes:
        words = catalogue(negotiate(language, None))
        details = page_anywhere(shop, words, self.base_url)
        withdrawal = withdraw_anywhere(shop, (), self.law, words, self.base_url)
        tracking = tracking_anywhere(shop, words, self.base_url)
        return msgspec.json.encode(Ways(FORMAT, words.language, words.direction, details, withdrawal, tracking))


def _document(promises: CountryPromises, told: dict[str, Told], law: Law, words: Catalogue, base_url: str) -> Document:
    shop, country = promises.shop, promises.country
    return Document(
        format=FORMAT,
        language=words.language,
        direction=words.direction,
        market=Country(country, words.country(country)),
        heading=trust_heading(words),
        details=page_link(shop, country, countries_of(promises.policy, law), words, base_url),
        withdrawal=withdraw_link(shop, country, law, words, base_url),
        tracking=tracking_anywhere(shop, words, base_url),
        arrives=promises.arrives,
        rules=promises.rules,
        anything=promises.classes[0].id,
        classes=told,
    )


def _told(each: PromiseClass, promises: CountryPromises, law: Law, words: Catalogue) -> Told:
    rights = rights_by(each.promised, promises.country, promises.market, law)
    worded = badge(rights, words)
    return Told(worded.summary, worded.lines, one_line_promises(rights, words), banner(rights, words))
