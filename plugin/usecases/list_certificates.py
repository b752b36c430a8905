"""Say which documents a shop shows at a product, and whether a producer's guarantee is labelled there."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.artwork import Artwork, Label, artwork_of, label_for
from plugin.domain.certificates import Certificate, shown_for
from plugin.domain.policy.scope import Item
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Directory, UnitOfWork, Units
from plugin.usecases.look_up_items import UNKNOWN, look_up_item
from plugin.usecases.quote_policy import known_shop


@dataclass(frozen=True, slots=True)
class ProductPapers:
    """What is shown at a product. `label` with its artwork only where a producer's guarantee founds it."""

    certificates: tuple[Certificate, ...]
    label: Label | None
    artwork: Artwork | None


def list_certificates(
    shop_key: str, product: str | None, language: str, *, directory: Directory, units: Units, now: datetime
) -> ProductPapers:
    """The documents valid now (UTC's day). Without a product those for the whole shop. Raises `UnknownShop`."""
    shop = known_shop(shop_key, directory)
    with units.read(shop.merchant) as unit:
        item = _item(product, shop, unit)
        label = label_for(item, unit.policies.in_force(now))
        artwork = artwork_of(label, language, unit.artworks.all()) if label else None
        certificates = shown_for(item, unit.certificates.all(), now.date())
    return ProductPapers(certificates, label if artwork else None, artwork)


def _item(product: str | None, shop: Shop, unit: UnitOfWork) -> Item:
    if not product:
        return Item()
    found = look_up_item(product, None, shop, unit)
    return Item(product=product) if found == UNKNOWN else found
