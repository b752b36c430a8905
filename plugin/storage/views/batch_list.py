"""Who else has the same goods: the latest orders that hold units of a batch. No shopper's data is opened."""

from collections.abc import Sequence

from plugin.domain.claim_engine.safety import Batch, units_in
from plugin.domain.ids import ShopId
from plugin.domain.order import Shopper
from plugin.ports.views import BatchRow
from plugin.storage.order_codec import load_facts, mentions
from plugin.storage.scope import Scope
from plugin.storage.tables import orders, shops

_NOBODY = Shopper()
_COLUMNS = (orders.c.id, orders.c.number, orders.c.placed_at, orders.c.facts, shops.c.name.label("shop_name"))


def orders_with(scope: Scope, batch: Batch, shop: ShopId, limit: int) -> Sequence[BatchRow]:
    """Of the latest orders those with some of it, newest first; an SKU is the same in every shop of the merchant."""
    if batch.name is None:
        return []
    statement = scope.select(orders.join(shops), *_COLUMNS)
    if batch.sku is None:
        statement = statement.where(orders.c.shop_id == shop)
    newest = statement.order_by(orders.c.placed_at.desc(), orders.c.id.desc()).limit(limit)
    rows = [(row, load_facts(row.facts, _NOBODY)) for row in scope.rows(newest) if mentions(row.facts, batch.name)]
    counted = [(row, units_in(batch, facts.order.lines)) for row, facts in rows]
    return [BatchRow(row.id, row.number, row.shop_name, row.placed_at, units) for row, units in counted if units]
