"""Sendcloud on loopback: its documented answers, a check of every body by its documented schema, faults on demand."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator

from tests.support.repository import ROOT

PAYLOADS = ROOT / "tests/payloads/sendcloud"
ANSWERS: dict[str, Any] = json.loads((PAYLOADS / "answers.json").read_text())
SCHEMA: dict[str, Any] = json.loads((PAYLOADS / "create-return.schema.json").read_text())
LABEL = b"%PDF-1.4\n% the carrier's label\n%%EOF\n"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer out of turn; `hangs`: the work is done, and the connection closed without a word."""

    status: int = 500
    body: Json | bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    hangs: bool = False


@dataclass(slots=True)
class SendcloudServer:
    """The service with one account. `returns` holds what was announced, by its id."""

    key: str = "pk_1"
    secret: str = "sk_1"
    returns: dict[int, Json] = field(default_factory=dict)
    bodies: list[Json] = field(default_factory=list)
    faults: deque[tuple[str, Reply]] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    page: int = 40
    address: str = ""

    def fail(self, path: str, *replies: Reply) -> None:
        """Answer the next requests to a path that begins so instead."""
        self.faults.extend((path, reply) for reply in replies)

    def answer(self, method: str, path: str, query: dict[str, str], body: Json) -> Reply:
        """What the documents say it answers."""
        if (method, path) == ("POST", "/returns/announce-synchronously"):
            return self._announce(body)
        if (method, path) == ("GET", "/returns"):
            return self._list(query)
        if method == "GET" and path.startswith("/returns/"):
            found = self.returns.get(int(path.rsplit("/", 1)[1]))
            return Reply(200, shown(found)) if found else Reply(404)
        if method == "GET" and path.startswith("/parcels/") and path.endswith("/documents/label"):
            parcel = int(path.split("/")[2])
            is_there = any(each["parcel_id"] == parcel for each in self.returns.values())
            return Reply(200, LABEL) if is_there else Reply(404, ANSWERS["document_not_found"])
        self.wrong.append(f"{method} {path}")
        return Reply(404)

    def _announce(self, body: Json) -> Reply:
        self.bodies.append(body)
        unknown = body.keys() - SCHEMA["properties"].keys()
        faults = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(body)]
        self.wrong += [f"unknown field {name}" for name in unknown] + faults
        used = {each["external_reference"] for each in self.returns.values()}
        if body["external_reference"] in used:
            return Reply(400, ANSWERS["reference_used"])
        made = {**ANSWERS["created"], "return_id": 12345 + len(self.returns), "parcel_id": 67880 + len(self.returns)}
        self.returns[made["return_id"]] = {**made, **body}
        return Reply(201, made)

    def _list(self, query: dict[str, str]) -> Reply:
        if not {"from_date", "to_date"} <= query.keys():
            self.wrong.append("a list without dates")
        rows = [shown(each) for each in self.returns.values()]
        start = int(query.get("cursor", "0"))
        page = {"previous": None, "data": rows[start : start + self.page]}
        if start + self.page < len(rows):
            page["next"] = f"http://elsewhere.example/api/v3/returns?cursor={start + self.page}&page_size={self.page}"
        return Reply(200, page)


def shown(made: Json) -> Json:
    """A return as the documents' example shows one: without our reference and without the parcel's id."""
    row: Json = deepcopy(ANSWERS["list"]["data"][0])
    label = f"https://panel.sendcloud.sc/api/v3/parcels/{made['parcel_id']}/documents/label"
    return {**row, "order_number": made["order_number"], "label_url": label, "label": {"label_printer": label}}


@contextmanager
def serving(server: SendcloudServer) -> Iterator[SendcloudServer]:
    """Run it on a free port of this machine."""

    class Handler(_Handler):
        service = server

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        server.address = f"http://127.0.0.1:{listener.server_address[1]}"
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    service: SendcloudServer

    def do_GET(self) -> None:
        self._take("GET")

    def do_POST(self) -> None:
        self._take("POST")

    def _take(self, method: str) -> None:
        parts = urlsplit(self.path)
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        self.service.asked.append(f"{method} {parts.path}")
        reply = self._reply(method, parts.path, dict(parse_qsl(parts.query)), body)
        if reply.hangs:
            self.close_connection = True
            return
        content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _reply(self, method: str, path: str, query: dict[str, str], body: Json) -> Reply:
        server = self.service
        keys = b64encode(f"{server.key}:{server.secret}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {keys}":
            return Reply(401, {"errors": [{"code": "forbidden", "message": "Invalid credentials."}]})
        fault = next((each for each in server.faults if path.startswith(each[0])), None)
        if fault is None:
            return server.answer(method, path, query, body)
        server.faults.remove(fault)
        if fault[1].hangs:
            server.answer(method, path, query, body)
        return fault[1]

    def log_message(self, *_: object) -> None:
        """Stay silent."""
