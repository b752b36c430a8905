"""What a second web process and a second worker bring, on one PostgreSQL.

Who asks, who works and what keeps share one machine here, so the second process also takes from the others: how much of
the machine was in use is told beside each ratio. Where one alone uses it up, a second cannot bring anything.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from bench import postgres, processes
from bench.deliveries import arrivals, await_so, keep, unfinished, working
from bench.installations import Installation, installation
from bench.load import get, load
from bench.result import Result, Size
from bench.server import Server, serving
from bench.webhooks.senders import WooCommerce

_ROUNDS = {Size.TINY: 1, Size.QUICK: 3, Size.FULL: 7}
_PAGES = {Size.TINY: 8, Size.QUICK: 300, Size.FULL: 1_000}
_DELIVERIES = {Size.TINY: 8, Size.QUICK: 600, Size.FULL: 1_000}
_CONNECTIONS = 8
_MOST = 2


@dataclass(slots=True)
class _Side:
    """What so many processes did, round by round: how much a second, and which share of the machine was in use."""

    rates: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)

    def note(self, count: int, begun: float, before: tuple[float, float]) -> None:
        self.rates.append(count / (time.perf_counter() - begun))
        used, whole = (after - then for after, then in zip(_machine(), before, strict=True))
        self.used.append(used / whole if whole else 0.0)


def scale(size: Size) -> Iterator[Result]:
    """One and two of each take turns."""
    with postgres.database() as address, installation(address) as installed:
        installed.promise(installed.shop())
        yield from _told("web", "page/s", _web(installed, size))
        yield from _told("worker", "deliv./s", _workers(installed, size))


def _web(installed: Installation, size: Size) -> dict[int, _Side]:
    """The page of a shop with its rights and promises, asked for over eight connections."""
    page, sides = f"/s/{installed.shop().key}/en/DE", {count: _Side() for count in range(1, _MOST + 1)}
    with ExitStack() as stack:
        servers = {count: _serving(installed, count, page, stack) for count in sides}
        for turn in range(_ROUNDS[size] + 1):
            for count, side in sides.items():
                asked = [get(servers[count].port, page)] * _PAGES[size]
                begun, before = time.perf_counter(), _machine()
                load(servers[count].port, asked, connections=_CONNECTIONS)
                if turn:  # the first one warms up
                    side.note(len(asked), begun, before)
    return sides


def _serving(installed: Installation, count: int, page: str, stack: ExitStack) -> Server:
    return stack.enter_context(serving("plugin.wsgi:app", page, installed.environ | {"WEB_CONCURRENCY": str(count)}))


def _workers(installed: Installation, size: Size) -> dict[int, _Side]:
    """Deliveries of new orders that came at once, until they are applied and what follows of them is done."""
    sender, rounds, each = WooCommerce(), max(_ROUNDS[size] // 2, 1), _DELIVERIES[size]
    sender.expect(installed)
    bodies = sender.bodies(rounds * each * _MOST)
    sides = {count: _Side() for count in range(1, _MOST + 1)}
    if size is Size.TINY:
        del sides[1]  # as it says nothing, and two show that it runs
    for _ in range(rounds):
        for count, side in sides.items():
            arrived = arrivals(installed, islice(bodies, each), sender)
            with ExitStack() as stack:
                for number in range(count):
                    stack.enter_context(working(installed, f"w{number}"))
                begun, before = time.perf_counter(), _machine()
                keep(installed, arrived)
                await_so(lambda: not unfinished(installed), "everything is done")
                side.note(each, begun, before)
    return sides


def _told(role: str, unit: str, sides: dict[int, _Side]) -> Iterator[Result]:
    alone = median(sides[1].rates) if 1 in sides else None
    for count, side in sides.items():
        name = f"scale: {count} {role} process{'es' if count > 1 else ''}, PostgreSQL"
        yield Result(name, median(side.rates), unit, alone if count > 1 else None)
        yield Result(f"{name}, of the machine in use", median(side.used) * 100, "%")


def _machine() -> tuple[float, float]:
    return processes.machine_seconds() if processes.is_known() else (0.0, 0.0)
