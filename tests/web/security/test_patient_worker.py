"""What the worker's parts owe each other, without a server."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from selectors import DefaultSelector
from threading import BoundedSemaphore

import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]  # the package has no types

from plugin.web.patient_worker import BoundedSocket, Connection, PatientWorker, TooSlow


class _Idle(PatientWorker):
    """Serves nothing."""

    def handle(self, conn: Connection) -> None:
        """Take the thread, and leave it."""


@pytest.fixture
def worker() -> Iterator[_Idle]:
    made = _Idle(1, os.getpid(), [], None, 60, Config(), None)
    made.poller = DefaultSelector()
    made.tpool = made.get_thread_pool()
    made.method_queue.init()
    yield made
    made.tpool.shutdown()
    made.poller.close()
    made.method_queue.close()
    made.tmp.close()


@pytest.fixture
def line() -> Iterator[tuple[BoundedSocket, socket.socket]]:
    """Ours, where there is no place for those who wait long, and the client's."""
    ours, client = socket.socketpair()
    places = BoundedSemaphore(1)
    places.acquire()
    with ours, client:
        yield BoundedSocket(ours, places), client


def connected(worker: PatientWorker, sock: BoundedSocket) -> Connection:
    conn = Connection(worker.cfg, sock, "", "")
    conn.leave = worker._leave
    return conn


def test_who_makes_room_and_goes_in_the_same_round_is_gone_once(
    worker: _Idle, line: tuple[BoundedSocket, socket.socket]
) -> None:
    conn = connected(worker, line[0])
    conn.close(graceful=True)
    assert worker.nr_conns == 1
    line[1].close()
    ((key, _),) = worker.poller.select(5)
    worker._gone(conn)
    key.data(key.fileobj)
    assert worker.nr_conns == 0


def test_who_is_turned_out_and_speaks_in_the_same_round_is_not_heard(
    worker: _Idle, line: tuple[BoundedSocket, socket.socket]
) -> None:
    conn = connected(worker, line[0])
    worker.nr_conns = worker.worker_connections
    worker._gather(conn)
    line[1].sendall(b"GET / HTTP/1.1\r\n\r\n")
    ((key, _),) = worker.poller.select(5)
    worker._make_room()
    key.data(key.fileobj)
    assert worker.nr_conns == worker.worker_connections - 1
    assert not conn.head


def test_a_request_that_came_in_with_the_last_has_its_own_time(
    worker: _Idle, line: tuple[BoundedSocket, socket.socket]
) -> None:
    ours, client = line
    conn = connected(worker, ours)
    ours.settimeout(None)
    with pytest.raises(TooSlow):
        ours.recv(1)
    client.sendall(b"x")
    with pytest.raises(TooSlow):
        ours.recv(1)
    worker.enqueue_req(conn)
    assert ours.recv(1) == b"x"


def test_waits_are_short_where_no_place_is_left(line: tuple[BoundedSocket, socket.socket]) -> None:
    ours, client = line
    began = time.monotonic()
    with pytest.raises(TooSlow):
        ours.sendall(b"x" * 50_000_000)
    client.settimeout(0)
    assert time.monotonic() - began < 5
    assert client.recv(1) == b"x"
