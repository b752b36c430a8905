"""The Admin API's HTTP on loopback: tokens, points, files of bulk operations, and misbehaviour on demand."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from plugin.domain.shop_domain import ShopDomain

TOKEN = "shpat_" + "0a" * 16
PATH = "/admin/api/2026-10/graphql.json"
Answer = Callable[[str, dict[str, Any], str | None], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out instead of an answer; `length` lies about the body's."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in."""

    operation: str | None
    variables: dict[str, Any]
    headers: dict[str, str]


@dataclass(slots=True)
class Points:
    """The bucket; it fills up while the client waits, which no test really does."""

    maximum: float = 2000.0
    available: float = 2000.0
    rate: float = 100.0

    def fill(self, seconds: float) -> None:
        self.available = min(self.available + seconds * self.rate, self.maximum)

    def status(self) -> dict[str, float]:
        return {"maximumAvailable": self.maximum, "currentlyAvailable": self.available, "restoreRate": self.rate}


@dataclass(slots=True)
class AdminServer:
    """One shop's endpoint. `price` says what an operation asks for; it is charged a third of that."""

    answer: Answer
    files: dict[str, bytes] = field(default_factory=dict)
    token: str = TOKEN
    points: Points = field(default_factory=Points)
    price: Callable[[str | None], float] = lambda _: 30.0
    asked: list[Asked] = field(default_factory=list)
    scripted: deque[Reply] = field(default_factory=deque)
    lost: int = 0
    """Commands that are still to be carried out without anybody hearing of it."""
    paths: list[str] = field(default_factory=list)
    address: str = ""

    def origin(self, _: ShopDomain) -> str:
        """Where the client finds the shop."""
        return self.address

    def misbehave(self, *replies: Reply) -> None:
        """Answer the next calls so instead."""
        self.scripted.extend(replies)

    def names(self) -> list[str | None]:
        """The operations asked for so far."""
        return [asked.operation for asked in self.asked]

    def reply(self, headers: dict[str, str], body: bytes) -> Reply:
        """What a call is answered with."""
        call = json.loads(body)
        asked = Asked(call.get("operationName"), call.get("variables") or {}, headers)
        self.asked.append(asked)
        if self.scripted:
            return self.scripted.popleft()
        if self.lost and call["query"].lstrip().partition("\nmutation ")[1]:
            self.lost -= 1
            self.answer(call["query"], asked.variables, asked.operation)
            return Reply(502)
        if headers.get("x-shopify-access-token") != self.token:
            return Reply(401, b'{"errors":"[API] Invalid API key or access token"}')
        return Reply(200, json.dumps(self._charged(call, asked)).encode())

    def _charged(self, call: dict[str, Any], asked: Asked) -> dict[str, Any]:
        """The answer and its cost; one that is not let in is not carried out (shopify.dev, "API limits")."""
        price = self.price(asked.operation)
        cost: dict[str, Any] = {"requestedQueryCost": price, "actualQueryCost": None}
        if price > self.points.available:
            error = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
            return {"errors": [error], "extensions": {"cost": {**cost, "throttleStatus": self.points.status()}}}
        answer = self.answer(call["query"], asked.variables, asked.operation)
        self.points.available -= price / 3
        cost |= {"actualQueryCost": price / 3, "throttleStatus": self.points.status()}
        return {**answer, "extensions": {"cost": cost}}


@contextmanager
def serving(server: AdminServer) -> Iterator[AdminServer]:
    """Serve it while the test lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.paths.append(self.path)
            known = self.path == PATH
            reply = server.reply({k.lower(): v for k, v in self.headers.items()}, body) if known else Reply(404)
            self._send(reply)

        def do_GET(self) -> None:
            server.paths.append(self.path)
            found = server.files.get(self.path)
            is_shown_token = "X-Shopify-Access-Token" in self.headers
            self._send(Reply(404) if found is None or is_shown_token else Reply(200, found))

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            self.end_headers()
            self.wfile.write(reply.body)
            self.close_connection = reply.length is not None

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server.address = f"http://127.0.0.1:{listening.server_address[1]}"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
