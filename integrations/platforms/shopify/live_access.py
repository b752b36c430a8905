"""A token that works, for whoever is about to call a shop's API."""

from dataclasses import dataclass

from integrations.platforms.shopify.access import ShopAccess
from plugin.domain.connection_faults import NotConnected
from plugin.domain.shop import Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.usecases.shopify.fresh_token import TokenMeans, fresh_token


@dataclass(frozen=True, slots=True)
class LiveAccess:
    """Looks up, and renews where needed; nothing is remembered between calls."""

    means: TokenMeans

    def of(self, shop: Shop) -> ShopAccess:
        """The shop, and a token for it that works now. Raises `ShopFault`."""
        domain = ShopDomain.parse(shop.address or "")
        if domain is None:
            raise NotConnected
        return ShopAccess(domain, fresh_token(shop, self.means).access)
