"""A connected shop read for the first time, stored and all, against a bare loop of the same requests."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from sqlalchemy import func, select

from bench import postgres
from bench.backfill import bare
from bench.installations import Installation, installation
from bench.result import Result, Size
from plugin.domain.connection import Credentials
from plugin.ports.deps import Deps
from plugin.storage.tables import orders
from plugin.storage.tables import parked as parked_rows
from plugin.usecases.connect_shop import connect_shop
from plugin.usecases.poll_shop import Polled, poll_next
from tests.support.woocommerce_auth import Keys

_TARGET = 0.9
_CONNECTIONS = 2
_ORDERS = {Size.TINY: 150, Size.QUICK: 1_800, Size.FULL: 1_800}
_SCALE = {Size.TINY: 0.01, Size.QUICK: 1.0, Size.FULL: 1.0}
_ROUNDS = {Size.TINY: 1, Size.QUICK: 1, Size.FULL: 3}


def backfill(size: Size) -> Iterator[Result]:
    """Client and loop take turns at the same store; every order has to be stored, or the bench fails."""
    with _store(_ORDERS[size], _SCALE[size]) as address:
        alone = _rate(address, size, connections=1)
        for kind, database in postgres.either(size):
            yield from _compare(kind, size, address, database, alone)


@contextmanager
def _store(count: int, scale: float) -> Iterator[str]:
    command = [sys.executable, "-m", "bench.backfill.store", str(count), str(scale)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None or process.stdin is None:
            raise RuntimeError("the store cannot be talked to")
        address = process.stdout.readline().strip()
        if not address:
            raise RuntimeError("the store did not start")
        try:
            yield address
        finally:
            process.stdin.close()


def _compare(kind: str, size: Size, address: str, database: postgres.Database, alone: float) -> Iterator[Result]:
    ours, loops, cpu = [], [], []
    for _ in range(_ROUNDS[size]):
        loops.append(_rate(address, size, connections=_CONNECTIONS))
        with database() as url, installation(url, ALLOW_PRIVATE_SHOPS="yes") as installed:
            _connect(address, installed.runtime.deps)
            begun, used = time.perf_counter(), time.process_time()
            _read(installed.runtime.deps)
            ours.append(_ORDERS[size] / (time.perf_counter() - begun))
            cpu.append((time.process_time() - used) / _ORDERS[size] * 1e6)
            _check_all_kept(installed, _ORDERS[size])
    name = f"backfill: {_ORDERS[size]:,} orders, {kind}"
    yield Result(name, median(ours), "orders/s", median(loops), _TARGET)
    yield Result(f"{name}, against one connection", median(ours), "orders/s", alone)
    yield Result(f"backfill: CPU of the client, {kind}", median(cpu), "us/order")


def _rate(address: str, size: Size, *, connections: int) -> float:
    keys, begun = Keys(), time.perf_counter()
    found = bare.read(address, keys.key, keys.secret, connections=connections)
    if found != _ORDERS[size]:
        raise RuntimeError(f"the loop read {found} orders")
    return found / (time.perf_counter() - begun)


def _connect(address: str, deps: Deps) -> None:
    keys = Keys()
    connect_shop(
        address,
        Credentials(keys.key, keys.secret),
        owner=None,
        join_code=None,
        sources=deps.sources,
        directory=deps.directory,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=deps.clock.now(),
    )


def _read(deps: Deps) -> None:
    """Poll as the worker does, until the shop is read to its end."""
    while (polled := _poll(deps)) is not None:
        if polled.fault:
            raise RuntimeError(f"the store was not read: {polled.fault} {polled.detail}")


def _poll(deps: Deps) -> Polled | None:
    return poll_next(
        deps.connection_lease,
        sources=deps.sources,
        translators=deps.translators,
        units=deps.units,
        ids=deps.ids,
        clock=deps.clock,
    )


def _check_all_kept(installed: Installation, count: int) -> None:
    with installed.runtime.storage.engine.connect() as connection:
        kept = connection.execute(select(func.count()).select_from(orders)).scalar_one()
        parked = connection.execute(select(func.count()).select_from(parked_rows)).scalar_one()
    if kept != count or parked:
        raise RuntimeError(f"of {count} orders {kept} are on record, {parked} records are parked")
