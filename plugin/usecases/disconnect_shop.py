"""Stop reading a shop: nothing uses its keys any more but taking our webhooks away; everything read from it stays."""

from datetime import datetime

from plugin.domain.connection_faults import NotConnected
from plugin.domain.disconnection import Disconnection
from plugin.domain.effects import RemoveHooks
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Units


def disconnect_shop(shop: Shop, *, units: Units, now: datetime) -> Disconnection:
    """What remains to be done, which the worker does. Raises `NotConnected`.

    A poll under way stores what it has and finds nothing to go on with.
    """
    with units(shop.merchant) as unit:
        connection = unit.connections.get(shop.id)
        if connection is None:
            raise NotConnected
        begun = Disconnection.of(connection, now)
        unit.disconnections.save(begun)
        unit.connections.remove(shop.id)
        unit.hooks.remove(shop.id)
        unit.queue.add([RemoveHooks(shop.merchant, shop.id)], key=f"{shop.id}:{now.isoformat()}")
        unit.commit()
    return begun
