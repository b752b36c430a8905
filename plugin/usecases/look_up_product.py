"""Find what rules know of a product by its number, as the catalogue of one of the merchant's shops was last seen."""

from plugin.domain.ids import MerchantId
from plugin.domain.policy.scope import Item
from plugin.domain.product_scope import item_of_product
from plugin.ports.unit_of_work import Units


def look_up_product(product: str, *, merchant: MerchantId, units: Units) -> Item | None:
    """The item a product or variation is, of the first shop that sells it; None where no catalogue has it."""
    with units.read(merchant) as unit:
        for shop in unit.shops.all():
            sold = unit.products.of(shop.id, [product]).get(product)
            if sold is None:
                continue
            parent = unit.products.of(shop.id, [sold.parent_id]).get(sold.parent_id) if sold.parent_id else None
            has_variations = product in unit.products.with_variations(shop.id, [product])
            return item_of_product(sold, parent, has_variations=has_variations)
    return None
