"""Give a merchant's WooCommerce shops other secrets to sign their webhooks with; no delivery is refused meanwhile."""

from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units
from plugin.usecases.keep_hooks import fresh_secret


def rotate_hooks(*, merchant: MerchantId, units: Units, secrets: Secrets) -> int:
    """How many shops were given one. The next poll of each tells it to the shop, and the one after forgets the old.

    A shop that does not have its last one everywhere yet keeps it: it would sign with one that counts no more.
    """
    with units(merchant) as unit:
        known = [unit.hooks.get(shop.id) for shop in unit.shops.all() if shop.platform is Platform.WOOCOMMERCE]
        settled = [hooks for hooks in known if hooks and hooks.previous is None]
        for hooks in settled:
            unit.hooks.renew(hooks.shop, fresh_secret(secrets))
        unit.commit()
    return len(settled)
