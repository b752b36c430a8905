"""Look up what products are, as rules see them: by the catalogue alone, never by what a page says of itself."""

from collections.abc import Sequence
from dataclasses import replace

from plugin.domain.policy.scope import Item
from plugin.domain.product_scope import item_of_product
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Product
from plugin.ports.unit_of_work import UnitOfWork

UNKNOWN = Item()
"""A product that is not on record: whatever is promised for it holds for everything."""


def look_up_item(product: str, sku: str | None, shop: Shop, unit: UnitOfWork) -> Item:
    """What a product (or variation) is, or the variation of it that has this SKU.

    An SKU that the catalogue does not know there is not believed: rules may name the one the line will really have.
    """
    found = unit.products.of(shop.id, [product]).get(product)
    if found is None:
        return UNKNOWN
    variations = [each for each in unit.products.variations(shop.id, product) if sku and each.sku == sku]
    chosen = variations[0] if len(variations) == 1 else found
    item = look_up_items([chosen], shop, unit)[chosen.external_id]
    return item if sku is None or chosen.sku == sku else replace(item, sku=None)


def look_up_items(products: Sequence[Product], shop: Shop, unit: UnitOfWork) -> dict[str, Item]:
    """What these products are, by external id."""
    parents = unit.products.of(shop.id, [each.parent_id for each in products if each.parent_id is not None])
    varied = unit.products.with_variations(shop.id, [each.external_id for each in products])
    return {
        each.external_id: item_of_product(
            each, parents.get(each.parent_id or ""), has_variations=each.external_id in varied
        )
        for each in products
    }
