"""How long one order's clocks take, and how many order lines a second one core rebuilds, projection included."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from bench.installations import Installation, installation
from bench.result import Result, Size
from bench.seeds import seed
from bench.varied_orders import an_order_of_three_lines
from plugin.domain.clocks.engine import entitlements as clocks_of
from plugin.domain.ids import OrderId
from plugin.domain.stored import StoredOrder
from plugin.usecases.rebuild_entitlements import rebuild_entitlements

_TARGET_MS = 0.3
_CALLS = {Size.TINY: 20, Size.QUICK: 5_000, Size.FULL: 20_000}
_ORDERS = {Size.TINY: 20, Size.QUICK: 2_000, Size.FULL: 10_000}


def entitlements(size: Size) -> Iterator[Result]:
    """The engine first, in process and warm; then the whole rebuild on SQLite."""
    with installation() as installed:
        yield _one_order(installed, _CALLS[size])
        yield from _rebuild(installed, _ORDERS[size])


def _one_order(installed: Installation, calls: int) -> Result:
    """An order of three lines, delivered in two parcels, under a policy that promises more than the law."""
    shop = installed.shop()
    policy = installed.promise(shop)
    stored = StoredOrder(OrderId("bench"), shop.id, an_order_of_three_lines(), policy.id)
    law = installed.runtime.deps.law
    lines = clocks_of(stored, policy, law)
    assert [len(line.clocks) for line in lines] == [5, 5, 5]
    took = []
    for _ in range(calls):
        begun = time.perf_counter()
        clocks_of(stored, policy, law)
        took.append(time.perf_counter() - begun)
    name = "entitlements: one order, 3 lines, 5 clocks, median"
    return Result(name, median(took) * 1e3, "ms", target=_TARGET_MS, is_lower_better=True)


def _rebuild(installed: Installation, orders: int) -> Iterator[Result]:
    deps, shop = installed.runtime.deps, installed.shop()
    seed(installed, shop, orders)
    with deps.units.read(shop.merchant) as unit:
        lines = sum(len(stored.order.lines) for stored in unit.orders.batch(shop.id, None, orders))
    for name in ("replacing nothing", "changing nothing"):
        begun = time.process_time()
        now = deps.clock.now()
        changed = rebuild_entitlements([], merchant=shop.merchant, units=deps.units, law=deps.law, now=now)
        seconds = time.process_time() - begun
        assert changed == (orders if name == "replacing nothing" else 0)
        yield Result(f"entitlements: rebuild on SQLite, {name}", lines / seconds, "lines/s")
