r"""ClamAV's daemon: the file is streamed to it (`INSTREAM`), so it needs no access to our disk.

Protocol: clamd(8), section COMMANDS: `zINSTREAM\0`, then pieces of a 4-byte big-endian length and so many bytes, a
length of zero at the end; the answer is `stream: OK`, `stream: <name> FOUND` or `<reason> ERROR`, closed by a NUL.
Pieces of 64 KiB stay below every `StreamMaxLength`; a whole file above it is answered with an error.
"""

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from plugin.domain.evidence import ScanState
from plugin.ports.errors import Unavailable

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 120.0
_PIECE_BYTES = 64 * 1024
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class ClamdAddress:
    """`host:port`, or the absolute path of a socket."""

    path: str | None
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `ValueError`."""
        if text.startswith("/"):
            return cls(text, "", 0)
        host, _, port = text.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 2**16:
            raise ValueError("must be host:port, or the path of a socket like /run/clamav/clamd.ctl")
        return cls(None, host.strip("[]"), int(port))


class ClamdScanner:
    """`plugin.ports.scanner.Scanner` over one connection for each file."""

    def __init__(self, address: ClamdAddress) -> None:
        self._address = address

    def scan(self, content: Iterable[bytes]) -> ScanState:
        """`CLEAN` or `REFUSED`. Raises `Unavailable` for anything else, so that no error passes for a clean file."""
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            for piece in _pieces(content):
                connection.sendall(len(piece).to_bytes(4, "big") + piece)
            connection.sendall(bytes(4))
            answer = _answer(connection)
        if answer == b"stream: OK":
            return ScanState.CLEAN
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
            return ScanState.REFUSED
        raise Unavailable("virus scanner: it could not look at the file")

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        try:
            with self._connect() as connection:
                connection.settimeout(_ANSWER_SECONDS)
                yield connection
        except OSError as error:
            raise Unavailable(f"virus scanner: {error.strerror or type(error).__name__}") from error

    def _connect(self) -> socket.socket:
        at = self._address
        if at.path is None:
            return socket.create_connection((at.host, at.port), timeout=_CONNECT_SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(_CONNECT_SECONDS)
            connection.connect(at.path)
        except OSError:
            connection.close()
            raise
        return connection


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    for given in content:
        for at in range(0, len(given), _PIECE_BYTES):
            yield given[at : at + _PIECE_BYTES]


def _answer(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = connection.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0").strip()
