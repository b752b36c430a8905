"""Take our webhooks away from a shop that was let go, and forget its keys: whether it answered or not, in the end."""

from collections.abc import Callable, Mapping
from datetime import datetime

from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopFault
from plugin.domain.disconnection import Disconnection
from plugin.domain.effects import RemoveHooks
from plugin.domain.hooks import hooks_path
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Units
from plugin.ports.webhooks import Webhooks

CONNECTED_AGAIN = "connected_again"
_MOST = 20
_Step = Callable[[Disconnection], Disconnection]


def remove_hooks(
    shop: ShopId, *, merchant: MerchantId, webhooks: Mapping[Platform, Webhooks], units: Units, now: datetime
) -> str:
    """How far letting go has come afterwards. A shop that does not answer is asked again later and later.

    Killed before the end, the keys are still there, and taking away what is gone changes nothing.
    """
    with units.read(merchant) as unit:
        here, begun = unit.shops.get(shop), unit.disconnections.get(shop)
    if begun is None:
        return CONNECTED_AGAIN
    if begun.credentials is None or begun.due_at is None or begun.due_at > now:
        return begun.state
    return _settle(begun, _asked(here, begun.credentials, webhooks, now), merchant, units)


def queue_unremoved(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many shops may be asked by now, those of a lost job too; they are queued."""
    with units.read(merchant) as unit:
        due = unit.disconnections.due(now, _MOST)
    if not due:
        return 0
    with units(merchant) as unit:
        for shop in due:
            unit.queue.add([RemoveHooks(merchant, shop)], key=f"{shop}:{now.isoformat()}")
        unit.commit()
    return len(due)


def _asked(shop: Shop, keys: Credentials, webhooks: Mapping[Platform, Webhooks], now: datetime) -> _Step:
    platform = webhooks.get(shop.platform)
    if platform is None or shop.address is None:
        return Disconnection.removed
    try:
        platform.remove(shop.address, keys, hooks_path(shop))
    except ShopFault as fault:
        failed = fault
        return lambda begun: begun.failed(failed, now)
    return Disconnection.removed


def _settle(begun: Disconnection, step: _Step, merchant: MerchantId, units: Units) -> str:
    """Keep how it ended, unless the shop was connected again meanwhile, which makes them anew."""
    with units(merchant) as unit:
        known = unit.disconnections.get(begun.shop)
        if known is None or known.began_at != begun.began_at:
            return CONNECTED_AGAIN
        after = step(known)
        unit.disconnections.save(after)
        unit.commit()
    return after.state
