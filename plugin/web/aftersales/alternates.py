"""Which pages a search engine is told of: for each country its own languages and English, each page naming them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugin.domain.law.rulebook import Rulebook
from plugin.i18n import FALLBACK, PAGE_LANGUAGES
from plugin.usecases.quote_page import PageQuote
from plugin.web.aftersales.address import absolute, page_address


@dataclass(frozen=True, slots=True)
class Alternate:
    """One page of the set; `tag` is its hreflang (BCP 47 with region), `address` absolute."""

    tag: str
    address: str
    language: str
    country: str


@dataclass(frozen=True, slots=True)
class Alternates:
    """The whole set, the same on every page of it; `default` is for whoever speaks none of its languages."""

    pages: tuple[Alternate, ...]
    default: str

    def has(self, language: str, country: str) -> bool:
        """Whether a page is of the set; others are for readers, not for search engines."""
        return any((page.language, page.country) == (language, country) for page in self.pages)


def alternates(quote: PageQuote, rulebook: Rulebook) -> Alternates:
    """The set of a shop."""
    return Alternates(tuple(_pages(quote, rulebook)), absolute(page_address(quote.shop.key, FALLBACK, quote.home)))


def _pages(quote: PageQuote, rulebook: Rulebook) -> Iterator[Alternate]:
    for country in quote.countries:
        for language in _languages(country, rulebook):
            address = absolute(page_address(quote.shop.key, language, country))
            yield Alternate(_tag(language, country), address, language, country)


def _languages(country: str, rulebook: Rulebook) -> Sequence[str]:
    place = rulebook.jurisdictions.get(country)
    spoken = [language for language in place.languages if language in PAGE_LANGUAGES] if place else []
    return tuple(dict.fromkeys((*spoken, FALLBACK)))


def _tag(language: str, country: str) -> str:
    """A tag that names a region already (`pt-BR`) is only spoken of for that region."""
    return language if language.endswith(f"-{country}") else f"{language}-{country}"
