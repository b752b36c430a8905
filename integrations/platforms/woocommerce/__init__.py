"""WooCommerce: REST API v3 and webhooks, measured on 10.5. Quirks and limits are in the README beside."""

from integrations.platforms.woocommerce.translate import WooCommerceTranslator
from plugin.ports.platform import Translator

TRANSLATOR: Translator = WooCommerceTranslator()

__all__ = ["TRANSLATOR", "WooCommerceTranslator"]
