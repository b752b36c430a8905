"""The cached policy answer, everything on, against a bare Flask JSON hello; and what each layer costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from bench import processes
from bench.installations import installation
from bench.load import get, load
from bench.result import Result, Size
from bench.server import Server, serving, serving_by_granian
from bench.storefront.apps import LAYERS

_TARGET = 0.85
_GRANIAN_TARGET = 2.0
_GRANIAN = "granian"
_CONNECTIONS = 16
_ROUNDS = {Size.TINY: (1, 100), Size.QUICK: (7, 2_000), Size.FULL: (15, 3_000)}
"""Rounds, and requests to each application in each."""
_WARM_UP = 0.2


@dataclass(slots=True)
class _Measured:
    server: Server
    path: str
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def ask(self, requests: int) -> None:
        before = processes.cpu_seconds(self.server.process) if processes.is_known() else 0.0
        asked = [get(self.server.port, self.path)] * requests
        rate = load(self.server.port, asked, connections=_CONNECTIONS).per_second
        after = processes.cpu_seconds(self.server.process) if processes.is_known() else 0.0
        self.rates.append(rate)
        self.cpu.append((after - before) / requests)


def storefront(size: Size) -> Iterator[Result]:
    """Every application is up from the start and takes its turn in every round."""
    rounds, requests = _ROUNDS[size]
    with installation() as installed, ExitStack() as stack:
        shop = installed.shop()
        installed.promise(shop)
        answer = f"/storefront/v1/{shop.key}/policy?country=DE&lang=en"
        measured = {}
        for name in LAYERS:
            path = answer if name in {"view", "product"} else "/hello"
            application = f"bench.storefront.apps:app({name!r})"
            measured[name] = _Measured(stack.enter_context(serving(application, path, installed.environ)), path)
        measured[_GRANIAN] = _Measured(stack.enter_context(serving_by_granian(answer, installed.environ)), answer)
        for each in measured.values():
            each.ask(max(_CONNECTIONS, int(requests * _WARM_UP)))
        for each in measured.values():
            each.rates.clear()
            each.cpu.clear()
        for _ in range(rounds):
            for each in measured.values():
                each.ask(requests)
    yield from _results(measured)


def _results(measured: dict[str, _Measured]) -> Iterator[Result]:
    bare = measured["hello"]
    rate = median(bare.rates)
    product = median(measured["product"].rates)
    yield Result("storefront: cached answer, everything on", product, "req/s", rate, _TARGET)
    granian = median(measured[_GRANIAN].rates)
    yield Result("storefront: the same on granian, against gunicorn", granian, "req/s", product, _GRANIAN_TARGET)
    if processes.is_known():
        cpu = median(measured["product"].cpu) * 1e6
        yield Result("storefront: server's CPU for it", cpu, "us/req", median(bare.cpu) * 1e6, is_lower_better=True)
        on_granian = median(measured[_GRANIAN].cpu) * 1e6
        yield Result("storefront: granian's CPU for it, against gunicorn's", on_granian, "us/req", cpu)
    for name in LAYERS[1:-1]:
        layer = measured[name]
        yield Result(f"storefront: layer {name}", median(layer.rates), "req/s", rate)
        if processes.is_known():
            yield Result(f"storefront: CPU of layer {name}", median(layer.cpu) * 1e6, "us/req", median(bare.cpu) * 1e6)
