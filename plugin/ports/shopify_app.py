"""The app this installation is at Shopify: whom it recognises, what it is granted, what it is told."""

from dataclasses import dataclass

from plugin.ports.app_webhooks import AppWebhooks
from plugin.ports.shop_tokens import TokenExchange
from plugin.ports.shopify_identity import ShopifyIdentity
from plugin.ports.shopify_scopes import AppScopes


@dataclass(frozen=True, slots=True)
class ShopifyApp:
    """Everything that goes by the app's own id and secret."""

    callers: ShopifyIdentity
    tokens: TokenExchange
    webhooks: AppWebhooks
    scopes: AppScopes | None = None
    """None: what was granted is taken for what is needed."""
