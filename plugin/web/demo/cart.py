"""The cart with the banner; what is in it stands in the address."""

from collections import Counter
from functools import reduce

from flask import Response

from plugin.domain.money import Money
from plugin.usecases.quote_policy import Wanted
from plugin.web.demo.assortment import PRODUCTS
from plugin.web.demo.pages import page
from plugin.web.demo.products import promise
from plugin.web.demo.shops import brand
from plugin.web.demo.visit import visit


def show() -> Response:
    """What is in the cart, where it would go, and whether returning it is free there."""
    owner, here = brand(), visit()
    counts = Counter(here.cart)
    lines = [(product, counts[product]) for product in PRODUCTS if product in counts]
    total = reduce(lambda sum_, product: sum_ + product.price, here.cart, Money(0, "EUR"))
    answer = promise(owner, Wanted(cart=tuple(product.id for product, _ in lines)))
    return page("cart.html", lines=lines, total=total, answer=answer, without=_without)


def _without(slug: str) -> str | None:
    """The cart without one product, as it stands in the address."""
    return ".".join(product.slug for product in visit().cart if product.slug != slug) or None
