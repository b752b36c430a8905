"""PostgreSQL finds keys by its index, whatever it believes about a table that has grown since it was analysed."""

import pytest
from sqlalchemy import select, text

from plugin.storage.arrays import all_per_key, one_per_key
from plugin.storage.tables import orders, shipments
from tests.build import MERCHANT, a_shop, a_stored_order, an_order
from tests.storage.conftest import OpenStorage, settle

ORDERS = 1_000


@pytest.mark.parametrize("stored", [0, ORDERS], ids=["empty", "grown"])
def test_each_order_is_looked_up_by_its_whole_key_in_a_table_nobody_analysed(
    new_postgres_url: str, opened: OpenStorage, stored: int
) -> None:
    """A plan that is made while a table is empty is kept while an import fills it."""
    storage = opened(new_postgres_url)
    settle(storage.units)
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(str(n)), order_id=f"order{n}") for n in range(stored)])
        unit.commit()
    keys = [str(number) for number in range(500)]
    mine = select(orders.c.id).where(orders.c.merchant_id == MERCHANT, orders.c.shop_id == a_shop().id)
    followed = select(shipments.c.id).where(shipments.c.merchant_id == MERCHANT)
    with storage.engine.connect() as connection:
        for statement, key in (
            (one_per_key(mine, orders.c.external_id, keys), "external_id"),
            (all_per_key(followed, shipments.c.order_id, keys), "order_id"),
        ):
            compiled = statement.compile(storage.engine, compile_kwargs={"literal_binds": True})
            plan = [row[0] for row in connection.execute(text(f"EXPLAIN {compiled}"))]
            assert [line for line in plan if "Index Cond" in line and key in line], plan


def test_keys_that_nobody_has_find_nothing_and_shared_ones_all(new_postgres_url: str, opened: OpenStorage) -> None:
    storage = opened(new_postgres_url)
    settle(storage.units)
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(str(n)), order_id=f"order{n}") for n in (1, 3)])
        unit.commit()
    with storage.engine.connect() as connection:
        asked = one_per_key(select(orders.c.id), orders.c.external_id, ["0", "1", "2", "3", "4"])
        assert connection.execute(asked).all() == [("order1",), ("order3",)]
        asked = all_per_key(select(orders.c.id), orders.c.shop_id, ["a", a_shop().id, "zz"])
        assert sorted(connection.execute(asked).all()) == [("order1",), ("order3",)]
