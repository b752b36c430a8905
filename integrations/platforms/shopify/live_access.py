"""A token that works, for whoever is about to call a shop's API."""

from dataclasses import dataclass

from integrations.platforms.shopify.access import ShopAccess
from plugin.domain.connection_faults import NotConnected
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.unit_of_work import Directory
from plugin.usecases.shopify.fresh_token import TokenMeans, fresh_token


@dataclass(frozen=True, slots=True)
class LiveAccess:
    """Looks up, and renews where needed; nothing is remembered between calls."""

    directory: Directory
    means: TokenMeans

    def at(self, address: str) -> ShopAccess:
        """The shop at this address, as it is recorded, and a token for it that works now. Raises `ShopFault`."""
        shop = self.directory.shop_by_address(Platform.SHOPIFY, address)
        if shop is None:
            raise NotConnected
        return self.of(shop)

    def of(self, shop: Shop) -> ShopAccess:
        """The same for a shop that is at hand."""
        domain = ShopDomain.parse(shop.address or "")
        if domain is None:
            raise NotConnected
        return ShopAccess(domain, fresh_token(shop, self.means).access)
