"""A published policy is on every process's pages within five seconds, without anybody telling the processes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bench.installations import Installation
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.shop import Shop
from plugin.runtime import open_runtime
from plugin.settings import Settings
from tests.build import a_market
from tests.support.local_server import free_port, status_of
from tests.support.processes import WEB, Nursery
from tests.support.promises import publish_policy

MOST_SECONDS = 5.0
_PATIENCE_SECONDS = 60.0


@pytest.fixture
def installed(postgres_url: str, tmp_path: Path) -> Iterator[Installation]:
    ours = ("AFTERCARE_", "PYTEST", "PUBLIC_URL", "WEB_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environ = {**inherited, "AFTERCARE_HOME": str(tmp_path / "home"), "DATABASE_URL": postgres_url}
    runtime = open_runtime(Settings.from_env(environ))
    runtime.migrate()
    yield Installation(runtime, environ)
    runtime.close()


def publish(installed: Installation, shop: Shop, days: int, since: datetime | None = None) -> None:
    deps = installed.runtime.deps
    now = deps.clock.now()
    market = a_market(return_days=days, return_payer=Payer.SHOP)
    draft = PolicyVersion("", since or now, default=market)
    publish_policy(draft, merchant=shop.merchant, units=deps.units, ids=deps.ids, now=now)


@pytest.fixture
def ports(nursery: Nursery, installed: Installation) -> Iterator[tuple[int, int]]:
    """Two web processes on the same database, each with its own kept answers."""
    with ExitStack() as stack:
        found = []
        for _ in range(2):
            port = free_port()
            environ = {**installed.environ, "PORT": str(port), "WEB_CONCURRENCY": "1"}
            stack.enter_context(nursery.running(WEB, environ))
            found.append(port)
        yield found[0], found[1]


def summary(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def await_answer(port: int, path: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            assert status_of(f"http://127.0.0.1:{port}{path}") == 200
        except OSError:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.2)
        else:
            return


def test_a_published_policy_reaches_the_kept_answers_of_two_processes_in_time(
    installed: Installation, ports: tuple[int, int]
) -> None:
    shop = installed.shop()
    publish(installed, shop, 30, datetime(2026, 1, 1, tzinfo=UTC))
    path = f"/storefront/v1/{shop.key}/policy?country=DE&lang=en"
    for port in ports:
        await_answer(port, path)
    assert all("30 days" in summary(port, path) for port in ports)
    publish(installed, shop, 60)
    published = time.monotonic()
    kept = [summary(port, path) for port in ports]
    assert all("30 days" in answer for answer in kept), "the test has to begin with answers that are kept"
    reached: dict[int, float] = {}
    while len(reached) < len(ports) and time.monotonic() - published < 2 * MOST_SECONDS:
        for port in ports:
            if port not in reached and "60 days" in summary(port, path):
                reached[port] = time.monotonic() - published
        time.sleep(0.1)
    assert set(reached) == set(ports)
    assert max(reached.values()) < MOST_SECONDS
