"""Making every lane anew: how long a year of deliveries takes, in how much memory; and whether what is told holds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench import postgres, processes
from bench.eta_seeds import seed_parcels
from bench.installations import installation
from bench.result import Result, Size
from plugin import worker
from plugin.collector import expect_many_records
from plugin.domain.ids import MerchantId
from plugin.domain.tracking.eta.backtest import backtest
from plugin.domain.tracking.eta.lane import Lane
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.usecases.tracking.rebuild_lanes import rebuild_lanes
from tests.support.lane_traffic import ROUTES, traffic

_ROOT = Path(__file__).parents[1]
_PARCELS = {Size.TINY: 2_000, Size.QUICK: 100_000, Size.FULL: 1_000_000}
_MOST_SECONDS = {Size.TINY: 60.0, Size.QUICK: 6.0, Size.FULL: 60.0}
_MOST_MIB = 500.0
_PROMISED = 0.85
_SINCE = date(2025, 3, 3)
_WEEKS = {Size.TINY: 30, Size.QUICK: 78, Size.FULL: 78}
_ROUTES = {Size.TINY: 1, Size.QUICK: len(ROUTES), Size.FULL: len(ROUTES)}
_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class _Ran:
    seconds: float
    most_bytes: int
    lanes: int


def eta(size: Size) -> Iterator[Result]:
    """A worker's process makes the lanes, on either database; then a year is told and judged, lane by lane."""
    databases = (("SQLite", None), ("PostgreSQL", postgres.database))
    for kind, database in databases[:1] if size is Size.TINY else databases:
        ran = _rebuilt(size, database() if database else nullcontext())
        name = f"eta: lanes of {_PARCELS[size]:,} deliveries, {kind}"
        yield Result(name, ran.seconds, "s", target=_MOST_SECONDS[size], is_lower_better=True)
        if processes.is_known():
            memory = ran.most_bytes / 2**20
            yield Result(f"{name}, most memory", memory, "MiB", target=_MOST_MIB, is_lower_better=True)
    told = backtest(list(traffic(1, _WEEKS[size], ROUTES[: _ROUTES[size]])), _SINCE)
    for lane, held in sorted(told.items(), key=lambda each: _name(each[0])):
        yield Result(f"eta: kept, {_name(lane)}", held.share, "of told", target=_PROMISED)
        yield Result(f"eta: length, {_name(lane)}", held.length, "days")


def _name(lane: Lane) -> str:
    if lane.carrier is None:
        return f"order to {lane.destination}"
    return f"{lane.carrier} {lane.origin}-{lane.destination} {lane.service or ''}".strip()


def _rebuilt(size: Size, database: AbstractContextManager[str | None]) -> _Ran:
    with database as url, installation(url) as installed:
        shop = installed.shop()
        seed_parcels(installed, shop, _PARCELS[size])
        command = [sys.executable, "-m", "bench.eta", shop.merchant]
        worker = subprocess.Popen(command, cwd=_ROOT, env=installed.environ, stdout=subprocess.PIPE, text=True)
        most = 0
        while worker.poll() is None:
            most = max(most, processes.memory_bytes(worker.pid) if processes.is_known() else 0)
            time.sleep(_LOOK_SECONDS)
        said = worker.communicate()[0].split()
        if worker.returncode or not int(said[1]):
            raise RuntimeError("no lanes were made")
        return _Ran(float(said[0]), most, int(said[1]))


def _make(environ: Mapping[str, str], merchant: str) -> None:
    """Say how long it took and how many lanes there are; cycles are looked for as rarely as in a worker."""
    runtime = open_runtime(Settings.from_env(environ))
    deps = runtime.deps
    expect_many_records(worker.NEW_OBJECTS)
    begun = time.perf_counter()
    made = rebuild_lanes(merchant=MerchantId(merchant), units=deps.units, now=deps.clock.now())
    print(time.perf_counter() - begun, made)
    runtime.close()


if __name__ == "__main__":
    _make(os.environ, sys.argv[1])
