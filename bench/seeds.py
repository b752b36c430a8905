"""Orders in a database, quickly: through the repositories that every order passes, without reading JSON for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Table, text, update

from bench.installations import Installation
from bench.varied_orders import FIRST_ID, email_of
from plugin.domain.ids import OrderId
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment
from plugin.domain.tracking.shipment import Asking
from plugin.storage.tables import entitlements, shipments
from plugin.usecases.rebuild_entitlements import rebuild_entitlements
from tests.support.shipments import a_shipment
from tests.support.woocommerce import recorded_orders, the_order

_BATCH = 500
_SPACING = timedelta(seconds=97)
_AHEAD = timedelta(days=7)
"""Where the newest order is placed, so that a week of clocks is still to end."""
_COPY = """
INSERT INTO {table} SELECT {columns} FROM orders AS o JOIN {table} AS e
ON e.merchant_id = o.merchant_id AND e.order_id = :like WHERE o.id <> :like
"""
_CLOCKS = {"order_id": "o.id", "closes_at": "o.placed_at"}
_PARCELS = dict.fromkeys(("created_at", "shipped_at", "delivered_at"), "o.placed_at") | {
    "id": "o.id",
    "order_id": "o.id",
    "person_id": "o.person_id",
    "sent_as": "o.number",
}


def seed(installed: Installation, shop: Shop, count: int, *, is_alike: bool = False) -> None:
    """`count` orders with a number, an e-mail and a date of their own, newest last; the rest recorded, or all alike."""
    deps = installed.runtime.deps
    recorded = [the_order(record) for record in recorded_orders() if record["status"] == "completed"]
    kinds, newest = recorded[:1] if is_alike else recorded, deps.clock.now() + _AHEAD
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        orders = [
            _varied(kinds[number % len(kinds)], number, newest - _SPACING * (count - number)) for number in numbers
        ]
        with deps.units(shop.merchant) as unit:
            unit.orders.save([StoredOrder(OrderId(deps.ids.new()), shop.id, order, None) for order in orders])
            unit.commit()


def project_alike(installed: Installation, shop: Shop) -> None:
    """Projections for orders that are all alike: one is computed, its rows are copied to the others at once.

    So that clocks end at as many times as orders were placed, each is said to end then.
    """
    deps = installed.runtime.deps
    with deps.units.read(shop.merchant) as unit:
        like = unit.orders.batch(shop.id, None, 1)[0].id
    rebuild_entitlements([like], merchant=shop.merchant, units=deps.units, law=deps.law, now=deps.clock.now())
    _copy(installed, entitlements, like, _CLOCKS)
    _tidy(installed)


def send_alike(installed: Installation, shop: Shop) -> None:
    """A parcel for each order, all alike, sent and delivered when it was ordered."""
    with installed.runtime.deps.units(shop.merchant) as unit:
        like = unit.orders.batch(shop.id, None, 1)[0]
        parcel = a_shipment(like.id, shop=shop.id, order=like.id, asking=Asking())
        unit.shipments.save([parcel])
        unit.commit()
    _copy(installed, shipments, like.id, _PARCELS)
    with installed.runtime.storage.engine.begin() as connection:
        done = {"status": "delivered", "delivered_source": "carrier", "sent_with": "dhl", "destination": "DE"}
        connection.execute(update(shipments).values(done))
    _tidy(installed)


def _copy(installed: Installation, table: Table, like: OrderId, own: Mapping[str, str]) -> None:
    """The rows of one order for every other, where `own` says what is the other's own of each column."""
    columns = ", ".join(own.get(column.name, f'e."{column.name}"') for column in table.columns)
    with installed.runtime.storage.engine.begin() as connection:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        copy = _COPY.format(table=f"{table.name}", columns=columns).replace(" SELECT", f" ({names}) SELECT", 1)
        connection.execute(text(copy), {"like": like})


def _tidy(installed: Installation) -> None:
    """As a database at work is after a while."""
    with installed.runtime.storage.means.engines.maintenance.connect() as connection:
        connection.execute(text("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE"))


def _varied(order: Order, number: int, placed_at: datetime) -> Order:
    return replace(
        order,
        ref=OrderRef(Platform.WOOCOMMERCE, str(FIRST_ID + number)),
        number=str(FIRST_ID + number),
        placed=Moment(placed_at, order.placed.source),
        updated_at=placed_at,
        shopper=replace(order.shopper, email=email_of(number)),
    )
