"""Stop reading a shop: nothing uses its keys any more but taking our webhooks away; everything read from it stays."""

from datetime import datetime

from plugin.domain.connection import Connection
from plugin.domain.connection_faults import NotConnected
from plugin.domain.disconnection import Disconnection
from plugin.domain.effects import RemoveHooks
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import UnitOfWork, Units


def disconnect_shop(shop: Shop, *, units: Units, now: datetime) -> Disconnection:
    """What remains to be done, which the worker does. Raises `NotConnected`.

    A poll under way stores what it has and finds nothing to go on with.
    """
    with units(shop.merchant) as unit:
        connection = unit.connections.get(shop.id)
        if connection is None:
            raise NotConnected
        begun = let_go(connection, unit, now)
        unit.commit()
    return begun


def let_go(connection: Connection, unit: UnitOfWork, now: datetime, *, has_left: bool = False) -> Disconnection:
    """The same inside the caller's unit of work, which commits.

    A shop that granted tokens has no webhooks of ours to be taken away: they are the app's. Its tokens go at once, but
    where promises stand in it: they are taken away first (`publish_promises`), unless the shop `has_left`, which has
    ended its tokens.
    """
    begun, shop = Disconnection.of(connection, now), connection.shop
    unit.connections.remove(shop)
    unit.hooks.remove(shop)
    if unit.shop_tokens.get(shop) is None:
        unit.queue.add([RemoveHooks(unit.merchant, shop)], key=f"{shop}:{now.isoformat()}")
    else:
        begun = begun.removed()
        if has_left or unit.postings.get(shop) is None:
            unit.shop_tokens.remove(shop)
            unit.postings.forget(shop)
    unit.disconnections.save(begun)
    return begun
