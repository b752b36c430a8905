"""A small store on loopback that embeds the widgets under the strictest content security policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import msgspec
from jinja2 import Environment, FileSystemLoader, PrefixLoader

from plugin.i18n import catalogue
from plugin.web.storefront.schemas import (
    Answer,
    ClaimEntryAnswer,
    EntitlementsAnswer,
    Link,
    PolicyAnswer,
    ProductInformationAnswer,
)

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "widgets" / "contract" / "examples"
TEMPLATES = ROOT / "plugin" / "web" / "storefront" / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".html": "text/html",
    ".svg": "image/svg+xml",
}
PAGE = """{% import "storefront/widgets.html" as widgets %}<!doctype html>
<html lang="{{ lang }}" dir="{{ dir }}"><head><meta charset="utf-8"><title>A store</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/store.css">{{ widgets.assets() }}</head>
<body><main><h1>Trail lantern</h1>BODY<p id="below">Below the widgets.</p></main></body></html>"""
STORE_CSS = (
    "body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1c1b1a;background:#fff}main{padding:1rem;max-width:44rem}"
    ".sidebar{max-width:20rem}.sidebar>*{padding:1rem}"
)
"""`sidebar`: beside the form of a checkout, in a store that pads whatever is put there."""


def policy(language: str = "en") -> PolicyAnswer:
    """Return the example policy answer in a language, of a shop that has a policy page."""
    answer = msgspec.json.decode((EXAMPLES / language / "policy").read_bytes(), type=PolicyAnswer)
    page = Link(text=catalogue(language).text("badge.details"), url="/policies/returns")
    return msgspec.structs.replace(answer, details=page)


def entitlements(language: str = "en") -> EntitlementsAnswer:
    """Return the example entitlements answer in a language."""
    file = EXAMPLES / language / "orders" / "example" / "entitlements"
    return msgspec.json.decode(file.read_bytes(), type=EntitlementsAnswer)


def product_information(language: str = "en") -> ProductInformationAnswer:
    """Return the example of what stands beside a product; its files are the store's."""
    text = (EXAMPLES / language / "product-information").read_text("utf-8")
    text = text.replace("../product-information/", "/widgets/product-information/")
    return msgspec.json.decode(text, type=ProductInformationAnswer)


def claim_entry(language: str = "en") -> ClaimEntryAnswer:
    """Return the example of the way into a claim."""
    return msgspec.json.decode((EXAMPLES / language / "claim-entry").read_bytes(), type=ClaimEntryAnswer)


@cache
def _templates() -> Environment:
    loader = PrefixLoader({"storefront": FileSystemLoader(TEMPLATES / "storefront")})
    environment = Environment(loader=loader, autoescape=True)
    environment.globals["url_for"] = lambda _, filename: f"/static/{filename}"
    environment.globals["nonce"] = lambda: "one-of-somebody-elses"  # this store's policy allows its own files
    return environment


def render(body: str, **values: object) -> str:
    """Return a store's page with the macros' words in it."""
    return _templates().from_string(PAGE.replace("BODY", body)).render({"lang": "en", "dir": "ltr"} | values)


@dataclass
class Store:
    """What the store serves; tests fill it. Answers wait for `gate`, so a test can look at the page before them."""

    url: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[HTTPStatus, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    """Pictures."""
    gate: Event = field(default_factory=Event)

    def show(self, body: str, **values: object) -> str:
        """Publish a page and return its address."""
        path = f"/page-{len(self.pages)}.html"
        self.pages[path] = render(body, **values)
        return self.url + path

    def answer(self, path: str, answer: Answer) -> None:
        """Answer this path below `/storefront/v1/` from now on."""
        self.answers[path] = (HTTPStatus.OK, msgspec.json.encode(answer))

    def questions(self, name: str) -> list[dict[str, list[str]]]:
        """Return the parameters of every question whose path ends so."""
        return [parse_qs(urlsplit(path).query) for path in self.asked if urlsplit(path).path.endswith(name)]

    def respond(self, target: str) -> tuple[HTTPStatus, str, bytes]:
        """Return status, media type and body for a request."""
        path = urlsplit(target).path
        if path in self.pages:
            return HTTPStatus.OK, "text/html; charset=utf-8", self.pages[path].encode()
        if path == "/store.css":
            return HTTPStatus.OK, "text/css", STORE_CSS.encode()
        if path.startswith("/static/widgets/"):
            file = ROOT / path[1:]
            return HTTPStatus.OK, TYPES[file.suffix], file.read_bytes()
        if path.startswith("/widgets/"):
            self.fetched.append(path)
            file = ROOT / path[1:]
            return HTTPStatus.OK, TYPES[file.suffix], file.read_bytes()
        if path.startswith("/storefront/v1/"):
            self.asked.append(target)
            self.gate.wait(10)
            status, body = self.answers.get(path.removeprefix("/storefront/v1/"), (HTTPStatus.NOT_FOUND, b"{}"))
            return status, "application/json", body
        return HTTPStatus.NOT_FOUND, "text/plain", b""


@contextmanager
def serving() -> Iterator[Store]:
    """Run a store until the block ends; answers flow at once unless the gate is closed."""
    store = Store()
    store.gate.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, media_type, body = store.respond(self.path)
            self.send_response(status)
            for name, value in (
                ("Content-Type", media_type),
                ("Content-Length", str(len(body))),
                ("Content-Security-Policy", POLICY),
                ("Cache-Control", "no-store"),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's name for it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    store.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        store.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()


def copied(answer: Answer, **changes: object) -> dict[str, object]:
    """Return an answer as plain JSON values with some of them changed."""
    values: dict[str, object] = json.loads(msgspec.json.encode(answer))
    return values | changes
