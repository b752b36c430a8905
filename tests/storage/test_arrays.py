"""PostgreSQL finds keys by its index, whatever it believes about a table that has grown since it was analysed."""

from sqlalchemy import select, text

from plugin.storage.arrays import one_per_key
from plugin.storage.tables import orders
from tests.build import MERCHANT, a_shop, a_stored_order, an_order
from tests.storage.conftest import OpenStorage, settle

ORDERS = 1_000


def test_each_order_is_looked_up_by_its_whole_key_in_a_table_nobody_analysed(
    new_postgres_url: str, opened: OpenStorage
) -> None:
    storage = opened(new_postgres_url)
    settle(storage.units)
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(str(n)), order_id=f"order{n}") for n in range(ORDERS)])
        unit.commit()
    mine = select(orders.c.id).where(orders.c.merchant_id == MERCHANT, orders.c.shop_id == a_shop().id)
    statement = one_per_key(mine, orders.c.external_id, [str(number) for number in range(500)])
    compiled = statement.compile(storage.engine, compile_kwargs={"literal_binds": True})
    with storage.engine.connect() as connection:
        plan = [row[0] for row in connection.execute(text(f"EXPLAIN {compiled}"))]
    assert [line for line in plan if "Index Cond" in line and "external_id" in line], plan
