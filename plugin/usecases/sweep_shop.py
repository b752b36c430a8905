"""Compare what is on record with everything a shop has, once a day: some deletions are told by nothing else.

WooCommerce 10.5 sends no webhook when a refund is deleted, and one that nobody has to have when an order is deleted for
good; neither turns up among what has changed. What differs is read again, so that a listing out of step with the shop
takes nothing away.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from plugin.domain.connection_faults import ShopFault
from plugin.domain.errors import Conflict
from plugin.domain.hooks import SWEEP_EVERY
from plugin.domain.ids import MerchantId, OrderId, ShopId
from plugin.domain.stored import StoredOrder
from plugin.ports.errors import Unavailable
from plugin.ports.shop_source import Listing
from plugin.ports.unit_of_work import Units
from plugin.usecases.reread_order import RereadMeans, reread_order

MOST_REREAD = 500
"""In one day: a shop that was restored from a backup is caught up with bit by bit."""
_BATCH = 500
_AGAIN = timedelta(hours=1)
"""After a shop that did not answer, or an order somebody else was saving."""

Tally = Counter[str]


def sweep_shop(shop: ShopId, *, merchant: MerchantId, means: RereadMeans, now: datetime) -> Tally | None:
    """What became of the orders that differed; None: it is not time yet, or it broke off."""
    with means.units.read(merchant) as unit:
        here, connection, hooks = unit.shops.get(shop), unit.connections.get(shop), unit.hooks.get(shop)
    if connection is None or hooks is None or here.address is None or here.platform not in means.sources:
        return None
    if not hooks.is_sweep_due(connection.connected_at, now):
        return None
    if not _begin(shop, merchant, means.units, hooks.swept_at, now):
        return None
    try:
        found = means.sources[here.platform].listing(here.address, connection.credentials)
        doubtful = sorted(_doubtful(found, _on_record(shop, merchant, means.units)))[:MOST_REREAD]
        return Counter(reread_order(each, merchant=merchant, shop=shop, means=means, now=now) for each in doubtful)
    except (Conflict, ShopFault, Unavailable):
        _begin(shop, merchant, means.units, now, now - SWEEP_EVERY + _AGAIN)
        return None


def _begin(shop: ShopId, merchant: MerchantId, units: Units, was: datetime | None, at: datetime) -> bool:
    with units(merchant) as unit:
        is_ours = unit.hooks.swept(shop, was, at)
        unit.commit()
    return is_ours


def _doubtful(found: Listing, on_record: Iterator[StoredOrder]) -> set[str]:
    """The orders of which listing and record say different things."""
    unseen, doubtful = set(found.orders), set[str]()
    for stored in on_record:
        order = stored.order.ref.external_id
        unseen.discard(order)
        if _differs(stored, order, found):
            doubtful.add(order)
    return doubtful | unseen


def _differs(stored: StoredOrder, order: str, found: Listing) -> bool:
    changed = found.orders.get(order)
    if changed is None and not found.is_whole:
        return False
    if changed is None or stored.is_gone:
        return stored.is_gone != (changed is None)
    refunds = frozenset(refund.id for refund in stored.order.refunds)
    is_other = found.refunds is not None and found.refunds.get(order, frozenset()) != refunds
    return is_other or changed > stored.order.updated_at


def _on_record(shop: ShopId, merchant: MerchantId, units: Units) -> Iterator[StoredOrder]:
    after: OrderId | None = None
    while True:
        with units.read(merchant) as unit:
            batch = unit.orders.batch(shop, after, _BATCH)
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].id
