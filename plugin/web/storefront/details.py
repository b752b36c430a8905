"""The links from a widget: to the page that says it all, and to the withdrawal function."""

from collections.abc import Collection

from flask import current_app

from plugin.domain.clocks.engine import Law
from plugin.domain.shop import Shop
from plugin.i18n import Catalogue
from plugin.usecases.quote_page import countries_of
from plugin.usecases.quote_policy import PolicyQuote
from plugin.web.proxied import links_begin
from plugin.web.storefront.schemas import Link, OfficialLink
from plugin.wording.links import WordedLink, page_anywhere, page_link, withdraw_anywhere, withdraw_link


def details_link(quote: PolicyQuote, law: Law, words: Catalogue) -> Link | None:
    """The page for the quote's country, in the words' language or else in English; None where no page is served."""
    if "aftersales" not in current_app.blueprints:
        return None
    link = page_link(quote.shop, quote.country, countries_of(quote.policy, law), words, current_app.config["BASE_URL"])
    return Link(text=link.text, url=link.url) if link else None


def details_anywhere(shop: Shop, words: Catalogue) -> Link | None:
    """The same whatever the country, for pages that everybody is sent alike: the shop's home page."""
    if "aftersales" not in current_app.blueprints:
        return None
    link = page_anywhere(shop, words, current_app.config["BASE_URL"])
    return Link(text=link.text, url=link.url)


def withdrawal_anywhere(shop: Shop, sold_to: Collection[str], law: Law, words: Catalogue) -> OfficialLink | None:
    """The way to withdraw where any country that is sold to wants one; none named: it is sold to everywhere."""
    if "withdrawal" not in current_app.blueprints:
        return None
    return _official(withdraw_anywhere(shop, sold_to, law, words, links_begin()))


def withdrawal_link(shop: Shop, country: str, law: Law, words: Catalogue) -> OfficialLink | None:
    """The way to withdraw from contracts about goods for a country; None where no law wants one, or it is off."""
    if "withdrawal" not in current_app.blueprints:
        return None
    return _official(withdraw_link(shop, country, law, words, links_begin()))


def _official(link: WordedLink | None) -> OfficialLink | None:
    return OfficialLink(text=link.text, language=link.language, url=link.url) if link else None
