"""Whether something answers: whatever comes back, it is an answer or a reason why there was none."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from integrations.reach import reach
from plugin.ports.errors import Unavailable

PACKED = gzip.compress(b"x" * 1000)
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\nnot a length\r\n"
CUT = b"Transfer-Encoding: chunked\r\n\r\nff\r\nonly this\r\n"
GARBLED = b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """Somebody who answers one request with these bytes and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            there, _ = listener.accept()
            with there:
                there.recv(65536)
                there.sendall(answer)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join(5)


@pytest.mark.parametrize("rest", [CHUNKED, CUT, GARBLED], ids=["no length", "cut off", "no gzip"])
def test_an_answer_that_is_broken_is_none(rest: bytes) -> None:
    with (
        saying(b"HTTP/1.1 200 OK\r\n" + rest) as address,
        pytest.raises(Unavailable, match="no whole answer"),
    ):
        reach(address, allows_private=True)


def test_an_answer_is_read_unpacked_with_its_date() -> None:
    head = b"HTTP/1.1 404 Not Found\r\nDate: Wed, 21 Oct 2026 07:28:00 GMT\r\nContent-Encoding: gzip\r\n"
    with saying(head + b"Content-Length: %d\r\n\r\n" % len(PACKED) + PACKED) as address:
        answer = reach(address, allows_private=True)
    assert (answer.status, answer.body) == (404, b"x" * 1000)
    assert answer.date
    assert answer.date.isoformat() == "2026-10-21T07:28:00+00:00"


def test_of_an_answer_that_unpacks_to_a_thousand_times_its_size_64_kibibytes_are_read() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    with saying(head + bomb) as address:
        assert len(reach(address, allows_private=True).body) == 64 * 1024


def test_nobody_there_and_a_private_network_are_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unavailable, match="no connection"):
        reach(f"http://127.0.0.1:{port}/", allows_private=True)
    with pytest.raises(Unavailable, match="private network"):
        reach(f"http://127.0.0.1:{port}/", allows_private=False)
