"""Orders in a database, quickly: through the repositories that every order passes, without reading JSON for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from bench.installations import Installation
from bench.varied_orders import FIRST_ID, email_of
from plugin.domain.ids import OrderId
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment
from plugin.usecases.rebuild_entitlements import rebuild_entitlements
from tests.support.woocommerce import recorded_orders, the_order

_BATCH = 500
_SPACING = timedelta(seconds=97)
_COPY = """
INSERT INTO entitlements SELECT {columns} FROM orders AS o JOIN entitlements AS e
ON e.merchant_id = o.merchant_id AND e.order_id = :like WHERE o.id <> :like
"""


def seed(installed: Installation, shop: Shop, count: int, *, is_alike: bool = False) -> None:
    """`count` orders, each with a number, an e-mail and a date of its own; the rest is recorded, or all alike."""
    deps = installed.runtime.deps
    recorded = [the_order(record) for record in recorded_orders() if record["status"] == "completed"]
    kinds = recorded[:1] if is_alike else recorded
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        orders = [_varied(kinds[number % len(kinds)], number) for number in numbers]
        with deps.units(shop.merchant) as unit:
            unit.orders.save([StoredOrder(OrderId(deps.ids.new()), shop.id, order, None) for order in orders])
            unit.commit()


def project_alike(installed: Installation, shop: Shop) -> None:
    """Projections for orders that are all alike: one is computed, its rows are copied to the others at once."""
    deps = installed.runtime.deps
    with deps.units.read(shop.merchant) as unit:
        like = unit.orders.batch(shop.id, None, 1)[0].id
    rebuild_entitlements([like], merchant=shop.merchant, units=deps.units, law=deps.law, now=deps.clock.now())
    with installed.runtime.storage.engine.begin() as connection:
        first = connection.execute(text("SELECT * FROM entitlements LIMIT 1"))
        names = list(first.keys())
        columns = ", ".join("o.id" if name == "order_id" else f'e."{name}"' for name in names)
        connection.execute(text(_COPY.format(columns=columns)), {"like": like})
    with installed.runtime.storage.means.engines.maintenance.connect() as connection:
        connection.execute(text("ANALYZE"))


def _varied(order: Order, number: int) -> Order:
    later = _SPACING * number
    return replace(
        order,
        ref=OrderRef(Platform.WOOCOMMERCE, str(FIRST_ID + number)),
        number=str(FIRST_ID + number),
        placed=Moment(order.placed.at + later, order.placed.source),
        updated_at=order.updated_at + later,
        shopper=replace(order.shopper, email=email_of(number)),
    )
