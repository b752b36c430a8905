"""Several writers and workers at once, in real processes: nothing is lost, doubled or left locked."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from plugin.domain.errors import Conflict
from plugin.domain.ids import InboxId, OrderId
from plugin.domain.order import Platform
from plugin.domain.stored import InboxMessage
from plugin.storage import KeyRing, Storage
from tests.build import MERCHANT, NOW, a_policy, a_shop, a_stored_order, an_order

WAIT = 60.0
MESSAGE = InboxMessage(InboxId("in"), MERCHANT, a_shop().id, Platform.WOOCOMMERCE, "order.updated", (), b"{}", NOW)

OPEN = """
import sys, json
from datetime import datetime
from pathlib import Path
from plugin.storage import KeyRing, open_storage

class NoQueue:
    def add(self, effects, *, key=None): pass

url, home, ring = sys.argv[1:4]
storage = open_storage(url, home=Path(home), keys=KeyRing.parse(ring), queue_factory=lambda connection: NoQueue())
now = datetime.fromisoformat("2026-11-21T12:00:00+00:00")
"""

LEASE = (
    OPEN
    + """
print("ready", flush=True)
sys.stdin.readline()
taken = []
while leased := storage.inbox_lease.lease(now, now.replace(hour=13), 7):
    taken += [message.id for message in leased]
print(json.dumps(taken))
"""
)

DIE_WRITING = (
    OPEN
    + """
with storage.units("merchant1") as unit:
    unit.policies.add(unit.policies.get("v1").__class__("torn", now, (), unit.policies.get("v1").default))
    print("ready", flush=True)
    sys.stdin.readline()
"""
)


@contextmanager
def process(script: str, url: str, home: Path, ring: KeyRing, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", script, url, str(home), ring.to_json(), *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


def wait_until_ready(started: subprocess.Popen[str]) -> None:
    assert started.stdout
    assert started.stdout.readline() == "ready\n"


def test_workers_share_the_inbox_and_none_gets_what_another_has(
    storage: Storage, database_url: str, tmp_path: Path, ring: KeyRing
) -> None:
    with storage.units(MERCHANT) as unit:
        for i in range(200):
            unit.inbox.add(replace(MESSAGE, id=InboxId(f"in{i:03}")), f"key{i}")
        unit.commit()
    with (
        process(LEASE, database_url, tmp_path, ring) as one,
        process(LEASE, database_url, tmp_path, ring) as two,
    ):
        for worker in (one, two):
            wait_until_ready(worker)
        outputs = ThreadPoolExecutor(2).map(lambda worker: worker.communicate("\n", timeout=WAIT)[0], (one, two))
        taken = [json.loads(output) for output in outputs]
    assert sorted(taken[0] + taken[1]) == [f"in{i:03}" for i in range(200)]


def test_a_writer_killed_in_mid_transaction_leaves_neither_rows_nor_locks(
    storage: Storage, database_url: str, tmp_path: Path, ring: KeyRing
) -> None:
    with storage.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()
    with process(DIE_WRITING, database_url, tmp_path, ring) as writer:
        wait_until_ready(writer)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(WAIT)
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
