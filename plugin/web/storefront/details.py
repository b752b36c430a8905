"""The link from a widget to the page that says it all."""

from flask import current_app

from plugin.domain.clocks.engine import Law
from plugin.i18n import FALLBACK, PAGE_LANGUAGES, Catalogue, negotiate
from plugin.usecases.quote_page import countries_of
from plugin.usecases.quote_policy import PolicyQuote
from plugin.web.storefront.schemas import Link


def details_link(quote: PolicyQuote, law: Law, words: Catalogue) -> Link | None:
    """The page for the quote's country, in the words' language or else in English; None where no page is served."""
    if "aftersales" not in current_app.blueprints or quote.country not in countries_of(quote.policy, law):
        return None
    language = negotiate(words.language, None, among=PAGE_LANGUAGES, otherwise=FALLBACK)
    address = f"{current_app.config['BASE_URL']}/s/{quote.shop.key}/{language}/{quote.country}"
    return Link(text=words.text("badge.details"), url=address)
