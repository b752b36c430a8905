"""An answer that drips, or has no end, is left in time."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from integrations.answer_body import Drips, NoEnd, body_within
from integrations.guarded_http import open_session
from integrations.labels.sendcloud import client
from integrations.labels.sendcloud.client import SendcloudClient
from integrations.platforms.shopify.admin_api.client import lines
from plugin.domain.connection_faults import ShopUnavailable
from plugin.ports.errors import Unavailable

SECONDS = 0.3


@contextmanager
def dripping(piece: bytes = b"x", header: bytes = b"") -> Iterator[str]:
    """Somebody whose answer is a piece now and then, without end."""
    is_over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            there, _ = listener.accept()
            with there:
                there.recv(65536)
                there.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + header + b"\r\n")
                while not is_over.wait(0.02):
                    try:
                        there.sendall(piece)
                    except OSError:
                        return

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            is_over.set()
            thread.join(5)


def test_a_body_that_drips_is_waited_for_so_long_and_no_longer() -> None:
    with dripping() as address, open_session(allows_private=True) as session:
        began = time.monotonic()
        with session.get(address, stream=True) as response, pytest.raises(Drips):
            body_within(response, 1_000_000, SECONDS)
        assert time.monotonic() - began > SECONDS


def test_a_body_without_end_is_read_so_far_and_no_farther() -> None:
    with (
        dripping(b"x" * 10_000) as address,
        open_session(allows_private=True) as session,
        session.get(address, stream=True) as response,
        pytest.raises(NoEnd),
    ):
        body_within(response, 50_000, 60)


def test_who_sells_labels_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "SLOWEST", SECONDS)
    with (
        dripping() as address,
        open_session(allows_private=True) as session,
        pytest.raises(Unavailable, match="provider_unreachable"),
    ):
        SendcloudClient("pk", "sk", session, address).get("/parcels")


def test_a_file_of_shopifys_that_drips_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.platforms.shopify.admin_api.client._SLOWEST_FILE", SECONDS)
    with (
        dripping() as address,
        open_session(allows_private=True) as session,
        pytest.raises(ShopUnavailable, match="too slow"),
    ):
        list(lines(address, session))


def test_an_answer_that_unpacks_to_a_thousand_times_its_size_takes_no_more_memory_than_it_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000)
    monkeypatch.setattr(client, "_MOST_BYTES", 10_000_000)
    tracemalloc.start()
    try:
        with (
            dripping(bomb, b"Content-Encoding: gzip\r\n") as address,
            open_session(allows_private=True) as session,
            pytest.raises(Unavailable, match="provider_unreadable"),
        ):
            SendcloudClient("pk", "sk", session, address).get("/parcels")
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()
