"""Importing varied orders end to end, encryption included, against raw upserts and COPY of the same orders."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from statistics import median

from bench import postgres
from bench.imports import raw
from bench.imports.command import Run, run_import
from bench.installations import installation
from bench.result import Result, Size
from bench.varied_orders import write_orders

_SQLITE_TARGET, _POSTGRES_TARGET = 0.35, 0.30
_MEGABYTE = 1_000_000
_MOST_MEGABYTES = 300
_FLAT = 1.1
_ORDERS = {Size.TINY: 30, Size.QUICK: 10_000, Size.FULL: 100_000}
_ROUNDS = {Size.TINY: 1, Size.QUICK: 3, Size.FULL: 3}

Address = Callable[[], AbstractContextManager[str | None]]
Raw = Callable[..., None]


def imports(size: Size) -> Iterator[Result]:
    """Import and baselines take turns, each into a new database; the import's time includes its start-up."""
    with tempfile.TemporaryDirectory(prefix="aftercare-bench-") as name:
        folder = Path(name)
        file = folder / "orders.jsonl"
        write_orders(file, _ORDERS[size])
        yield from _compare("SQLite", size, file, nullcontext, _sqlite(folder), _SQLITE_TARGET)
        yield from _compare("PostgreSQL", size, file, postgres.database, _copy, _POSTGRES_TARGET)


def _compare(kind: str, size: Size, file: Path, address: Address, baseline: Raw, target: float) -> Iterator[Result]:
    orders = _ORDERS[size]
    runs, starts, kept, cpu, plain = [], [], [], [], []
    nothing = file.with_name("nothing.jsonl")
    nothing.touch()
    for _ in range(_ROUNDS[size]):
        before = time.process_time()
        kept.append(_seconds(baseline, file, is_plain=False))
        cpu.append(time.process_time() - before)
        with address() as url, installation(url) as installed:
            installed.promise(installed.shop())
            starts.append(run_import(nothing, installed.environ, 0).seconds)
            runs.append(run_import(file, installed.environ, orders))
        plain.append(_seconds(baseline, file, is_plain=True))
    rate = orders / median(run.seconds for run in runs)
    yield Result(f"import: {orders:,} orders, {kind}", rate, "orders/s", orders / median(kept), target)
    yield Result(f"import: against plain bodies, {kind}", rate, "orders/s", orders / median(plain))
    yield Result(f"import: start-up, contained in the above, {kind}", median(starts), "s")
    used, needed = (median(seconds) / orders * 1e6 for seconds in ([run.cpu for run in runs], cpu))
    yield Result(f"import: CPU of all its processes, {kind}", used, "us/order", needed)
    yield from _memory(kind, runs)


def _memory(kind: str, runs: list[Run]) -> Iterator[Result]:
    largest = max(runs, key=lambda run: run.peak)
    if not largest.peak:
        return
    peak, middle, end = (amount / _MEGABYTE for amount in (largest.peak, largest.middle, largest.end))
    yield Result(f"import: peak memory, {kind}", peak, "MB", target=_MOST_MEGABYTES, is_lower_better=True)
    name = f"import: memory of the last fifth, against the middle, {kind}"
    yield Result(name, end, "MB", middle, _FLAT, is_lower_better=True)


def _sqlite(folder: Path) -> Raw:
    @contextmanager
    def database() -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            yield Path(name) / "raw.sqlite3"

    def store(file: Path, *, is_plain: bool) -> None:
        with database() as path:
            raw.into_sqlite(file, path, is_plain=is_plain)

    return store


def _copy(file: Path, *, is_plain: bool) -> None:
    with postgres.database() as address:
        raw.into_postgres(file, address, is_plain=is_plain)


def _seconds(baseline: Raw, file: Path, *, is_plain: bool) -> float:
    begun = time.perf_counter()
    baseline(file, is_plain=is_plain)
    return time.perf_counter() - begun
