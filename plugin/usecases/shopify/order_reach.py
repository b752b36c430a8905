"""Whether Shopify hides older orders from us: told by the scopes on record, without asking it."""

from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.unit_of_work import UnitOfWork


def hides_older_orders(shop: Shop, app: ShopifyApp | None, unit: UnitOfWork) -> bool:
    """Whether the shop's orders of more than 60 days ago are not shown to us (`plugin.domain.order_reach`).

    False where nothing is known: no app at Shopify, no grant on record.
    """
    if app is None or app.scopes is None or shop.platform is not Platform.SHOPIFY:
        return False
    token = unit.shop_tokens.get(shop.id)
    return token is not None and not app.scopes.reaches_all_orders(token.grant.scopes)
