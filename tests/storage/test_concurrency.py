"""Several writers and workers at once, in real processes: nothing is lost, doubled or left locked."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from plugin.domain.errors import Conflict
from plugin.domain.ids import InboxId, OrderId
from plugin.domain.order import Platform
from plugin.domain.stored import InboxMessage
from plugin.storage import KeyRing, Storage
from tests.build import MERCHANT, NOW, a_policy, a_shop, a_stored_order, an_order
from tests.storage.processes import WAIT, lease_all, other_process, write_for_ever

MESSAGE = InboxMessage(InboxId("in"), MERCHANT, a_shop().id, Platform.WOOCOMMERCE, "order.updated", (), b"{}", NOW)


def test_workers_share_the_inbox_and_none_gets_what_another_has(
    storage: Storage, database_url: str, tmp_path: Path, ring: KeyRing
) -> None:
    with storage.units(MERCHANT) as unit:
        for i in range(200):
            unit.inbox.add(replace(MESSAGE, id=InboxId(f"in{i:03}")), f"key{i}")
        unit.commit()
    with (
        other_process(lease_all, database_url, tmp_path, ring) as one,
        other_process(lease_all, database_url, tmp_path, ring) as two,
    ):
        one.begin()
        two.begin()
        taken = [*one.result(), *two.result()]
    assert sorted(taken) == [f"in{i:03}" for i in range(200)]


def test_a_writer_killed_in_mid_transaction_leaves_neither_rows_nor_locks(
    storage: Storage, database_url: str, tmp_path: Path, ring: KeyRing
) -> None:
    with storage.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()
    with other_process(write_for_ever, database_url, tmp_path, ring) as writer:
        writer.kill()
    with storage.units(MERCHANT) as unit:
        assert unit.policies.all() == [a_policy()]
        unit.policies.add(a_policy("v2", effective_from=NOW))
        unit.commit()


def test_of_two_writers_with_the_same_version_one_meets_a_conflict(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()
    with storage.units.read(MERCHANT) as unit:
        stored = unit.orders.get(OrderId("order1"))
    together = threading.Barrier(2)

    def save(policy: str) -> str:
        together.wait(WAIT)
        try:
            with storage.units(MERCHANT) as unit:
                unit.orders.save([replace(stored, policy_version=policy)])
                unit.commit()
        except Conflict:
            return "conflict"
        return policy

    outcomes = list(ThreadPoolExecutor(2).map(save, ["a", "b"]))
    assert outcomes.count("conflict") == 1
    with storage.units.read(MERCHANT) as unit:
        assert unit.orders.get(OrderId("order1")).policy_version in outcomes


def test_writers_who_meet_the_same_new_shoppers_record_each_once(storage: Storage) -> None:
    together = threading.Barrier(4)

    def save(part: int) -> None:
        orders = [
            a_stored_order(
                an_order(f"{part}-{i}", shopper=replace(an_order().shopper, email=f"shopper{i}@example.com")),
                order_id=f"{part}-{i}",
            )
            for i in (range(60) if part % 2 else range(59, -1, -1))
        ]
        together.wait(WAIT)
        with storage.units(MERCHANT) as unit:
            unit.orders.save(orders)
            unit.commit()

    list(ThreadPoolExecutor(4).map(save, range(4)))
    with storage.engine.connect() as connection:
        counted = connection.exec_driver_sql("SELECT count(*), count(DISTINCT email_hash) FROM people").one()
    assert tuple(counted) == (60, 60)
    with storage.units.read(MERCHANT) as unit:
        opened = unit.orders.batch(None, None, 500)
    assert len(opened) == 240
    assert all(stored.order.shopper.email for stored in opened)


def test_two_threads_never_lease_the_same_message(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        for i in range(60):
            unit.inbox.add(replace(MESSAGE, id=InboxId(f"in{i:03}")), f"key{i}")
        unit.commit()

    def drain(_worker: int) -> list[str]:
        taken: list[str] = []
        while leased := storage.inbox_lease.lease(NOW, NOW + timedelta(minutes=5), 5):
            taken += [message.id for message in leased]
        return taken

    taken = [message for worker in ThreadPoolExecutor(4).map(drain, range(4)) for message in worker]
    assert sorted(taken) == [f"in{i:03}" for i in range(60)]
