"""The platforms there are, written out."""

from dataclasses import dataclass
from functools import partial

from integrations.guarded_http import open_session
from integrations.platforms import shopify, woocommerce
from integrations.platforms.woocommerce.companion_site import WooCommerceCompanionSite
from integrations.platforms.woocommerce.exchange import WooCommerceExchange
from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.platforms.woocommerce.webhooks import WooCommerceWebhooks
from integrations.shop_sessions import ShopSessions
from plugin.domain.order import Platform
from plugin.ports.companion_site import CompanionSite
from plugin.ports.key_exchange import KeyExchange
from plugin.ports.platform import Translator
from plugin.ports.shop_source import ShopSource
from plugin.ports.webhooks import Webhooks

TRANSLATORS: dict[Platform, Translator] = {
    Platform.SHOPIFY: shopify.TRANSLATOR,
    Platform.WOOCOMMERCE: woocommerce.TRANSLATOR,
}


@dataclass(frozen=True, slots=True)
class LivePlatforms:
    """The platforms whose shops can be reached: read, asked for keys and what their plugins want, heard by webhook."""

    sources: dict[Platform, ShopSource]
    exchanges: dict[Platform, KeyExchange]
    webhooks: dict[Platform, Webhooks]
    companion_sites: dict[Platform, CompanionSite]
    sessions: ShopSessions
    """By which all of these call their shops; for whoever else does."""


def live_platforms(*, allows_private: bool) -> LivePlatforms:
    """Them all; `allows_private` opens them to this machine, its networks and plain http."""
    sessions = ShopSessions(partial(open_session, allows_private=allows_private))
    source = WooCommerceSource(sessions, allows_http=allows_private)
    return LivePlatforms(
        sources={Platform.WOOCOMMERCE: source},
        exchanges={Platform.WOOCOMMERCE: WooCommerceExchange(source)},
        webhooks={Platform.WOOCOMMERCE: WooCommerceWebhooks(source)},
        companion_sites={Platform.WOOCOMMERCE: WooCommerceCompanionSite(source)},
        sessions=sessions,
    )
