"""ClamAV's daemon, spoken to over its own protocol: a small daemon on loopback that reads it to the letter."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from integrations.scanners import open_scanner
from integrations.scanners.clamd import ClamdAddress
from plugin.domain.evidence import ScanState
from plugin.ports.errors import Unavailable
from tests.support.local_server import free_port

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def read(connection: socket.socket, length: int) -> bytes:
    content = b""
    while len(content) < length:
        piece = connection.recv(length - len(content))
        assert piece, "the scanner was left in the middle"
        content += piece
    return content


def verdict(connection: socket.socket) -> bytes:
    assert read(connection, 10) == b"zINSTREAM\0"
    content = b""
    while length := int.from_bytes(read(connection, 4), "big"):
        assert length <= 64 * 1024
        content += read(connection, length)
    if b"too large" in content:
        return b"INSTREAM size limit exceeded. ERROR\0"
    return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def daemon(listening: socket.socket) -> Iterator[None]:
    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(verdict(connection))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        thread.join(10)
        listening.close()


@pytest.fixture(params=["tcp", "unix"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "tcp":
        listening = socket.create_server(("127.0.0.1", 0))
        name = f"127.0.0.1:{listening.getsockname()[1]}"
    else:
        listening = socket.socket(socket.AF_UNIX)
        name = str(tmp_path / "clamd.ctl")
        listening.bind(name)
        listening.listen()
    with daemon(listening):
        yield name


def test_a_clean_file_is_clean(address: str) -> None:
    assert open_scanner(address).scan([b"photo" * 50_000, b"", b"more"]) is ScanState.CLEAN


def test_a_virus_is_found_across_pieces(address: str) -> None:
    assert open_scanner(address).scan([b"x" * 100_000 + EICAR[:30], EICAR[30:]]) is ScanState.REFUSED


def test_an_error_is_no_clean_file(address: str) -> None:
    with pytest.raises(Unavailable, match="could not look"):
        open_scanner(address).scan([b"too large"])


def test_a_scanner_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    for nowhere in (f"127.0.0.1:{free_port()}", str(tmp_path / "none")):
        with pytest.raises(Unavailable):
            open_scanner(nowhere).scan([b"x"])


def test_without_a_scanner_nobody_says_clean() -> None:
    assert open_scanner(None).scan([EICAR]) is ScanState.NOT_SCANNED


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/run/clamd.ctl", ClamdAddress("/run/clamd.ctl", "", 0)),
        ("clamav:3310", ClamdAddress(None, "clamav", 3310)),
        ("[::1]:3310", ClamdAddress(None, "::1", 3310)),
    ],
)
def test_an_address_is_a_socket_or_host_and_port(text: str, address: ClamdAddress) -> None:
    assert ClamdAddress.parse(text) == address


@pytest.mark.parametrize("text", ["clamav", ":3310", "clamav:", "clamav:0", "clamav:99999", "run/clamd.ctl"])
def test_nothing_else_is_an_address(text: str) -> None:
    with pytest.raises(ValueError, match="host:port"):
        ClamdAddress.parse(text)
