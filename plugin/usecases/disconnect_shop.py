"""Stop reading a shop: its keys are forgotten, everything read from it stays."""

from plugin.domain.connection_faults import NotConnected
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Units


def disconnect_shop(shop: Shop, *, units: Units) -> None:
    """Forget the keys; a poll under way stores what it has and finds nothing to go on with. Raises `NotConnected`."""
    with units(shop.merchant) as unit:
        if unit.connections.get(shop.id) is None:
            raise NotConnected
        unit.connections.remove(shop.id)
        unit.hooks.remove(shop.id)
        unit.commit()
