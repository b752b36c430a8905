"""What a product is, as rules see it before it is ordered: the same facts a line of an order will carry."""

from plugin.domain.policy.scope import Item
from plugin.domain.shop_events import Product


def item_of_product(product: Product, parent: Product | None, *, has_variations: bool) -> Item:
    """The item a product or a variation (with its `parent`) is; its price, the day and the shopper are not known.

    A line names the product and the SKU of the variation. So a product with variations has none that is known yet, and
    a product that has no SKU surely matches no rule that names one. Terms stand on both (`domain.line_scope`).
    """
    sold = (product, parent) if parent else (product,)
    return Item(
        product=product.parent_id or product.external_id,
        sku=None if has_variations else product.sku or "",
        categories=frozenset(term for each in sold for term in each.categories),
        collections=frozenset(term for each in sold for term in each.collections),
        tags=frozenset(term for each in sold for term in each.tags),
    )
