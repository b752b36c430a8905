"""Around every letter to a shopper: the shop's name, and below it the way to withdraw where the law wants one.

The function is to be continuously available and easy to reach (Directive 2011/83/EU art. 11a(1)); a letter is where a
shopper who has no account finds it.
"""

from urllib.parse import quote, urlencode

from plugin.documents.mail import Link, Masthead
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.law.withdrawal_function import has_withdrawal_function_law
from plugin.domain.order import Order
from plugin.domain.shop import Shop
from plugin.i18n import Catalogue
from plugin.wording.withdrawal import withdraw_words


def shop_masthead(
    shop: Shop, country: str | None, words: Catalogue, *, rulebook: Rulebook, base_url: str, token: str = ""
) -> Masthead:
    """For a letter about goods that go to `country`; `token` is that of the order it is about.

    The link is there for orders to Union and EEA, and where nobody knows the country, while the shop's function is on.
    It begins with `base_url` (no trailing slash) and bears the official words.
    """
    is_wanted = country is None or has_withdrawal_function_law(country, rulebook)
    if shop.withdrawal_since is None or not is_wanted:
        return Masthead(shop.name)
    said = withdraw_words(words, country)
    asked = {"lang": words.language, "country": country or ""} | ({"order": token} if token else {})
    address = f"{base_url}/s/{quote(shop.key)}/withdraw?{urlencode(asked)}"
    return Masthead(
        shop.name, links=(Link(said.text, address, None if said.language == words.language else said.language),)
    )


def order_masthead(shop: Shop, order: Order, words: Catalogue, law: Law, base_url: str, token: str = "") -> Masthead:
    """`shop_masthead` of a letter about an order; who buys as a business has no such right."""
    if order.is_business:
        return Masthead(shop.name)
    return shop_masthead(shop, order.place.country, words, rulebook=law.rulebook, base_url=base_url, token=token)
