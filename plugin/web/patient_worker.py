"""A gunicorn worker whose threads wait for nobody: slow lines are waited for beside them, and not for ever.

gunicorn's `gthread` gives a thread to a connection as soon as a byte is there, and lets it wait for the rest as long as
the client likes: as many stalled clients as there are threads, and nobody is answered any more. Here the head of a
request is gathered without a thread, and a small body with it. A large one is waited for by its thread, and so is a
client that does not read its answer; longer waits are few at once, so that most threads stay free, and each ends when
less comes in, or goes out, than the slowest line worth waiting for carries. Where a process holds as many connections
as it may, whoever has been silent for longest makes room for who comes. And where gunicorn closes a connection, for
two seconds at the most, it is not the one thread that all wait for that looks on until the client has gone.
"""

import re
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EPIPE
from functools import partial
from selectors import EVENT_READ
from threading import BoundedSemaphore
from typing import Any, Final, TypeVar

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
"""Seconds that any thread may wait for the next bytes of a body or an answer."""
_SHORT_WAITS: Final = 0.5
"""All of them together."""
_WAIT_SECONDS: Final = 10.0
_NOT_ACCEPTING_SECONDS: Final = 0.5
"""After a connection could not be taken in, most likely for want of file descriptors."""
_LEAVE_SECONDS: Final = 2.0
_MOST_LEAVING: Final = 256
_SLOWEST: Final = 8 * 1024
"""Bytes a second that lengthen the time a body or an answer has."""

_T = TypeVar("_T")


class TooSlow(TimeoutError):
    """The client is too slow, or too many are slow; what reads the body answers 400, as for one that was cut off."""

    def __init__(self) -> None:
        super().__init__(EPIPE, "too slow")  # which gunicorn does not log as an error


class _Patience:
    """How long one body, or one answer, is still waited for."""

    def __init__(self) -> None:
        self.left = _WAIT_SECONDS
        self.waited = 0.0

    def spend(self, seconds: float) -> None:
        self.left -= seconds
        self.waited += seconds

    def lengthen(self, size: int) -> None:
        self.left = min(_WAIT_SECONDS, self.left + size / _SLOWEST)


