"""Compare what is on record with everything a shop has, once a day: some deletions are told by nothing else.

WooCommerce 10.5 sends no webhook when a refund is deleted, and one that nobody has to have when an order is deleted for
good; neither turns up among what has changed. What differs is read again, so that a listing out of step with the shop
takes nothing away. Where much differs it is read in slices, each beginning behind the last: what goes on differing,
because it cannot be read or its answer never comes, keeps nothing else waiting.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.connection_faults import ShopFault
from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId, OrderId, ShopId
from plugin.domain.stored import StoredOrder
from plugin.ports.errors import Unavailable
from plugin.ports.shop_source import Listing
from plugin.ports.unit_of_work import Units
from plugin.usecases.reread_order import RereadMeans, reread_order

MOST_REREAD = 500
"""In one slice, an hour: a shop that was restored from a backup is caught up with bit by bit."""
_BATCH = 500

Tally = Counter[str]


def sweep_shop(shop: ShopId, *, merchant: MerchantId, means: RereadMeans, now: datetime) -> Tally | None:
    """What became of the orders that differed; None: it is not time yet, or it broke off."""
    with means.units.read(merchant) as unit:
        here, connection, hooks = unit.shops.get(shop), unit.connections.get(shop), unit.hooks.get(shop)
    if connection is None or hooks is None or here.address is None or here.platform not in means.sources:
        return None
    if not hooks.is_sweep_due(connection.connected_at, now):
        return None
    sweep = _Sweep(shop, merchant, means, now)
    if not sweep.came(hooks.swept_at, hooks.sweep_after or ""):
        return None
    try:
        found = means.sources[here.platform].listing(here.address, connection.credentials)
    except ShopFault:
        return None
    doubtful = sorted(_doubtful(found, _on_record(shop, merchant, means.units)))
    return sweep.reread([each for each in doubtful if each > (hooks.sweep_after or "")])


@dataclass(frozen=True, slots=True)
class _Sweep:
    """One slice under way."""

    shop: ShopId
    merchant: MerchantId
    means: RereadMeans
    now: datetime

    def came(self, was: datetime | None, after: str | None) -> bool:
        """Keep how far it is; False when somebody else is at it."""
        with self.means.units(self.merchant) as unit:
            is_ours = unit.hooks.swept(self.shop, was, self.now, after)
            unit.commit()
        return is_ours

    def reread(self, doubtful: Sequence[str]) -> Tally | None:
        """Read as many as make a slice; None where one broke it off, behind which the next slice begins."""
        tally: Tally = Counter()
        for order in doubtful[:MOST_REREAD]:
            try:
                outcome = reread_order(order, merchant=self.merchant, shop=self.shop, means=self.means, now=self.now)
            except (Conflict, Unavailable):
                self.came(self.now, order)
                return None
            tally[outcome] += 1
        self.came(self.now, doubtful[MOST_REREAD - 1] if len(doubtful) > MOST_REREAD else None)
        return tally


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
