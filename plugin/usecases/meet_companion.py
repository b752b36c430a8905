"""Meet the plugin of a shop that sent its owner to us: find the shop, and hear from the shop itself what it asks."""

from dataclasses import dataclass

from plugin.domain.companion import CompanionShopUnknown, PluginAsking, is_asking_name
from plugin.domain.connection_faults import PluginNotAsking
from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.companion_site import CompanionSite
from plugin.ports.key_exchange import KeyExchange
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.connect_companion import shop_at
from plugin.usecases.install_shop import ShopBelongsToAnother


@dataclass(frozen=True, slots=True)
class MetCompanion:
    """Where the shop was found, what its plugin asks, and the shop as far as it is on record with this merchant."""

    address: str
    asking: PluginAsking
    shop: Shop | None


@dataclass(frozen=True, slots=True)
class MeetingMeans:
    """The ports that meeting takes; `app` is the address this installation is known by."""

    exchange: KeyExchange
    site: CompanionSite
    directory: Directory
    units: Units
    app: str


def meet_companion(address: str, name: str, *, merchant: MerchantId, means: MeetingMeans) -> MetCompanion:
    """What stands in the link is believed in nothing but where to look: the shop at that address says the rest.

    Raises `ShopFault` (`PluginNotAsking` also where the plugin asks another app than this one), and
    `ShopBelongsToAnother`.
    """
    if not is_asking_name(name):
        raise PluginNotAsking
    found = means.exchange.find(address)
    asking = means.site.asking(found, name)
    if asking.app.rstrip("/") != means.app.rstrip("/"):
        raise PluginNotAsking(means.app)
    with means.units.read(merchant) as unit:
        try:
            return MetCompanion(found, asking, shop_at(found, unit))
        except CompanionShopUnknown:
            pass
    if means.directory.shop_by_address(Platform.WOOCOMMERCE, found) is not None:
        raise ShopBelongsToAnother({"address": found})
    return MetCompanion(found, asking, None)
