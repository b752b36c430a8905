"""A gunicorn worker whose threads wait for nobody: slow lines are waited for beside them, and not for ever.

gunicorn's `gthread` gives a thread to a connection as soon as a byte is there, and lets it wait for the rest as long as
the client likes: as many stalled clients as there are threads, and nobody is answered any more. Here the head of a
request is gathered without a thread, and a small body with it. A large one is waited for by its thread; longer waits
are few at once, so that most threads stay free, and each ends when less comes in than the slowest line worth waiting
for brings. And where gunicorn closes a connection, for two seconds at the most, it is not the one thread that all wait
for that looks on until the client has gone.
"""

import re
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from selectors import EVENT_READ
from threading import BoundedSemaphore
from typing import Any, Final

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]  # the package has no types

GATHER_SECONDS: Final = 10.0
"""For a request's head and small body, from the connection's beginning or from its first byte on."""
_MOST_HEAD: Final = 64 * 1024
"""Of a head that has no end; its parser refuses it."""
_END: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,5})[ \t]*\r\n", re.IGNORECASE)
_ASKS_FIRST: Final = re.compile(rb"\r\nexpect:", re.IGNORECASE)
_SMALL_BODY: Final = 64 * 1024
_PIECE: Final = 64 * 1024
_SHORT_WAIT: Final = 0.2
"""Seconds that any thread may wait for the next bytes of a body."""
_BODY_SECONDS: Final = 10.0
_LEAVE_SECONDS: Final = 2.0
_MOST_LEAVING: Final = 256
_SLOWEST: Final = 8 * 1024
"""Bytes a second that lengthen the time a body has."""


class TooSlow(TimeoutError):
    """The client is too slow, or too many are slow; what reads the body answers 400, as for one that was cut off."""


class BoundedSocket:
    """What a request is read from: a socket that waits by the rules above; everything else is the socket's own."""

    def __init__(self, sock: socket.socket, waits: BoundedSemaphore) -> None:
        self._sock = sock
        self._waits = waits
        self.begin()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the socket has
        return getattr(self._sock, name)

    def begin(self) -> None:
        """Another request begins."""
        self._is_given_up = False
        self._until = time.monotonic() + _BODY_SECONDS

    def recv(self, size: int) -> bytes:
        """The next bytes. Raises `TooSlow`, from then on each time."""
        if self._is_given_up:
            raise TooSlow
        own = self._sock.gettimeout()
        try:
            found = self._there(size)
            found = self._waited_for(size, own) if found is None else found
        except TimeoutError:
            self._is_given_up = True
            raise
        finally:
            self._sock.settimeout(own)
        self._until += len(found) / _SLOWEST
        return found

    def _there(self, size: int) -> bytes | None:
        self._sock.settimeout(0)
        try:
            return self._sock.recv(size)
        except BlockingIOError:
            return None

    def _waited_for(self, size: int, own: float | None) -> bytes:
        with suppress(TimeoutError):
            return self._within(_SHORT_WAIT, own, size)
        with self._place():
            return self._within(self._until - time.monotonic(), own, size)

    def _within(self, seconds: float, own: float | None, size: int) -> bytes:
        """What comes in time, by this rule and by whoever set the socket's own."""
        bounded = seconds if own is None else min(seconds, own)
        if bounded <= 0:
            raise TooSlow
        self._sock.settimeout(bounded)
        return self._sock.recv(size)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """One of the places for those who wait long. Raises `TooSlow` where there is none."""
        if not self._waits.acquire(blocking=False):
            raise TooSlow
        try:
            yield
        finally:
            self._waits.release()


class Connection(TConn):  # type: ignore[misc]  # the package has no types
    """gunicorn's own, closed without a wait."""

    head: bytearray
    leave: Callable[["Connection"], None]

    def close(self, graceful: bool = False) -> None:  # noqa: FBT001, FBT002 - gunicorn's signature
        """At once; `graceful`: so that an answer on its way still arrives."""
        if graceful:
            self.leave(self)
        else:
            super().close()


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # the package has no types
    """`gthread`, which gathers the head of each request before a thread is asked for."""

    def init_process(self) -> None:
        """Half the threads may wait for slow bodies."""
        self._waits = BoundedSemaphore(max(1, self.cfg.threads // 2))
        self._leaving: deque[Connection] = deque()
        super().init_process()

    def accept(self, listener: Any) -> None:  # noqa: ANN401 - gunicorn's socket
        """Take a connection in, and wait for its first request."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        conn = Connection(self.cfg, client, address, listener.getsockname())
        conn.leave = self._leave
        self._gather(conn)

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Gather the next request of a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn)

    def on_pending_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Take what is there; once it is enough, or the client's last, the request is a thread's."""
        piece = _there(client)
        if piece is None:
            return
        conn.head += piece
        if piece and not _is_enough(conn.head):
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if conn.head:
            self._hand_over(conn)
        else:
            self.nr_conns -= 1
            conn.close()

    def murder_pending(self) -> None:
        """Close what had its time."""
        super().murder_pending()
        while self._leaving and self._leaving[0].timeout <= time.monotonic():
            self._gone(self._leaving[0])

    def _gather(self, conn: Connection) -> None:
        conn.head = bytearray()
        conn.timeout = time.monotonic() + GATHER_SECONDS
        self.pending_conns.append(conn)  # in the order in which they end, as all get the same time
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _leave(self, conn: Connection) -> None:
        """Say that no more comes, and drop what still comes in until the client goes too (RFC 9112, 9.6)."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.settimeout(0)
        except OSError:
            conn.close()
            return
        conn.timeout = time.monotonic() + _LEAVE_SECONDS
        self._leaving.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._drop, conn))
        if len(self._leaving) > _MOST_LEAVING:
            self._gone(self._leaving[0])

    def _drop(self, conn: Connection, client: socket.socket) -> None:
        if _there(client) == b"":
            self._gone(conn)

    def _gone(self, conn: Connection) -> None:
        self._leaving.remove(conn)
        self.poller.unregister(conn.sock)
        conn.close()

    def _hand_over(self, conn: Connection) -> None:
        conn.init()
        unreader = conn.parser.unreader
        if not isinstance(unreader.sock, BoundedSocket):
            unreader.sock = BoundedSocket(unreader.sock, self._waits)
        unreader.sock.begin()
        unreader.unread(bytes(conn.head))
        conn.data_ready = True
        self.enqueue_req(conn)


def _there(client: socket.socket) -> bytes | None:
    """What has come in; nothing after the client's last, None while it may still send."""
    try:
        return client.recv(_PIECE)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _is_enough(gathered: bytearray) -> bool:
    """Whether a thread can begin: with the head, and a small body that nobody has to be asked for.

    What it means is for the parser to say, which reads it all again.
    """
    head, end, body = gathered.partition(_END)
    if not end:
        return len(gathered) >= _MOST_HEAD
    told = _LENGTH.search(head + b"\r\n")
    wanted = int(told[1]) if told and not _ASKS_FIRST.search(head) else 0
    return wanted > _SMALL_BODY or len(body) >= wanted
