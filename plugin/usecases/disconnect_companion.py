"""Forget a shop's companion plugin: what it signs counts for nothing from now on."""

from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Units


def disconnect_companion(shop: Shop, *, units: Units) -> None:
    """Disconnecting one that is not connected changes nothing."""
    with units(shop.merchant) as unit:
        unit.shops.connect_companion(shop.id, None)
        unit.commit()
