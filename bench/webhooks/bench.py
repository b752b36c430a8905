"""The whole endpoint of a platform's webhooks against a bare one, on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median, quantiles

from sqlalchemy import func, select

from bench import postgres
from bench.installations import Installation, installation
from bench.load import Load, load, post
from bench.result import Result, Size
from bench.server import Server, serving
from bench.webhooks.kill import answered_before_kill
from bench.webhooks.plain import create_table
from bench.webhooks.senders import Sender, Shopify, WooCommerce
from plugin.storage.tables import inbox

_FEW, _MANY = 8, 64
_RATE, _TAIL = 0.85, 1.25
_BURST = 320
"""Deliveries, in the middle of which the application is killed."""
_ROUNDS = {Size.TINY: (1, 16), Size.QUICK: (5, 600), Size.FULL: (11, 2_000)}
"""Rounds, and deliveries to each application in each, at each number of connections."""


@dataclass(slots=True)
class _Endpoint:
    server: Server
    path: str
    sender: Sender
    few: list[Load] = field(default_factory=list)
    many: list[Load] = field(default_factory=list)

    def take(self, bodies: Sequence[bytes]) -> None:
        """The same bodies for both endpoints, one half at either number of connections."""
        half = len(bodies) // 2
        self.few.append(load(self.server.port, self._signed(bodies[:half]), connections=_FEW))
        self.many.append(load(self.server.port, self._signed(bodies[half:]), connections=_MANY))

    def _signed(self, bodies: Sequence[bytes]) -> list[bytes]:
        return [post(self.server.port, self.path, self.sender.headers(body), body) for body in bodies]


def webhooks(size: Size) -> Iterator[Result]:
    """WooCommerce's deliveries."""
    yield from _measure(WooCommerce(), size)


def shopify_webhooks(size: Size) -> Iterator[Result]:
    """Shopify's deliveries."""
    yield from _measure(Shopify(), size)


def _measure(sender: Sender, size: Size) -> Iterator[Result]:
    """Each application takes its turn in every round; what was answered is on record, once, even after a kill."""
    for kind, database in postgres.either(size):
        with database() as address, database() as bare:
            yield from _on(kind, sender, size, address, bare)


def _on(kind: str, sender: Sender, size: Size, address: str | None, bare_address: str | None) -> Iterator[Result]:
    rounds, each = _ROUNDS[size]
    with installation(address, **sender.settings) as installed, ExitStack() as stack:
        path = sender.expect(installed)
        environ = installed.environ | {
            "BENCH_DATABASE": (bare_address or "").replace("+psycopg", ""),
            "BENCH_SIGNED_IN": sender.signed_in,
            "BENCH_TOLD_BY": sender.told_by,
        }
        create_table(environ)
        ours = _Endpoint(stack.enter_context(serving("plugin.wsgi:app", "/healthz", environ)), path, sender)
        bare = _Endpoint(stack.enter_context(serving("bench.webhooks.plain:app()", "/", environ)), "/webhooks", sender)
        bodies = sender.bodies((rounds + 1) * each * 2 + _BURST)
        for _ in range(rounds + 1):
            batch = [next(bodies) for _ in range(each * 2)]
            ours.take(batch)
            bare.take(batch)
        _check_all_kept(installed, (rounds + 1) * each * 2)
        answered = answered_before_kill(ours.server, ours.path, [(sender.headers(body), body) for body in bodies])
        _check_kept(installed, {sender.key(body) for body in answered})
    for endpoint in (ours, bare):
        del endpoint.few[0], endpoint.many[0]  # the round that warms up
    yield from _results(f"{sender.bench}: {kind}", ours, bare)
    yield Result(f"{sender.bench}: {kind}, answered before it was killed, all kept", len(answered), "deliveries")


def _check_all_kept(installed: Installation, count: int) -> None:
    with installed.runtime.storage.engine.connect() as connection:
        kept = connection.execute(select(func.count()).select_from(inbox)).scalar_one()
    if kept != count:
        raise RuntimeError(f"{count} deliveries were answered with 200, {kept} are on record")


def _check_kept(installed: Installation, keys: set[str]) -> None:
    with installed.runtime.storage.engine.connect() as connection:
        lost = keys - set(connection.execute(select(inbox.c.delivery_key)).scalars())
    if lost:
        raise RuntimeError(
            f"{len(keys)} deliveries were answered with 200 before a kill, {len(lost)} are not on record"
        )


def _results(name: str, ours: _Endpoint, bare: _Endpoint) -> Iterator[Result]:
    rates = [median(load.per_second for load in endpoint.few) for endpoint in (ours, bare)]
    yield Result(f"{name}, {_FEW} connections", rates[0], "req/s", rates[1], _RATE)
    tails = [median(_p99(load.waits) for load in endpoint.many) * 1000 for endpoint in (ours, bare)]
    yield Result(f"{name}, p99 at {_MANY} connections", tails[0], "ms", tails[1], _TAIL, is_lower_better=True)


def _p99(waits: Sequence[float]) -> float:
    return quantiles(waits, n=100)[98]
