"""However many clients stall, the server answers everybody else: through real gunicorn, four threads and no proxy."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.evidence_server import EvidenceServer
from tests.support.processes import Nursery

THREADS = 4
SLOW = 24
HELD = 60
"""Connections that the process holds, instead of a thousand: so many more would have to be opened here."""
PROMPT_SECONDS = 5.0
"""On a machine with much else to do; an idle one answers in hundredths."""
STALLED = {
    "silent": b"",
    "within the head": b"POST /webhooks/woocommerce/key-Nordkap HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Wait: ",
    "within a small body": (
        b"POST /webhooks/woocommerce/key-Nordkap HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\n{"
    ),
    "within a large body": (
        b"POST /webhooks/woocommerce/key-Nordkap HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n{"
    ),
}
DRIPPING = 12
DRIPPED = {
    "of a told length": b"Content-Length: 100000\r\n\r\n",
    "in chunks": b"Transfer-Encoding: chunked\r\n\r\n186a0\r\n",
}
UNREAD = 6
LARGE = "/openapi.json"


@pytest.fixture(scope="module")
def server(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceServer]:
    home: Path = tmp_path_factory.mktemp("slow")
    held = {"GUNICORN_CMD_ARGS": f"--worker-connections {HELD}"}
    limits = {"WEB_CONCURRENCY": "1", "WEB_THREADS": str(THREADS), "UPLOAD_SLOTS": "1"}
    running = EvidenceServer(nursery, home, limits | held)
    running.start()
    yield running
    running.close()


def webhook(server: EvidenceServer) -> tuple[int, float]:
    """Deliver something unsigned: its status, and after how many seconds."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", f"/webhooks/woocommerce/{server.shop.key}", body=b"{}")
    status = connection.getresponse().status
    connection.close()
    return status, time.monotonic() - began


@pytest.mark.parametrize("how", STALLED)
def test_webhooks_are_answered_while_slow_clients_hang(server: EvidenceServer, how: str) -> None:
    with ExitStack() as open_lines:
        for _ in range(SLOW):
            line = open_lines.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            line.sendall(STALLED[how])
        answered = [webhook(server) for _ in range(5)]
    assert {status for status, _ in answered} == {401}
    assert max(seconds for _, seconds in answered) < PROMPT_SECONDS


def test_webhooks_are_answered_while_silent_clients_hold_every_connection_there_may_be(server: EvidenceServer) -> None:
    with ExitStack() as open_lines:
        for _ in range(2 * HELD):
            open_lines.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        answered = [webhook(server) for _ in range(5)]
    assert {status for status, _ in answered} == {401}
    assert max(seconds for _, seconds in answered) < PROMPT_SECONDS


def test_a_head_that_drips_in_is_answered_when_it_is_whole(server: EvidenceServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        for piece in (b"GET /heal", b"thz HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"\r", b"\nGET /healthz HTTP/1.1\r\n"):
            line.sendall(piece)
            time.sleep(0.05)
        assert line.recv(4096).startswith(b"HTTP/1.1 200")
        line.sendall(b"Host: 127.0.0.1\r\nConnection: close\r\n\r\n")  # the second, on the connection that was kept
        assert line.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_body_that_drips_in_is_read_whole(server: EvidenceServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(b"POST /webhooks/woocommerce/key-Nordkap HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\n")
        for piece in (b"{", b" ", b"}"):
            time.sleep(0.05)
            line.sendall(piece)
        assert line.recv(4096).startswith(b"HTTP/1.1 401")


def test_whoever_stalls_is_let_go(server: EvidenceServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        assert line.recv(4096) == b""


@contextmanager
def dripping(lines: list[socket.socket]) -> Iterator[None]:
    """A byte every tenth of a second, on each line that still takes one."""
    is_over = threading.Event()

    def drip() -> None:
        while not is_over.wait(0.1):
            for line in lines:
                with suppress(OSError):
                    line.send(b" ")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@pytest.mark.parametrize("how", DRIPPED)
def test_webhooks_are_answered_while_large_bodies_drip_in(server: EvidenceServer, how: str) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port))) for _ in range(DRIPPING)]
        for line in lines:
            line.sendall(b"POST /webhooks/woocommerce/key-Nordkap HTTP/1.1\r\nHost: 127.0.0.1\r\n" + DRIPPED[how])
        stack.enter_context(dripping(lines))
        answered = [webhook(server) for _ in range(3)]
    assert {status for status, _ in answered} == {401}
    assert max(seconds for _, seconds in answered) < PROMPT_SECONDS


def test_webhooks_are_answered_while_clients_do_not_read(server: EvidenceServer) -> None:
    with ExitStack() as stack:
        for _ in range(UNREAD):
            line = stack.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.connect(("127.0.0.1", server.port))
            line.sendall(f"GET {LARGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() * 200)
        time.sleep(3)  # until what the system keeps for each is full
        answered = [webhook(server) for _ in range(3)]
    assert {status for status, _ in answered} == {401}
    assert max(seconds for _, seconds in answered) < PROMPT_SECONDS


def test_a_lack_of_file_descriptors_ends_no_process(server: EvidenceServer) -> None:
    assert server.process
    (worker,) = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    had = resource.prlimit(int(worker), resource.RLIMIT_NOFILE)
    few = len(list(Path(f"/proc/{worker}/fd").iterdir())) + 5
    try:
        resource.prlimit(int(worker), resource.RLIMIT_NOFILE, (few, had[1]))
        with ExitStack() as stack:
            for _ in range(SLOW):
                stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            time.sleep(1)
    finally:
        resource.prlimit(int(worker), resource.RLIMIT_NOFILE, had)
    assert webhook(server)[0] == 401
    assert Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split() == [worker]
