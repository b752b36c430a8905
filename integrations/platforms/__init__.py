"""The platforms there are, written out."""

from functools import partial

from integrations.guarded_http import open_session
from integrations.platforms import shopify, woocommerce
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.order import Platform
from plugin.ports.platform import Translator
from plugin.ports.shop_source import ShopSource

TRANSLATORS: dict[Platform, Translator] = {
    Platform.SHOPIFY: shopify.TRANSLATOR,
    Platform.WOOCOMMERCE: woocommerce.TRANSLATOR,
}


def sources(*, allows_private: bool) -> dict[Platform, ShopSource]:
    """The platforms that can be read live; `allows_private` opens them to this machine, its networks and plain http."""
    sessions = partial(open_session, allows_private=allows_private)
    return {Platform.WOOCOMMERCE: WooCommerceSource(sessions, allows_http=allows_private)}
