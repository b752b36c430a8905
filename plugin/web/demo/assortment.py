"""What the demo store sells. Names and texts are in `locales/<lang>/demo.json`, pictures in `static/demo/`."""

from dataclasses import dataclass

from plugin.domain.money import Money


@dataclass(frozen=True, slots=True)
class Product:
    """One product; `id` is the platform's, which order lines carry. `price` contains the tax."""

    slug: str
    id: str
    sku: str
    price: Money
    facts: int
    """How many facts its texts list."""


def _product(slug: str, product_id: str, sku: str, cents: int) -> Product:
    return Product(slug, product_id, sku, Money(cents, "EUR"), 3)


PRODUCTS = (
    _product("lantern", "502", "NL-LANTERN", 4990),
    _product("tent", "501", "NL-TENT-2", 34900),
    _product("headlamp", "503", "NL-LAMP-600", 5900),
    _product("jacket", "504", "NL-JACKET-M", 23900),
    _product("sleeping-bag", "505", "NL-BAG-5", 18900),
    _product("watch", "506", "NL-WATCH", 27900),
    _product("powerbank", "507", "NL-POWER-20", 6900),
)
"""The first is on the front page. The catalogue's engraved mug is made to order only and not shown."""

_BY_SLUG = {product.slug: product for product in PRODUCTS}
_BY_SKU = {product.sku: product for product in PRODUCTS}


def by_slug(slug: str) -> Product | None:
    """The product of this address, or None."""
    return _BY_SLUG.get(slug)


def of_line(sku: str | None) -> Product | None:
    """The product an order line was of, or None for one that is not (or no longer) sold here."""
    return _BY_SKU.get(sku or "")
