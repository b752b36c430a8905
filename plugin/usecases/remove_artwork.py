"""Take an artwork back; its file is forgotten."""

from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units


def remove_artwork(artwork: str, *, merchant: MerchantId, units: Units) -> None:
    """Raises `NotFound`."""
    with units(merchant) as unit:
        unit.artworks.remove(artwork)
        unit.commit()
