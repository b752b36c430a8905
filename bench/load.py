"""A load generator that exists everywhere: kept-alive connections on loopback, a fixed number of requests."""

from __future__ import annotations

import re
import selectors
import socket
import time
from contextlib import ExitStack

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_PATIENCE_SECONDS = 60.0


class BadAnswer(Exception):
    """The server answered something else than 200, or not at all."""


def requests_per_second(port: int, target: str, *, requests: int, connections: int) -> float:
    """Ask for `target` so often over so many connections, each waiting for its answer; raises `BadAnswer`."""
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n\r\n".encode()
    with ExitStack() as stack:
        poll = stack.enter_context(selectors.DefaultSelector())
        for _ in range(connections):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            poll.register(connection, selectors.EVENT_READ, bytearray())
        begun = time.perf_counter()
        _run(poll, request, requests)
        return requests / (time.perf_counter() - begun)


def _run(poll: selectors.BaseSelector, request: bytes, requests: int) -> None:
    to_send = requests
    for key in list(poll.get_map().values()):
        _socket(key).sendall(request)
        to_send -= 1
    answers = 0
    while answers < requests:
        ready = poll.select(_PATIENCE_SECONDS)
        if not ready:
            raise BadAnswer("nothing for a minute")
        for key, _ in ready:
            if not _has_whole_answer(key):
                continue
            answers += 1
            if to_send > 0:
                _socket(key).sendall(request)
                to_send -= 1


def _has_whole_answer(key: selectors.SelectorKey) -> bool:
    received: bytearray = key.data
    chunk = _socket(key).recv(65536)
    received += chunk
    end = received.find(b"\r\n\r\n")
    if not chunk or (end >= 0 and not received.startswith(b"HTTP/1.1 200 ")):
        raise BadAnswer(bytes(received[:200]).decode(errors="replace"))
    length = _LENGTH.search(received, 0, end + 2) if end >= 0 else None
    if length is None or len(received) < end + 4 + int(length[1]):
        return False
    received.clear()
    return True


def _socket(key: selectors.SelectorKey) -> socket.socket:
    assert isinstance(key.fileobj, socket.socket)
    return key.fileobj