class BoundedSocket:
    """What a request is read from and answered to: it waits by the rules above; everything else is the socket's own."""

    def __init__(self, sock: socket.socket, waits: BoundedSemaphore) -> None:
        self._sock = sock
        self._waits = waits
        self.begin()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the socket has
        return getattr(self._sock, name)

    def begin(self) -> None:
        """Another request begins."""
        self._reading = _Patience()
        self._sending = _Patience()

    def recv(self, size: int) -> bytes:
        """The next bytes. Raises `TooSlow`, from then on each time."""
        found = self._bounded(self._reading, partial(self._sock.recv, size))
        self._reading.lengthen(len(found))
        return found

    def send(self, data: bytes | memoryview) -> int:
        """How many bytes went. Raises `TooSlow`, from then on each time."""
        sent = self._bounded(self._sending, partial(self._sock.send, data))
        self._sending.lengthen(sent)
        return sent

    def sendall(self, data: bytes) -> None:
        """Send it all, as `send` does."""
        rest = memoryview(data)
        while rest:
            rest = rest[self.send(rest) :]

    def there(self) -> bytes | None:
        """What has come in; nothing after the client's last, None while it may still send. Waits for nothing."""
        try:
            return self._sock.recv(_PIECE, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def _bounded(self, patience: _Patience, act: Callable[[], _T]) -> _T:
        if patience.left <= 0:
            raise TooSlow
        own = self._sock.gettimeout()
        try:
            self._sock.settimeout(0)
            with suppress(BlockingIOError):
                return act()
            return self._waited_for(patience, act, own)
        except TimeoutError:
            patience.left = 0.0
            raise
        finally:
            self._sock.settimeout(own)

    def _waited_for(self, patience: _Patience, act: Callable[[], _T], own: float | None) -> _T:
        with suppress(TimeoutError):
            return self._within(min(_SHORT_WAIT, _SHORT_WAITS - patience.waited), patience, act, own)
        with self._place():
            return self._within(patience.left, patience, act, own)

    def _within(self, seconds: float, patience: _Patience, act: Callable[[], _T], own: float | None) -> _T:
        """What is done in time, by this rule and by whoever set the socket's own."""
        bounded = seconds if own is None else min(seconds, own)
        if bounded <= 0:
            raise TooSlow
        began = time.monotonic()
        self._sock.settimeout(bounded)
        try:
            return act()
        finally:
            patience.spend(time.monotonic() - began)

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
    is_turned_out = False

    def close(self, graceful: bool = False) -> None:  # noqa: FBT001, FBT002 - gunicorn's signature
        """At once; `graceful`: so that an answer on its way still arrives."""
        if graceful:
            self.leave(self)
        else:
            super().close()


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # the package has no types
    """`gthread`, which gathers the head of each request before a thread is asked for."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - gunicorn's signature
        """Half the threads may wait for slow clients."""
        super().__init__(*given, **named)
        self.cfg.set("sendfile", False)  # noqa: FBT003 - gunicorn's; it would wait beside `BoundedSocket.send`
        self._accept_from = 0.0
        self._waits = BoundedSemaphore(max(1, self.cfg.threads // 2))
        self._leaving: deque[Connection] = deque()

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's signature
        """What gunicorn asks for in every round, but not right after a failure."""
        super().set_accept_enabled(enabled and time.monotonic() >= self._accept_from)

    def accept(self, listener: Any) -> None:  # noqa: ANN401 - gunicorn's socket
        """Take a connection in, and wait for its first request; where that fails, take none in for a moment."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        except OSError as error:
            self.log.warning("No connection is taken in for a moment: %s", error.strerror)
            self._accept_from = time.monotonic() + _NOT_ACCEPTING_SECONDS
            self.set_accept_enabled(False)
            return
        self.nr_conns += 1
        conn = Connection(self.cfg, BoundedSocket(client, self._waits), address, listener.getsockname())
        conn.leave = self._leave
        self._gather(conn)
        self._make_room()

    def enqueue_req(self, conn: Connection) -> None:
        """Ask for a thread; gunicorn does so itself where the next request came in with the last."""
        conn.sock.begin()
        super().enqueue_req(conn)

    def on_client_socket_readable(self, conn: Connection, client: BoundedSocket) -> None:
        """Gather the next request of a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn)

    def on_pending_socket_readable(self, conn: Connection, client: BoundedSocket) -> None:
        """Take what is there; once it is enough, or the client's last, the request is a thread's."""
        piece = None if conn.is_turned_out else client.there()  # it may be so since this round's events were told
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

    def _make_room(self) -> None:
        """Turn out who has kept us waiting for longest: clients that say nothing fill no process for the others."""
        while self.nr_conns >= self.worker_connections and self.pending_conns:
            conn = self.pending_conns.popleft()
            conn.is_turned_out = True
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()

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
        self.poller.register(conn.sock, EVENT_READ, partial(self._drop, conn))
        self._leaving.append(conn)
        self.nr_conns += 1  # it holds a file descriptor still
        if len(self._leaving) > _MOST_LEAVING:
            self._gone(self._leaving[0])

    def _drop(self, conn: Connection, client: BoundedSocket) -> None:
        if client.there() == b"":
            self._gone(conn)

    def _gone(self, conn: Connection) -> None:
        """Once only, though it may be the one to make room in the very round in which it goes."""
        if conn not in self._leaving:
            return
        self._leaving.remove(conn)
        self.nr_conns -= 1
        self.poller.unregister(conn.sock)
        conn.close()

    def _hand_over(self, conn: Connection) -> None:
        conn.init()
        conn.parser.unreader.unread(bytes(conn.head))
        conn.data_ready = True
        self.enqueue_req(conn)


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
