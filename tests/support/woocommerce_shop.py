"""A WooCommerce shop on loopback: the REST API v3 over recorded data, as recorded of 10.5, misbehaviour on demand.

What was not recorded is not answered: an endpoint or a parameter it does not know fails the test that sent it.
"""

from __future__ import annotations

import json
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from tests.support.woocommerce import PAYLOADS, Record, recorded_list, recorded_orders, recorded_refunds
from tests.support.woocommerce_auth import Keys, Query, Reply, recorded, refusal
from tests.support.woocommerce_hooks import webhook_reply

ZONE = ZoneInfo("Europe/Berlin")
KNOWN = {
    "per_page", "page", "orderby", "order", "modified_after", "modified_before", "dates_are_gmt", "include", "_fields",
    "offset", "consumer_key", "consumer_secret", "oauth_consumer_key", "oauth_timestamp", "oauth_nonce",
    "oauth_signature", "oauth_signature_method", "force",
}  # fmt: skip
SORTS: dict[str, Callable[[Record], Any]] = {
    "id": lambda record: record["id"],
    "modified": lambda record: (record["date_modified_gmt"], record["id"]),
    "date": lambda record: (record["date_created_gmt"], record["id"]),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in."""

    method: str
    endpoint: str
    query: dict[str, str]
    authorization: str
    host: str
    connection: int
    body: bytes = b""


@dataclass(slots=True)
class WooCommerceShop:
    """The shop: its records, its keys, and how its host behaves. Change it while it is being read."""

    orders: dict[int, Record] = field(default_factory=dict)
    refunds: dict[int, list[Record]] = field(default_factory=dict)
    products: dict[int, Record] = field(default_factory=dict)
    variations: dict[int, Record] = field(default_factory=dict)
    webhooks: dict[int, Record] = field(default_factory=dict)
    keys: Keys = field(default_factory=Keys)
    fulfillments: dict[int, list[Record]] | None = None
    """Of WooCommerce's own feature by that name; None: it is off, as it is by default."""
    folder: str = ""
    name: str = "Woo Test Store"
    sees_tls: bool = False
    strips_authorization: bool = False
    has_refunds_route: bool = True
    has_variations_route: bool = True
    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    scripted: deque[tuple[str, Reply]] = field(default_factory=deque)
    before: Callable[[Asked], None] = lambda _: None
    connections: int = 0
    open_routes: dict[str, Reply] = field(default_factory=dict)
    """What plugins answer to anybody, by route."""
    plain: Reply | None = None
    """What answers at `?rest_route=/`."""
    now: datetime | None = datetime(2026, 11, 24, 12, tzinfo=UTC)
    ahead: timedelta | None = None
    """Of this machine's clock: its own runs then, and does not stand at `now`."""

    def misbehave(self, endpoint: str, *replies: Reply) -> None:
        """Answer the next requests to this endpoint so instead."""
        self.scripted.extend((endpoint, reply) for reply in replies)

    def change(self, order: int, at: str, **fields: object) -> None:
        """Edit an order at this instant (GMT, without offset)."""
        local = datetime.fromisoformat(f"{at}+00:00").astimezone(ZONE).replace(tzinfo=None).isoformat()
        self.orders[order] = {**self.orders[order], "date_modified_gmt": at, "date_modified": local, **fields}

    def asked_of(self, endpoint: str) -> list[Asked]:
        """Every request to this endpoint so far."""
        return [asked for asked in self.asked if asked.endpoint == endpoint]

    def reply(self, asked: Asked) -> Reply:
        """What the shop answers."""
        self.asked.append(asked)
        self.before(asked)
        if self.scripted and self.scripted[0][0] == asked.endpoint:
            return self.scripted.popleft()[1]
        if asked.endpoint == "":
            return Reply(200, json.dumps({**INDEX, "name": self.name, "home": self.address}).encode())
        return self.open_routes.get(asked.endpoint) or self._refused(asked) or self._found(asked)

    def _refused(self, asked: Asked) -> Reply | None:
        url = f"{'https' if self.sees_tls else 'http'}://{asked.host}{self.folder}/wp-json/wc/v3/{asked.endpoint}"
        authorization = "" if self.strips_authorization else asked.authorization
        return refusal(self.keys, asked.method, url, asked.query, authorization, sees_tls=self.sees_tls)

    def _found(self, asked: Asked) -> Reply:
        self.unknown += sorted(asked.query.keys() - KNOWN)
        if asked.method == "OPTIONS":
            return Reply(200, b'{"namespace":"wc/v3","methods":["GET","POST"]}')
        if asked.endpoint == "system_status":
            return Reply(200, b'{"environment":{"version":"10.5.0"}}')
        if asked.endpoint.partition("/")[0] == "webhooks":
            return webhook_reply(self.webhooks, asked.method, asked.endpoint, asked.query, asked.body)
        if asked.method != "GET":
            return recorded("route_404")
        if one := self._one(asked.endpoint) or self._fulfilled(asked):
            return one
        records = self._records(asked.endpoint.split("/"))
        return recorded("route_404") if records is None else _collection(records, asked.query)

    def _one(self, endpoint: str) -> Reply | None:
        """One order by its id, those in the bin too."""
        kind, _, number = endpoint.partition("/")
        if kind != "orders" or not number.isdecimal():
            return None
        order = self.orders.get(int(number))
        return Reply(200, json.dumps(order, ensure_ascii=False).encode()) if order else recorded("order_404")

    def _fulfilled(self, asked: Asked) -> Reply | None:
        """All fulfilments of an order, on no pages; without the feature there is no such route."""
        match asked.endpoint.split("/"):
            case ["orders", number, "fulfillments"] if self.fulfillments is None or int(number) in self.orders:
                if self.fulfillments is None:
                    return Reply(404, FULFILLMENTS["fulfillments_default"]["response"]["body"].encode())
                found = self.fulfillments.get(int(number), [])
                return Reply(200, json.dumps(found, separators=(",", ":")).replace("/", "\\/").encode())
        return None

    def _records(self, path: list[str]) -> list[Record] | None:
        match path:
            case ["orders"]:
                return [order for order in self.orders.values() if order["status"] != "trash"]
            case ["refunds"] if self.has_refunds_route:
                return list(self._all_refunds())
            case ["orders", order, "refunds"]:
                return self.refunds.get(int(order), [])
        return self._sold(path)

    def _sold(self, path: list[str]) -> list[Record] | None:
        match path:
            case ["products"]:
                return list(self.products.values())
            case ["variations"] if self.has_variations_route:
                return list(self.variations.values())
            case ["products", product, "variations"]:
                return [each for each in self.variations.values() if each["parent_id"] == int(product)]
        return None

    def _all_refunds(self) -> Iterator[Record]:
        for order, refunds in self.refunds.items():
            yield from ({"parent_id": order, **refund} for refund in refunds)


FULFILLMENTS = json.loads((PAYLOADS / "api_behaviours.json").read_bytes())
INDEX = json.loads((PAYLOADS / "wp_json_root.json").read_bytes())


def recorded_shop(most: int | None = None) -> WooCommerceShop:
    """A shop with everything that was recorded, or with so many of its orders."""
    return WooCommerceShop(
        orders={order["id"]: order for order in recorded_orders(most)},
        refunds={int(order): refunds for order, refunds in recorded_refunds().items()},
        products={product["id"]: product for product in recorded_list("products.json")},
        variations={each["id"]: each for each in recorded_list("product_variations.json")},
    )


def _collection(records: list[Record], query: Query) -> Reply:
    per_page = int(query.get("per_page", "10"))
    if per_page > 100:
        return recorded("per_page_101")
    if query.get("orderby", "date") not in SORTS:
        return recorded("bad_orderby")
    found = [record for record in records if _is_within(record, query)]
    found.sort(key=SORTS[query.get("orderby", "date")], reverse=query.get("order", "desc") == "desc")
    start = int(query.get("offset", (int(query.get("page", "1")) - 1) * per_page))
    fields = query["_fields"].split(",") if "_fields" in query else None
    shown = [{name: record[name] for name in fields or record} for record in found[start : start + per_page]]
    body = json.dumps(shown, ensure_ascii=False).encode()
    pages = -(-len(found) // per_page)
    return Reply(200, body, (("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(pages))))


def _is_within(record: Record, query: Query) -> bool:
    if "include" in query and str(record["id"]) not in query["include"].split(","):
        return False
    column = "date_modified_gmt" if query.get("dates_are_gmt") == "true" else "date_modified"
    if "modified_after" in query and not record[column] > _wall_clock(query["modified_after"]):
        return False
    return "modified_before" not in query or record[column] < _wall_clock(query["modified_before"])


def _wall_clock(text: str) -> str:
    """The text as WordPress compares it: without offset as it is, with one as the clock in the shop's zone shows it."""
    at = datetime.fromisoformat(text)
    return (at.astimezone(ZONE) if at.tzinfo else at).replace(tzinfo=None).isoformat()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # header and body in one segment: no waiting for delayed acknowledgements
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.shop.connections += 1
        self.number = self.server.shop.connections

    def _answer(self) -> None:
        shop, parts = self.server.shop, urlsplit(self.path)
        root, found, rest = parts.path.partition("/wp-json/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        headers = self.headers
        endpoint = rest.removeprefix("wc/v3/")
        length = int(headers.get("Content-Length", "0"))
        body = self.rfile.read(length)
        if len(body) < length:  # whoever sent it died over it: no web server hands that on
            self.close_connection = True
            return
        told = headers.get("Authorization", ""), headers["Host"], self.number, body
        asked = Asked(self.command, endpoint, query, *told)
        is_ours = found and root == shop.folder
        if shop.plain and query.get("rest_route"):
            self._send(shop.plain)
            return
        self._send(shop.reply(asked) if is_ours else Reply(404, b"<html>Not found</html>", content_type="text/html"))

    do_GET = do_OPTIONS = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - http.server's own names

    def _send(self, reply: Reply) -> None:
        stated = dict(reply.headers)
        self.send_response_only(reply.status)
        shop = self.server.shop
        now = shop.now if shop.ahead is None else datetime.now(UTC) + shop.ahead
        if now is not None:
            self.send_header("Date", format_datetime(now, usegmt=True))
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", stated.pop("Content-Length", str(len(reply.body))))
        for name, value in stated.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = "Content-Length" in dict(reply.headers)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    shop: WooCommerceShop

    def handle_error(self, *_: object) -> None:
        """Let a client that went away go."""


@contextmanager
def serving(shop: WooCommerceShop, tls: ssl.SSLContext | None = None) -> Iterator[WooCommerceShop]:
    """Serve the shop on a free port; with `tls`, by https. What it was asked and does not know fails at the end."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.shop = shop
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        shop.address = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}{shop.folder}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield shop
        finally:
            server.shutdown()
            thread.join()
    assert shop.unknown == []
