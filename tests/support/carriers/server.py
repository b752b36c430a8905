"""A small carrier service on loopback: answers by its documents; on demand it stalls, fails, lies or talks too much."""

from __future__ import annotations

import json
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `stalls`: its head comes, its body never does."""

    status: int = 200
    body: object = b""
    headers: tuple[tuple[str, str], ...] = ()
    stalls: bool = False

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


class Service(Protocol):
    """What a carrier's documents say it answers."""

    def answer(self, request: Request) -> Reply: ...


@dataclass(slots=True)
class CarrierServer:
    """A service over HTTP. `faults` come first; `twist` changes what the service answers on its way out."""

    service: Service
    faults: deque[Reply] = field(default_factory=deque)
    twist: Callable[[Json], object] | None = None
    asked: list[Request] = field(default_factory=list)
    address: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def fail(self, *replies: Reply) -> None:
        """Answer the next requests so instead."""
        self.faults.extend(replies)

    def reply(self, request: Request) -> Reply:
        self.asked.append(request)
        if self.faults:
            return self.faults.popleft()
        reply = self.service.answer(request)
        if self.twist is None or isinstance(reply.body, bytes):
            return reply
        return Reply(reply.status, self.twist(json.loads(reply.content)), reply.headers)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """That somebody hung up is part of the play."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as they come


@contextmanager
def serving(service: Service) -> Iterator[CarrierServer]:
    """Run it on a free port of this machine."""
    server = CarrierServer(service)

    class Handler(_Handler):
        carrier = server

    with _Listener(("127.0.0.1", 0), Handler) as listener:
        server.address = f"http://127.0.0.1:{listener.server_address[1]}"
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            listener.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    carrier: CarrierServer

    def do_GET(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def _take(self) -> None:
        parts = urlsplit(self.path)
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(parts.query))
        body = _read(headers.get("content-type", ""), sent)
        reply = self.carrier.reply(Request(self.command, parts.path, query, headers, body))
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.content) + reply.stalls))
        self.end_headers()
        if reply.stalls:
            self.wfile.flush()
            self.carrier.closing.wait(20)
            self.close_connection = True
            return
        try:
            self.wfile.write(reply.content)
        except OSError:
            self.close_connection = True  # who asked has had enough

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def _read(kind: str, sent: bytes) -> object:
    """A body by what it says it is: a form as pairs, XML as text, all else JSON."""
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(sent.decode()))
    if kind.startswith("text/"):
        return sent.decode()
    return json.loads(sent) if sent else None
