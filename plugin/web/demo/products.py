"""Product pages with the policy badge; the first is the demo's front page."""

from http import HTTPStatus

from flask import Response

from plugin.domain.errors import NotFound
from plugin.usecases.quote_policy import ANYTHING_WANTED, PolicyQuote, Wanted, quote_policy
from plugin.usecases.quote_product import quote_product
from plugin.web.demo.assortment import PRODUCTS, Product, by_slug
from plugin.web.demo.pages import page
from plugin.web.demo.shops import Brand, brand
from plugin.web.demo.visit import visit
from plugin.web.deps import deps
from plugin.web.storefront.answers import policy_answer
from plugin.web.storefront.details import details_link, withdrawal_link
from plugin.web.storefront.product_information import product_information_answer
from plugin.web.storefront.schemas import PolicyAnswer, ProductInformationAnswer


class UnknownProduct(NotFound):
    """The store has no such product."""

    code = "not_found"


def home() -> Response:
    """The front page: a product, and the three ways to look around."""
    return _product(PRODUCTS[0], is_home=True)


def show(slug: str) -> Response:
    """One product."""
    product = by_slug(slug)
    if product is None:
        raise UnknownProduct
    return _product(product, is_home=False)


def _product(product: Product, *, is_home: bool) -> Response:
    owner = brand()
    others = [other for other in PRODUCTS if other is not product]
    return page(
        "product.html",
        HTTPStatus.OK,
        product=product,
        others=others,
        answer=promise(owner, Wanted(product.id, product.sku)),
        information=information(owner, Wanted(product.id, product.sku)),
        is_home=is_home,
    )


def quoted(owner: Brand, wanted: Wanted = ANYTHING_WANTED) -> PolicyQuote:
    """The shop's promise for these goods to the visitor's country, or to its default market."""
    at, key = deps(), owner.shop.key
    return quote_policy(key, visit().country, wanted, directory=at.directory, units=at.units, now=at.clock.now())


def information(owner: Brand, wanted: Wanted) -> ProductInformationAnswer:
    """What comes with these goods, for the visitor's country."""
    at, here = deps(), visit()
    quote = quote_product(
        owner.shop.key,
        here.country,
        wanted,
        here.words.language,
        directory=at.directory,
        units=at.units,
        law=at.law,
        now=at.clock.now(),
    )
    return product_information_answer(quote, at.law, here.words, is_default=not here.country)


def promise(owner: Brand, wanted: Wanted = ANYTHING_WANTED) -> PolicyAnswer:
    """The same in the words of the storefront API."""
    quote, law, words = quoted(owner, wanted), deps().law, visit().words
    withdrawal = withdrawal_link(quote.shop, quote.country, law, words)
    return policy_answer(quote, law, words, details_link(quote, law, words), withdrawal)
