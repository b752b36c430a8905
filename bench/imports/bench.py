"""Importing varied orders end to end, encryption included, against raw upserts and COPY of the same orders."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import postgres
from bench.imports import raw
from bench.imports.command import Run, run_import
from bench.installations import installation
from bench.result import Result, Size
from bench.varied_orders import write_orders
from bench.varied_shopify_orders import write_shopify_orders
from plugin.domain.order import Platform

_SQLITE_TARGET, _POSTGRES_TARGET = 0.35, 0.30
_MEGABYTE = 1_000_000
_MOST_MEGABYTES = 300
_FLAT = 1.1
_ORDERS = {Size.TINY: 30, Size.QUICK: 10_000, Size.FULL: 100_000}
_MILLION = {Size.TINY: 30, Size.QUICK: 30_000, Size.FULL: 1_000_000}
_ROUNDS = {Size.TINY: 1, Size.QUICK: 3, Size.FULL: 3}

Raw = Callable[[Path, raw.RowOf], None]


@dataclass(frozen=True, slots=True)
class _Records:
    """One platform's orders: how a file of them is written, and a baseline's row of each."""

    bench: str
    platform: Platform
    write: Callable[[Path, int], object]
    row_of: raw.RowOf


_WOOCOMMERCE = _Records("import", Platform.WOOCOMMERCE, write_orders, raw.woocommerce_row)
_SHOPIFY = _Records("import.shopify", Platform.SHOPIFY, write_shopify_orders, raw.shopify_row)


def imports(size: Size) -> Iterator[Result]:
    """WooCommerce's orders."""
    yield from _measure(_WOOCOMMERCE, size)


def shopify_imports(size: Size) -> Iterator[Result]:
    """Shopify's orders, as its webhooks tell them."""
    yield from _measure(_SHOPIFY, size)


def million_imports(size: Size) -> Iterator[Result]:
    """A million of WooCommerce's orders in one file, once, on PostgreSQL: whether memory stays where it is."""
    bench, orders = "import.million", _MILLION[size]
    with tempfile.TemporaryDirectory(prefix="aftercare-bench-") as name, postgres.database() as url:
        file = Path(name) / "orders.jsonl"
        write_orders(file, orders)
        with installation(url) as installed:
            installed.promise(installed.shop())
            run = run_import(file, Platform.WOOCOMMERCE, installed.environ, orders)
    yield Result(f"{bench}: {orders:,} orders, PostgreSQL", orders / run.seconds, "orders/s")
    yield from _memory(bench, "PostgreSQL", [run])


def _measure(records: _Records, size: Size) -> Iterator[Result]:
    """Import and baselines take turns, each into a new database; the import's time includes its start-up."""
    with tempfile.TemporaryDirectory(prefix="aftercare-bench-") as name:
        folder = Path(name)
        file = folder / "orders.jsonl"
        records.write(file, _ORDERS[size])
        baselines: dict[str, tuple[Raw, float]] = {
            "SQLite": (_sqlite(folder), _SQLITE_TARGET),
            "PostgreSQL": (_copy, _POSTGRES_TARGET),
        }
        for kind, database in postgres.either(size):
            yield from _compare(kind, records, size, file, database, *baselines[kind])


def _compare(  # noqa: PLR0913, PLR0917 - what takes turns, and where
    kind: str, records: _Records, size: Size, file: Path, address: postgres.Database, baseline: Raw, target: float
) -> Iterator[Result]:
    orders = _ORDERS[size]
    runs, starts, kept, cpu, plain = [], [], [], [], []
    nothing = file.with_name("nothing.jsonl")
    nothing.touch()
    for _ in range(_ROUNDS[size]):
        before = time.process_time()
        kept.append(_seconds(baseline, file, records.row_of))
        cpu.append(time.process_time() - before)
        with address() as url, installation(url) as installed:
            installed.promise(installed.shop(records.platform))
            starts.append(run_import(nothing, records.platform, installed.environ, 0).seconds)
            runs.append(run_import(file, records.platform, installed.environ, orders))
        plain.append(_seconds(baseline, file, raw.plain_row))
    rate = orders / median(run.seconds for run in runs)
    yield Result(f"{records.bench}: {orders:,} orders, {kind}", rate, "orders/s", orders / median(kept), target)
    yield Result(f"{records.bench}: against plain bodies, {kind}", rate, "orders/s", orders / median(plain))
    yield Result(f"{records.bench}: start-up, contained in the above, {kind}", median(starts), "s")
    used, needed = (median(seconds) / orders * 1e6 for seconds in ([run.cpu for run in runs], cpu))
    yield Result(f"{records.bench}: CPU of all its processes, {kind}", used, "us/order", needed)
    yield from _memory(records.bench, kind, runs)


def _memory(bench: str, kind: str, runs: list[Run]) -> Iterator[Result]:
    largest = max(runs, key=lambda run: run.peak)
    if not largest.peak:
        return
    peak, middle, end = (amount / _MEGABYTE for amount in (largest.peak, largest.middle, largest.end))
    yield Result(f"{bench}: peak memory, {kind}", peak, "MB", target=_MOST_MEGABYTES, is_lower_better=True)
    name = f"{bench}: memory of the last fifth, against the middle, {kind}"
    yield Result(name, end, "MB", middle, _FLAT, is_lower_better=True)


def _sqlite(folder: Path) -> Raw:
    @contextmanager
    def database() -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            yield Path(name) / "raw.sqlite3"

    def store(file: Path, row_of: raw.RowOf) -> None:
        with database() as path:
            raw.into_sqlite(file, path, row_of)

    return store


def _copy(file: Path, row_of: raw.RowOf) -> None:
    with postgres.database() as address:
        raw.into_postgres(file, address, row_of)


def _seconds(baseline: Raw, file: Path, row_of: raw.RowOf) -> float:
    begun = time.perf_counter()
    baseline(file, row_of)
    return time.perf_counter() - begun
