"""Scheduling due parcels and applying what carriers answer, against raw batched updates of the same bytes."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from bench import postgres
from bench.installations import Installation, installation
from bench.quiet import hush
from bench.result import Result, Size
from bench.tracking import raw
from bench.tracking.parcels import KNOWN, NEW, answers, events, number_of, parcels
from plugin import worker
from plugin.collector import expect_many_records
from plugin.domain.ids import ShipmentId
from plugin.domain.shop import Shop
from plugin.domain.tracking.account import CarrierAccount
from plugin.usecases.tracking.apply_told import apply_told

_TARGET = 0.5
_PARCELS = {Size.TINY: 60, Size.QUICK: 10_000, Size.FULL: 100_000}
_HOLDS = timedelta(minutes=5)


def tracking(size: Size) -> Iterator[Result]:
    """Both take turns, batch by batch, on databases of their own; making the answers is in neither's time."""
    hush()
    for kind, database in postgres.either(size):
        yield from _compare(kind, size, database)


@dataclass(slots=True)
class _Took:
    """Seconds of the product, of the baseline, and of the careless one that overwrites what it has not read."""

    ours: float = 0.0
    raw: float = 0.0
    careless: float = 0.0


@dataclass(frozen=True, slots=True)
class _Sides:
    """The product and the baselines, with the same parcels due."""

    installed: Installation
    shop: Shop
    raw: raw.Raw
    careless: raw.Raw
    now: datetime

    def lease(self, took: _Took) -> Sequence[ShipmentId]:
        """Each takes its next batch; the product's."""
        lease, until = self.installed.runtime.deps.shipment_lease, self.now + _HOLDS
        with _Timed() as ours:
            due = lease.lease(self.now, until, raw.BATCH)
        with _Timed() as least:
            self.raw.lease(self.now.isoformat(), until.isoformat())
        with _Timed() as careless:
            self.careless.lease(self.now.isoformat(), until.isoformat())
        took.ours, took.raw, took.careless = (
            took.ours + ours.seconds,
            took.raw + least.seconds,
            took.careless + careless.seconds,
        )
        return [each.shipment for each in due]

    def apply(self, numbers: Sequence[int], took: _Took) -> None:
        """Each hears the same answers."""
        deps, now, account = self.installed.runtime.deps, self.now, CarrierAccount("bench", {}, "token", self.now)
        told = answers(numbers, now)
        bare = [_bare(number, now) for number in numbers]
        with _Timed() as ours:
            apply_told(told, account, merchant=self.shop.merchant, units=deps.units, now=now)
        with _Timed() as least:
            self.raw.apply(bare)
        with _Timed() as careless:
            self.careless.apply(bare)
        took.ours, took.raw, took.careless = (
            took.ours + ours.seconds,
            took.raw + least.seconds,
            took.careless + careless.seconds,
        )


def _compare(kind: str, size: Size, database: postgres.Database) -> Iterator[Result]:
    count, scheduling, applying = _PARCELS[size], _Took(), _Took()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="aftercare-bench-")))
        urls = [stack.enter_context(database()) for _ in range(3)]
        installed = stack.enter_context(installation(urls[0]))
        now, shop = installed.runtime.deps.clock.now(), installed.shop()
        place = {each: n for n, each in enumerate(parcels(installed, shop, count, now))}
        least = stack.enter_context(closing(_raw(urls[1], folder, is_careless=False)))
        careless = stack.enter_context(closing(_raw(urls[2], folder, is_careless=True)))
        sides = _Sides(installed, shop, least, careless, now)
        for baseline in (sides.raw, sides.careless):
            _fill(baseline, count, now)
        stack.enter_context(_collecting_as_a_worker())
        seen = 0
        while due := sides.lease(scheduling):
            seen += len(due)
            sides.apply([place[each] for each in due], applying)
        if seen != count:
            raise RuntimeError(f"{seen} of {count} parcels had their turn")
    yield from _told(f"tracking: {count:,} parcels due, {kind}", count, scheduling, applying)


def _told(name: str, count: int, scheduling: _Took, applying: _Took) -> Iterator[Result]:
    told = count * (KNOWN + NEW)
    ours, least = told / (scheduling.ours + applying.ours), told / (scheduling.raw + applying.raw)
    yield Result(name, ours, "events/s", least, _TARGET)
    yield Result(
        f"{name}, against overwriting unread", ours, "events/s", told / (scheduling.careless + applying.careless)
    )
    yield Result(f"{name}, scheduling alone", count / scheduling.ours, "parcels/s", count / scheduling.raw)


def _raw(address: str | None, folder: Path, *, is_careless: bool) -> raw.Raw:
    if address:
        return raw.in_postgres(address, is_careless=is_careless)
    return raw.in_sqlite(folder / f"raw-{is_careless}.sqlite3", is_careless=is_careless)


def _fill(baseline: raw.Raw, count: int, now: datetime) -> None:
    for start in range(0, count, raw.BATCH):
        baseline.fill(
            (number_of(n), (now - timedelta(seconds=n % 3600)).isoformat(), tuple(events(n, now, KNOWN)))
            for n in range(start, min(start + raw.BATCH, count))
        )


def _bare(number: int, now: datetime) -> raw.Answer:
    told = tuple(events(number, now, KNOWN + NEW))
    last, next_at = told[-1].said_at.isoformat(), (now + timedelta(days=1)).isoformat()
    return raw.Answer(number_of(number), told, ("delivered", last, last, last, next_at))


@contextmanager
def _collecting_as_a_worker() -> Iterator[None]:
    """Garbage of all sides, as a worker does; what making the parcels left in memory is looked through no more."""
    before = gc.get_threshold()
    expect_many_records(worker.NEW_OBJECTS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class _Timed:
    """How long something takes, by the clock on the wall; the garbage of making answers is collected before."""

    seconds = 0.0

    def __enter__(self) -> Self:
        gc.collect()
        self._begun = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._begun
