"""One product to look at, found by name or SKU; with script while it is typed, without by the form's button."""

from dataclasses import dataclass

from flask import Response, request

from plugin.usecases.find_products import FoundProduct, find_product, find_products
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page
from plugin.web.deps import deps

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Picker:
    """What was searched for and what is there to choose; `chosen` is None for all goods."""

    text: str
    chosen: FoundProduct | None
    found: tuple[FoundProduct, ...]


def found() -> Response:
    """The products a text finds, as choices of the form that asked."""
    return page("policy_products.html", picker=picker())


def picker() -> Picker:
    """The choices the address asks for; a product no catalogue has is told by its number."""
    at, merchant = deps(), presence().merchant
    text, product = (request.args.get(name, "").strip()[:_LONGEST] for name in ("find", "product"))
    chosen = find_product(product, merchant=merchant, units=at.units) if product else None
    matching = find_products(text, merchant=merchant, units=at.units, views=at.views)
    return Picker(
        text,
        chosen or (FoundProduct(product, product, None) if product else None),
        tuple(each for each in matching if each.id != product),
    )
