"""Web is replaced under load without a failed request: by HUP, and by a restart behind a socket that systemd holds."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.repository import ROOT

CALLERS = 4


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


class Load:
    """Callers that ask again and again, each request by a connection of its own, and note what did not come back."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._stop = threading.Event()
        self.answered = 0
        self.failures: list[str] = []

    def status(self) -> int:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=120)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status
        finally:
            connection.close()

    def _call(self) -> None:
        while not self._stop.is_set():
            try:
                status = self.status()
            except OSError as error:
                self.failures.append(repr(error))
            else:
                self.answered += status == 200
                self.failures += [] if status == 200 else [str(status)]

    @contextmanager
    def running(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._call) for _ in range(CALLERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def goes_on(self) -> None:
        """Wait until all of what is asked from now on was answered a few times over."""
        reached = self.answered + 10 * CALLERS
        until(lambda: self.answered >= reached or bool(self.failures))


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def children(process: subprocess.Popen[bytes]) -> set[str]:
    return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())


def test_nobody_is_refused_while_web_is_reloaded_and_while_it_is_replaced(environ: dict[str, str]) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("tells processes apart by /proc")
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener, ExitStack() as servers:
        load = Load(listener.getsockname()[1])
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
    assert load.answered >= 30 * CALLERS
