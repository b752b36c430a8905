"""Where to read on, to withdraw and to follow a parcel: the same links on every surface, by address and name."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from plugin.domain.clocks.engine import Law
from plugin.domain.law.withdrawal_function import has_withdrawal_function_law
from plugin.domain.shop import Shop
from plugin.i18n import FALLBACK, PAGE_LANGUAGES, Catalogue, negotiate
from plugin.wording.withdrawal import withdraw_words


@dataclass(frozen=True, slots=True)
class WordedLink:
    """A link; `language` is that of its text."""

    text: str
    language: str
    url: str


def page_link(shop: Shop, country: str, served: Collection[str], words: Catalogue, base_url: str) -> WordedLink | None:
    """The after-sales page of a country, in the words' language or else in English; None where none is `served`."""
    if country not in served:
        return None
    language = negotiate(words.language, None, among=PAGE_LANGUAGES, otherwise=FALLBACK)
    return WordedLink(words.text("badge.details"), words.language, f"{base_url}/s/{shop.key}/{language}/{country}")


def withdraw_link(shop: Shop, country: str, law: Law, words: Catalogue, base_url: str) -> WordedLink | None:
    """The way to withdraw from contracts about goods for a country; None where no law wants one, or it is off."""
    if shop.withdrawal_since is None or not has_withdrawal_function_law(country, law.rulebook):
        return None
    said = withdraw_words(words, country)
    asked = urlencode({"lang": words.language, "country": country})
    return WordedLink(said.text, said.language, f"{base_url}/s/{shop.key}/withdraw?{asked}")


def page_anywhere(shop: Shop, words: Catalogue, base_url: str) -> WordedLink:
    """The same whatever the country, for pages that everybody is sent alike: the shop's home page."""
    address = f"{base_url}/s/{shop.key}/?{urlencode({'lang': words.language})}"
    return WordedLink(words.text("badge.details"), words.language, address)


def withdraw_anywhere(
    shop: Shop, sold_to: Collection[str], law: Law, words: Catalogue, base_url: str
) -> WordedLink | None:
    """The way to withdraw where any country that is sold to wants one; none named: it is sold to everywhere."""
    countries = sold_to or law.rulebook.jurisdictions
    is_wanted = any(has_withdrawal_function_law(country, law.rulebook) for country in countries)
    if shop.withdrawal_since is None or not is_wanted:
        return None
    said = withdraw_words(words)
    address = f"{base_url}/s/{shop.key}/withdraw?{urlencode({'lang': words.language})}"
    return WordedLink(said.text, said.language, address)


def tracking_anywhere(shop: Shop, words: Catalogue, base_url: str) -> WordedLink:
    """Where anybody finds an order's parcels by its number and e-mail address."""
    address = f"{base_url}/s/{shop.key}/tracking?{urlencode({'lang': words.language})}"
    return WordedLink(words.text("tracking.follow"), words.language, address)
