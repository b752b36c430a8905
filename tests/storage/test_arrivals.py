"""What platforms send is kept together or not at all, and a connection that has died costs no delivery."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.errors import NotFound
from plugin.domain.ids import InboxId, ShopId
from plugin.domain.order import Platform
from plugin.domain.stored import Arrival, InboxMessage
from plugin.storage import Storage
from tests.build import MERCHANT, NOW, a_shop

MESSAGE = InboxMessage(InboxId("in"), MERCHANT, a_shop().id, Platform.WOOCOMMERCE, "order.updated", (), b"{}", NOW)


def arrival(name: str, shop: ShopId = MESSAGE.shop) -> Arrival:
    return Arrival(replace(MESSAGE, id=InboxId(name), shop=shop), name)


def keep(storage: Storage, *arrivals: Arrival) -> None:
    with storage.arrivals.turn() as keep_all:
        keep_all(arrivals)


def waiting(storage: Storage) -> list[str]:
    return sorted(message.id for message in storage.inbox_lease.lease(NOW, NOW, 100))


@pytest.mark.parametrize("place", range(3))
def test_of_arrivals_one_of_which_cannot_be_kept_none_is(storage: Storage, place: int) -> None:
    batch = [arrival("a"), arrival("b")]
    batch.insert(place, arrival("of-no-shop", ShopId("nobodys")))
    with pytest.raises(NotFound):
        keep(storage, *batch)
    assert waiting(storage) == []
    keep(storage, arrival("a"), arrival("b"))
    keep(storage, arrival("b"), arrival("c"))
    assert waiting(storage) == ["a", "b", "c"]


def test_a_connection_that_died_while_it_lay_idle_costs_no_delivery(storage: Storage) -> None:
    keep(storage, arrival("a"))
    if storage.engine.dialect.name == "postgresql":
        with storage.means.engines.maintenance.connect() as connection:
            others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ended = connection.exec_driver_sql(f"SELECT count(pg_terminate_backend(pid)) {others}").scalar_one()
        assert ended
    keep(storage, arrival("b"), arrival("c"))
    assert waiting(storage) == ["a", "b", "c"]
