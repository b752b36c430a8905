"""List what a line of an order can be exchanged for: the same product's variants, with what they cost that shopper."""

from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.order import OrderLine
from plugin.domain.shop import Shop
from plugin.domain.variants import Variant, variants_of
from plugin.ports.unit_of_work import Units

_MOST = 100
"""Nobody finds one among more; whatever is not there is asked for in words."""


def list_variants(line: OrderLine, draft: ClaimDraft | None, shop: Shop, *, units: Units) -> tuple[Variant, ...]:
    """By the catalogue as last seen; prices are unknown until the platform has said how the catalogue states them."""
    if line.product_id is None:
        return ()
    with units.read(shop.merchant) as unit:
        products = unit.products.variations(shop.id, line.product_id)
    prices = draft.can.prices if draft and draft.can else None
    return variants_of(line, products, prices)[:_MOST]
