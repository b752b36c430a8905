"""Compiling what every product is promised: how fast, in how much memory, and what a killed run leaves to do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bench import processes
from bench.installations import POLICY_SINCE, Installation, installation
from bench.result import Result, Size
from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.domain.policy import MarketPolicy, Payer, PolicyVersion
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Track, Window
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Product
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.usecases.compile_promises import compile_promises
from tests.support.promises import plain_rules, publish_policy

_ROOT = Path(__file__).parents[1]
_PRODUCTS = {Size.TINY: 1_500, Size.QUICK: 10_000, Size.FULL: 50_000}
_CATEGORIES = 20
_MARKETS = (("union", "DE FR PL IT ES"), ("kingdom", "GB"), ("states", "US"))
_KILLED_AT = 0.5
_MOST_GROWTH = 1.10
_LOOK_SECONDS = 0.1
_BATCH = 2_000


@dataclass(slots=True)
class _Watched:
    """How many products were compiled when, in seconds from the start, and how much memory that took."""

    done: list[int] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    seconds: float = 0.0


def policy_compile(size: Size) -> Iterator[Result]:
    """A worker's process compiles the catalogue, is killed half-way, and another goes on."""
    number = _PRODUCTS[size]
    with installation() as installed:
        shop = installed.shop()
        version = _promise(installed, shop)
        _sell(installed, shop, number)
        first = _run(installed, shop, version, until=int(number * _KILLED_AT))
        kept = _done(installed, shop, version)
        second = _run(installed, shop, version, until=number)
        assert _done(installed, shop, version) == number
        assert 0 < kept < number
    name = "policy.compile: products on SQLite, a kill in the middle"
    yield Result(name, number / (first.seconds + second.seconds), "products/s")
    yield Result(
        "policy.compile: compiled again after the kill",
        (number - kept) / number,
        "of all",
        target=1 - _KILLED_AT / 2,
        is_lower_better=True,
    )
    if processes.is_known():
        early = second.memory[len(second.memory) // 4]
        name = f"policy.compile: memory at the end of {number:,} products"
        yield Result(name, second.memory[-1] / 2**20, "MiB", early / 2**20, _MOST_GROWTH, is_lower_better=True)


def _promise(installed: Installation, shop: Shop) -> PolicyVersion:
    """Rules by category in every market, each with a promise of its own."""
    plain = plain_rules(return_days=30, exchange_days=30, return_payer=Payer.SHOP, warranty_months=24)
    own = tuple(
        Rule(f"c{n}", Track.RETURN, Scope(categories=frozenset({f"category {n}"})), window=Window(31 + n))
        for n in range(_CATEGORIES)
    )
    markets = tuple(MarketPolicy(name, frozenset(where.split()), (*plain, *own)) for name, where in _MARKETS)
    draft = PolicyVersion("", POLICY_SINCE, MarketPolicy("everywhere", rules=plain), markets)
    deps = installed.runtime.deps
    return publish_policy(draft, merchant=shop.merchant, units=deps.units, ids=deps.ids, now=deps.clock.now())


def _sell(installed: Installation, shop: Shop, number: int) -> None:
    """A catalogue in which every fifth row is a variation of the one before."""
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    base = Product(Platform.WOOCOMMERCE, "", "Trail lantern, 300 lumen", tags=("outdoor",), updated_at=seen)
    for start in range(0, number, _BATCH):
        batch = [
            replace(
                base,
                external_id=f"{n:06}",
                sku=f"SKU-{n}",
                parent_id=f"{n - 1:06}" if n % 5 == 1 else None,
                categories=(f"category {n % _CATEGORIES}",),
            )
            for n in range(start, min(start + _BATCH, number))
        ]
        with installed.runtime.deps.units(shop.merchant) as unit:
            unit.products.save(shop.id, batch)
            unit.commit()


def _run(installed: Installation, shop: Shop, version: PolicyVersion, *, until: int) -> _Watched:
    """Watch a process compile, and kill it once so many are done."""
    command = [sys.executable, "-m", "bench.policy_compile", shop.merchant]
    watched, begun = _Watched(), time.perf_counter()
    worker = subprocess.Popen(command, cwd=_ROOT, env=installed.environ, stdout=subprocess.DEVNULL)
    before = _done(installed, shop, version)
    begun_at: float | None = None
    while worker.poll() is None:
        done = _done(installed, shop, version)
        if done > before:
            begun_at = begun_at or time.perf_counter()
            watched.done.append(done)
            watched.memory.append(processes.memory_bytes(worker.pid) if processes.is_known() else 0)
        if done >= until:
            worker.kill()
            break
        time.sleep(_LOOK_SECONDS)
    worker.wait()
    watched.seconds = time.perf_counter() - (begun_at or begun)
    return watched


def _done(installed: Installation, shop: Shop, version: PolicyVersion) -> int:
    """How many products are compiled, read past the worker's transaction."""
    with installed.runtime.deps.units.read(shop.merchant) as unit:
        return len(unit.promises.page(shop.id, version.id, "default", None, 1_000_000))


def _compile(environ: Mapping[str, str], merchant: str) -> None:
    runtime = open_runtime(Settings.from_env(environ))
    deps = runtime.deps
    compile_promises(merchant=MerchantId(merchant), units=deps.units, now=deps.clock.now())
    runtime.close()


if __name__ == "__main__":
    _compile(os.environ, sys.argv[1])
