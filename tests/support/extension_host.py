"""A page that runs our extensions as Shopify does: their bundle, `s-*` elements, signed tokens, the shopper's own API.

Its origin is another than the app's, so that a browser asks here too before it lets a page read an answer.
"""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import graphql as gql

from tests.support.repository import ROOT
from tests.support.shopify_admin.schema import CUSTOMER, schema

STAGE = ROOT / "tests" / "support" / "extension_stage"
EXTENSIONS = ROOT / "extensions"
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>At Shopify</title>
<script type="application/json" id="scene">{scene}</script><script src="/elements.js"></script></head>
<body></body><script src="/host.js"></script></html>"""


@dataclass
class Account:
    """What Shopify's Customer Account API knows of whoever is signed in: ids of orders, and their returns."""

    orders: Sequence[str] = ()
    returns: Mapping[str, Sequence[tuple[str, str, int, int]]] = field(default_factory=dict)
    """Of an order's id: state, line, units, and how many of it were not refunded."""

    def answer(self, asked: Mapping[str, Any]) -> object:
        """What Shopify's schema makes of it; a document it does not take is an error there."""
        root = {"customer": {"orders": self._orders}, "order": self._order}
        done = gql.graphql_sync(schema(CUSTOMER), asked["query"], root, variable_values=asked["variables"])
        return done.formatted

    def _orders(self, _info: object, first: int, after: str | None = None, **_order: object) -> object:
        begin = self.orders.index(after) + 1 if after else 0
        page = self.orders[begin : begin + first]
        more = begin + first < len(self.orders)
        nodes = [{"id": f"gid://shopify/Order/{each}"} for each in page]
        return {"nodes": nodes, "pageInfo": {"hasNextPage": more, "endCursor": page[-1] if page else None}}

    def _order(self, _info: object, id: str) -> object:  # noqa: A002 - Shopify's name for it
        made = [_return(*each) for each in self.returns.get(id.rpartition("/")[2], ())]
        return {"returns": {"nodes": made}}


def _return(status: str, line: str, units: int, refundable: int) -> object:
    item = {"id": f"gid://shopify/LineItem/{line}", "refundableQuantity": refundable}
    return {
        "status": status,
        "returnLineItems": {"nodes": [{"__typename": "ReturnLineItem", "quantity": units, "lineItem": item}]},
    }


@dataclass
class Host:
    """Shopify, as an extension sees it; `token` signs in whoever the account is of."""

    address: str
    files: dict[str, str]
    token: Callable[[], str]
    account: Account = field(default_factory=Account)

    def stage(self, extension: str, target: str, app: str, **scene: object) -> str:
        """The address of a page where one target of an extension runs that was built for an app's address."""
        words = EXTENSIONS / extension / "locales" / "en.default.json"
        usual: dict[str, object] = {
            "target": target,
            "country": "DE",
            "language": "en",
            "customer": True,
            "order": "gid://shopify/Order/6501",
            "lines": [],
            "settings": {},
            "address": "extension:aftercare-returns/",
            "words": json.loads(words.read_text()) if words.exists() else {},
        }
        self.files["/extension.js"] = bundle(extension, app)
        self.files["/"] = PAGE.replace("{scene}", json.dumps(usual | scene).replace("<", "\\u003c"))
        return f"{self.address}/"


@cache
def bundle(extension: str, app: str) -> str:
    """One script of all its targets, as Shopify's CLI 4.8.2 puts them together (it too runs esbuild)."""
    folder = EXTENSIONS / extension
    (settings,) = tomllib.loads((folder / "shopify.extension.toml").read_text())["extensions"]
    targets = list(enumerate(settings["targeting"]))
    imports = "".join(f"import T{no} from {json.dumps(each['module'])};" for no, each in targets)
    extend = "".join(f"shopify.extend({json.dumps(each['target'])}, (...a) => T{no}(...a));" for no, each in targets)
    options = ("--bundle", "--format=iife", "--jsx=automatic", "--loader=tsx", "--log-level=error")
    define = f"--define:process.env.PUBLIC_URL={json.dumps(app)}"
    command = [ESBUILD, *options, define]
    done = subprocess.run(command, cwd=folder, input=imports + extend, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def hosting(token: Callable[[], str]) -> Iterator[Host]:
    """Serve it on a port of its own."""
    files = {f"/{name}": (STAGE / name).read_text() for name in ("elements.js", "host.js")}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    host = Host(f"http://127.0.0.1:{server.server_port}", files, token)
    server.host = host  # type: ignore[attr-defined]  # how a handler knows it
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        host: Host = self.server.host  # type: ignore[attr-defined]  # set above
        if self.path == "/token":
            self._send("text/plain", host.token())
        else:
            kind = "text/javascript" if self.path.endswith(".js") else "text/html"
            self._send(kind, host.files.get(self.path, ""))

    def do_POST(self) -> None:
        host: Host = self.server.host  # type: ignore[attr-defined]  # set above
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._send("application/json", json.dumps(host.account.answer(asked)))

    def _send(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
