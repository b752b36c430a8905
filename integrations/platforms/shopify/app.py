"""The app at Shopify by its id and secrets (`plugin.ports.shopify_app.ShopifyApp`); its shops, read by its tokens."""

from typing import Final

from integrations.guarded_http import open_session
from integrations.platforms.shopify.granting import ShopifyScopes
from integrations.platforms.shopify.identity import SignedCallers
from integrations.platforms.shopify.live_access import LiveAccess
from integrations.platforms.shopify.metafields import ShopifyBoards
from integrations.platforms.shopify.partner.pricing import AppPricing
from integrations.platforms.shopify.partner.shop_id import shop_id
from integrations.platforms.shopify.sync.source import ShopifySource
from integrations.platforms.shopify.tokens import ShopifyTokens
from integrations.platforms.shopify.webhooks import ShopifyWebhooks
from plugin.domain.shop import Shop
from plugin.ports.clock import Clock
from plugin.ports.partner_app import PartnerApp
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.shopify_identity import AppKeys

_PATIENCE: Final = (2.0, 4.0)
"""Seconds to connect and to answer, while somebody waits for a page."""


def open_app(keys: AppKeys) -> ShopifyApp:
    """Its callers, grants and webhooks; one pooled session asks for grants."""
    tokens, scopes = ShopifyTokens(keys, open_session()), ShopifyScopes(keys.client_id)
    return ShopifyApp(SignedCallers(keys), tokens, ShopifyWebhooks(keys), scopes)


def open_source(access: LiveAccess) -> ShopifySource:
    """Reads the app's shops, each with a token that works at that moment."""
    return ShopifySource(open_session, access_of=lambda address, _credentials: access.at(address))


def open_boards(access: LiveAccess) -> ShopifyBoards:
    """Writes the promises of the app's shops, each with a token that works at that moment."""
    return ShopifyBoards(open_session, access.of)


def open_pricing(app: PartnerApp, access: LiveAccess, clock: Clock) -> AppPricing:
    """Asks which plan the app's shops have."""

    def named(shop: Shop) -> str:
        return shop_id(access.of(shop), open_session(timeouts=_PATIENCE))

    return AppPricing(app, open_session(timeouts=_PATIENCE), named, clock)
