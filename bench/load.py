"""A load generator that exists everywhere: kept-alive connections on loopback, a fixed number of requests."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_PATIENCE_SECONDS = 60.0


class BadAnswer(Exception):
    """The server answered something else than 200, or not at all."""


@dataclass(frozen=True, slots=True)
class Load:
    """How long everything took, and each answer from the request on, in seconds."""

    seconds: float
    waits: list[float]

    @property
    def per_second(self) -> float:
        """Answers a second, over all connections."""
        return len(self.waits) / self.seconds


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    asked_at: float = 0.0
    received: bytearray = field(default_factory=bytearray)


def get(port: int, target: str) -> bytes:
    """A request for a page."""
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n\r\n".encode()


def post(port: int, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """A request that brings something."""
    named = {"Host": f"127.0.0.1:{port}", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"POST {target} HTTP/1.1\r\n{head}\r\n".encode() + body


def load(port: int, requests: Sequence[bytes], *, connections: int) -> Load:
    """Send them all over so many connections, each waiting for its answer; raises `BadAnswer`."""
    with ExitStack() as stack:
        poll = stack.enter_context(selectors.DefaultSelector())
        for _ in range(min(connections, len(requests))):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            poll.register(connection, selectors.EVENT_READ, _Connection(connection))
        begun = time.perf_counter()
        waits = list(_answers(poll, iter(requests), len(requests)))
        return Load(time.perf_counter() - begun, waits)


def _answers(poll: selectors.BaseSelector, requests: Iterator[bytes], count: int) -> Iterator[float]:
    for key in list(poll.get_map().values()):
        _ask(key.data, requests)
    while count:
        ready = poll.select(_PATIENCE_SECONDS)
        if not ready:
            raise BadAnswer("nothing for a minute")
        for key, _ in ready:
            connection: _Connection = key.data
            if not _has_whole_answer(connection):
                continue
            yield time.perf_counter() - connection.asked_at
            count -= 1
            _ask(connection, requests)


def _ask(connection: _Connection, requests: Iterator[bytes]) -> None:
    request = next(requests, None)
    if request is not None:
        connection.asked_at = time.perf_counter()
        connection.socket.sendall(request)


def _has_whole_answer(connection: _Connection) -> bool:
    received = connection.received
    chunk = connection.socket.recv(65536)
    received += chunk
    end = received.find(b"\r\n\r\n")
    if not chunk or (end >= 0 and not received.startswith(b"HTTP/1.1 200 ")):
        raise BadAnswer(bytes(received[:200]).decode(errors="replace"))
    length = _LENGTH.search(received, 0, end + 2) if end >= 0 else None
    if length is None or len(received) < end + 4 + int(length[1]):
        return False
    received.clear()
    return True
