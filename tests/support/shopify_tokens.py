"""Shopify's token endpoint on this machine, with the rotation it documents (offline access tokens, 2026-10).

A renewal gives a new pair; the pair it came from may be renewed again until the new one's renewing token was used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import Any

import jwt

from plugin.domain.shop_domain import ShopDomain

Json = dict[str, Any]
SCOPES = "read_orders,write_returns"
TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"
OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token"
ONLINE = "urn:shopify:params:oauth:token-type:online-access-token"


@dataclass(frozen=True)
class Answer:
    status: int
    body: Json | str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class TokenEndpoint:
    """`asked` is what came; `trouble` is answered first, one entry a question."""

    client: str
    secret: str
    origin_url: str = ""
    asked: list[Json] = field(default_factory=list)
    trouble: list[Answer] = field(default_factory=list)
    refresh: dict[str, str | None] = field(default_factory=dict)
    """Renewing tokens that work -> the one they came from, which works until this one is used."""
    old_kind: set[str] = field(default_factory=lambda: {"shpat_for_ever"})
    codes: set[str] = field(default_factory=lambda: {"code-once"})
    users: dict[str, Json] = field(default_factory=dict)
    """By the session token's `sub`: what is told of somebody with an online token."""
    numbers: Iterator[int] = field(default_factory=count)
    scopes: str = SCOPES
    """What is granted from now on."""

    def origin(self, _: ShopDomain) -> str:
        return self.origin_url

    def answer(self, path: str, asked: Json) -> Answer:
        self.asked.append(asked)
        if self.trouble:
            return self.trouble.pop(0)
        if path != "/admin/oauth/access_token":
            return Answer(404, "not here")
        if (asked.get("client_id"), asked.get("client_secret")) != (self.client, self.secret):
            return refused("invalid_client")
        return self._granted(asked)

    def _granted(self, asked: Json) -> Answer:
        match asked:
            case {"grant_type": "refresh_token", "refresh_token": str(used)}:
                return self._renewed(used)
            case {"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": str(subject)}:
                return self._exchanged(subject, asked)
            case {"code": str(code), "expiring": 1} if code in self.codes:
                self.codes.remove(code)
                return self._pair(None)
        return refused("invalid_request")

    def _exchanged(self, subject: str, asked: Json) -> Answer:
        if asked.get("requested_token_type") == ONLINE:
            return self._online(subject)
        if str(asked.get("expiring")) != "1" or asked.get("requested_token_type") != OFFLINE:
            return refused("invalid_request")
        if asked.get("subject_token_type") == OFFLINE and subject in self.old_kind:
            self.old_kind.remove(subject)
            return self._pair(None)
        is_session = asked.get("subject_token_type") == ID_TOKEN and subject.count(".") == 2
        return self._pair(None) if is_session else refused("invalid_subject_token")

    def _online(self, subject: str) -> Answer:
        user = jwt.decode(subject, options={"verify_signature": False})["sub"]
        told = {"id": int(user), "email": f"{user}@shop.example", "email_verified": True, "account_owner": False}
        about = {"associated_user_scope": SCOPES, "associated_user": told | self.users.get(user, {})}
        return Answer(200, {"access_token": "shpat_online", "scope": SCOPES, "expires_in": 86399, **about})

    def _renewed(self, used: str) -> Answer:
        if used not in self.refresh:
            return refused("invalid_grant")
        before = self.refresh[used]
        if before is not None:
            self.refresh.pop(before, None)
            self.refresh[used] = None
        return self._pair(used)

    def _pair(self, before: str | None) -> Answer:
        number = next(self.numbers)
        refresh = f"shprt_{number}"
        self.refresh[refresh] = before
        return Answer(
            200,
            {
                "access_token": f"shpat_{number}",
                "scope": self.scopes,
                "expires_in": 3600,
                "refresh_token": refresh,
                "refresh_token_expires_in": 7776000,
            },
        )


def refused(error: str, status: int = 400) -> Answer:
    return Answer(status, {"error": error, "error_description": "as Shopify words it"})


@contextmanager
def serving(endpoint: TokenEndpoint) -> Iterator[TokenEndpoint]:
    """Serve it at `origin_url`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            given = endpoint.answer(self.path, asked)
            body = (given.body if isinstance(given.body, str) else json.dumps(given.body)).encode()
            self.send_response(given.status)
            for name, value in {**given.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint.origin_url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
