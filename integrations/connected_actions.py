"""The shops that something can be done in: those with a live connection to a platform that takes commands."""

from collections.abc import Callable
from functools import partial
from typing import Final

from requests import Session

from integrations.guarded_http import open_session
from integrations.platforms.shopify.actions.adapter import ShopifyActions
from integrations.platforms.shopify.sync.source import AccessOf, ShopifySource, no_access
from integrations.platforms.woocommerce.actions.adapter import WooCommerceActions
from integrations.platforms.woocommerce.address import shop_address
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopFault
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import PlatformActions, Refusal
from plugin.ports.unit_of_work import Units

_PATIENCE: Final = (5.0, 90.0)
"""Seconds to connect, and to wait for an answer: a shop asks its payment provider before it answers a refund."""


class ConnectedActions:
    """`plugin.ports.platform_actions.ActionsOf`: each command presents the keys that the shop has at that moment."""

    def __init__(
        self,
        units: Units,
        *,
        allows_private: bool,
        sessions: Callable[[str], Session],
        shopify_access: AccessOf = no_access,
    ) -> None:
        self._units = units
        self._shopify_access = shopify_access
        self._allows_http = allows_private
        self._sessions = sessions
        self._open = partial(open_session, allows_private=allows_private, timeouts=_PATIENCE)

    def __call__(self, shop: Shop) -> PlatformActions:
        """The shop's own. Raises `Rejected` (`not_connected`)."""
        with self._units.read(shop.merchant) as unit:
            connection = unit.connections.get(shop.id)
        if connection is None or shop.address is None:
            raise Rejected(Refusal.NOT_CONNECTED)
        try:
            return self._of(shop.platform, shop.address, connection.credentials)
        except ShopFault as fault:
            raise Rejected(Refusal.NOT_CONNECTED, detail=fault.code) from fault

    def _of(self, platform: Platform, address: str, credentials: Credentials) -> PlatformActions:
        match platform:
            case Platform.WOOCOMMERCE:
                origin = shop_address(address, allows_http=self._allows_http)
                reader = ShopReader(origin, credentials, self._sessions(origin), patience=_PATIENCE)
                return WooCommerceActions(reader)
            case Platform.SHOPIFY:
                source = ShopifySource(self._open, access_of=self._shopify_access)
                self._shopify_access(address, credentials)
                return ShopifyActions(lambda: source.client(address, credentials))
