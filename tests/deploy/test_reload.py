"""Web is replaced under load, no request failed and no delivery lost: by HUP, by a restart behind systemd's socket."""

from __future__ import annotations

import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import BadStatusLine, HTTPConnection
from pathlib import Path

import pytest

from plugin.domain.order import Platform
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.usecases.open_shop import open_shop
from tests.support.repository import ROOT

ASKING = 2
SECRET = "c0ffee"
PAUSE = 0.01
"""Seconds between one's requests: some are always on their way, and the server starts as well."""


@pytest.fixture
def environ(sqlite_url: str, tmp_path: Path) -> dict[str, str]:
    ours = ("AFTERCARE_", "PYTEST", "PUBLIC_URL")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**inherited, "AFTERCARE_HOME": str(tmp_path / "home"), "DATABASE_URL": sqlite_url, "WEB_CONCURRENCY": "1"}


@contextmanager
def gunicorn(listener: socket.socket, environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """As systemd starts it: the socket is file 3, LISTEN_FDS and LISTEN_PID say so (sd_listen_fds(3))."""
    script = 'exec 3<&"$1"; LISTEN_FDS=1 LISTEN_PID=$$ exec "$2" -m gunicorn'
    command = ["bash", "-c", script, "web", str(listener.fileno()), sys.executable]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, pass_fds=[listener.fileno()], stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@dataclass(frozen=True, slots=True)
class Store:
    """A shop that tells us of its orders, each by a delivery of its own."""

    path: str
    opened: Runtime

    def told(self, order: str) -> tuple[bytes, dict[str, str]]:
        """Body and headers of a delivery that the shop signed."""
        body = f'{{"id": "{order}"}}'.encode()
        signature = b64encode(hmac.digest(SECRET.encode(), body, "sha256")).decode()
        return body, {"X-WC-Webhook-Topic": "order.updated", "X-WC-Webhook-Signature": signature}

    def on_record(self) -> list[str]:
        """The orders of all deliveries that were kept."""
        now = self.opened.deps.clock.now()
        return [json.loads(each.body)["id"] for each in self.opened.deps.inbox_lease.lease(now, now, 1_000_000)]


@pytest.fixture
def store(environ: dict[str, str]) -> Iterator[Store]:
    runtime = open_runtime(Settings.from_env(environ))
    deps, now = runtime.deps, runtime.deps.clock.now()
    shop = open_shop(
        "Store", Platform.WOOCOMMERCE, None,
        directory=deps.directory, units=deps.units, ids=deps.ids, secrets=deps.secrets, now=now,
    )  # fmt: skip
    with deps.units(shop.merchant) as unit:
        unit.hooks.open(shop.id, SECRET)
        unit.commit()
    yield Store(f"/webhooks/woocommerce/{shop.key}", runtime)
    runtime.close()


class Load:
    """Callers that ask, and a shop that tells, again and again; what did not come back is noted.

    Each request has a connection of its own, but for one caller who keeps his: it may be closed under him, as any
    connection that is kept, and then he says the same again over a new one, which has to be answered.
    """

    def __init__(self, port: int, store: Store) -> None:
        self._port = port
        self._store = store
        self._stop = threading.Event()
        self._answers = dict.fromkeys((*(f"asks{n}" for n in range(ASKING)), "tells", "keeps"), 0)
        self.taken: list[str] = []
        """The orders of all deliveries that were answered with 200."""
        self.failures: list[str] = []

    def _connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self._port, timeout=120)

    def _ask(self, caller: str) -> None:
        with closing(self._connection()) as connection:
            connection.request("GET", "/readyz")
            self._answered(caller, connection.getresponse().status)

    def _tell(self, caller: str) -> None:
        with closing(self._connection()) as connection:
            self._deliver(connection, caller)

    def _deliver(self, connection: HTTPConnection, caller: str) -> None:
        order = f"{caller}{self._answers[caller]}"
        body, headers = self._store.told(order)
        connection.request("POST", self._store.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        self._answered(caller, answer.status)
        self.taken += [order] if answer.status == HTTPStatus.OK else []

    def _answered(self, caller: str, status: int) -> None:
        self._answers[caller] += 1
        self.failures += [] if status == HTTPStatus.OK else [f"{caller}: {status}"]

    def _again_and_again(self, call: Callable[[str], None], caller: str) -> None:
        while not self._stop.is_set():
            try:
                call(caller)
            except OSError as error:
                self.failures.append(f"{caller}: {error!r}")
            time.sleep(PAUSE)

    def _keep(self, caller: str) -> None:
        """Over one connection, for as long as it is there."""
        with closing(self._connection()) as connection:
            self._deliver(connection, caller)  # over a new one: it has to be answered
            while not self._stop.is_set():
                try:
                    self._deliver(connection, caller)
                except (ConnectionError, BadStatusLine):
                    return
                time.sleep(PAUSE)

    @contextmanager
    def running(self) -> Iterator[None]:
        does = {"tells": self._tell, "keeps": self._keep}
        calls = [(does.get(caller, self._ask), caller) for caller in self._answers]
        threads = [threading.Thread(target=self._again_and_again, args=call) for call in calls]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def goes_on(self) -> None:
        """Wait until each caller was answered a few times over."""
        before = dict(self._answers)
        until(lambda: bool(self.failures) or all(self._answers[each] >= before[each] + 10 for each in before))


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def children(process: subprocess.Popen[bytes]) -> set[str]:
    return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())


def test_nobody_is_refused_and_no_delivery_lost_while_web_is_reloaded_and_while_it_is_replaced(
    environ: dict[str, str], store: Store
) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("tells processes apart by /proc")
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener, ExitStack() as servers:
        load = Load(listener.getsockname()[1], store)
        with load.running():  # callers end before the server does: nobody would answer the last of them
            first = servers.enter_context(gunicorn(listener, environ))
            load.goes_on()
            before = children(first)
            first.send_signal(signal.SIGHUP)
            until(lambda: bool(children(first)) and not children(first) & before)
            load.goes_on()
            first.send_signal(signal.SIGTERM)
            assert first.wait(30) == 0
            servers.enter_context(gunicorn(listener, environ))
            load.goes_on()
    assert load.failures == []
    assert len(load.taken) >= 2 * 3 * 10
    assert sorted(set(store.on_record())) == sorted(load.taken)
