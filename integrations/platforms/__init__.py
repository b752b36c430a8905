"""The platforms there are, written out."""

from integrations.platforms import shopify, woocommerce
from plugin.domain.order import Platform
from plugin.ports.platform import Translator

TRANSLATORS: dict[Platform, Translator] = {
    Platform.SHOPIFY: shopify.TRANSLATOR,
    Platform.WOOCOMMERCE: woocommerce.TRANSLATOR,
}
