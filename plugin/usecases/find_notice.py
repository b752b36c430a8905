"""Find the EU legal-guarantee notice a shop shows in a language."""

from plugin.domain.artwork import Artwork, notice_in
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.quote_policy import known_shop


def find_notice(shop_key: str, language: str, *, directory: Directory, units: Units) -> Artwork | None:
    """The guarantee notice in a language; None while the merchant has uploaded none. Raises `UnknownShop`."""
    shop = known_shop(shop_key, directory)
    with units.read(shop.merchant) as unit:
        return notice_in(language, unit.artworks.all())
