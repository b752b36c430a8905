"""The shop on loopback answers writes as real shops did: every recorded behaviour, one after the other."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.client import ShopApi, Way
from plugin.domain.connection import Credentials
from tests.support.woocommerce import PAYLOADS, Record, deliveries, recorded_list
from tests.support.woocommerce_auth import Keys
from tests.support.woocommerce_shop import serving
from tests.support.woocommerce_store import WooCommerceStore
from tests.support.woocommerce_totals import cents

NOT_COMPARED = re.compile(
    r"date_|display_|total_sales|average_rating|order_key|payment_url|permalink|_links|message|details|data\.params|expires|author|sku|amount$"
)
FEATURE_OFF = {"fulfillment_create", "fulfillments_list"}
"""Recorded with WooCommerce's own fulfilments switched on, which no command of ours uses."""


@dataclass(slots=True)
class Replay:
    """Recorded requests, sent again: ids that the shop gives are told from those it gave when it was recorded."""

    shop: WooCommerceStore
    ids: dict[int, int] = field(default_factory=dict)

    def send(self, method: str, endpoint: str, query: dict[str, str], body: object, scope: str) -> tuple[int, Any]:
        self.shop.keys.scope = scope
        keys = self.shop.keys
        api = ShopApi(
            self.shop.address, Credentials(keys.key, keys.secret), Way.OAUTH, open_session(allows_private=True)
        )
        response: requests.Response = api.send(method, self._renamed(endpoint), self._mapped(body), query)
        return response.status_code, response.json()

    def compare(self, recorded: Any, given: Any, path: str) -> None:  # noqa: ANN401 - any JSON
        """Whatever the shop says, the real one said; it may say less."""
        if isinstance(given, dict) and isinstance(recorded, dict):
            for name, value in given.items():
                if name == "id" and isinstance(value, int) and isinstance(recorded.get(name), int):
                    assert self.ids.setdefault(recorded[name], value) == value, path
                elif name not in {"exact", "parent_id"} and not NOT_COMPARED.search(f"{path}.{name}"):
                    assert name in recorded, f"{path}.{name}"
                    self.compare(recorded[name], value, f"{path}.{name}")
        elif isinstance(given, list) and isinstance(recorded, list):
            self._compare_lists(recorded, given, path)
        elif path.endswith("taxes.total"):  # six decimals in 9.2, two in 10.5
            assert cents(Decimal(recorded)) == cents(Decimal(given)), path
        else:
            assert self._mapped(recorded) == given, path

    def _compare_lists(self, recorded: list[Any], given: list[Any], path: str) -> None:
        if path.endswith(("meta_data", "notes")):
            recorded = [each for each in recorded if self._is_among(each, given)]
        if path.endswith(".refunds"):  # an order lists them in no order
            recorded = sorted(recorded, key=lambda each: int(self.ids.get(each["id"], 0)))
            given = sorted(given, key=lambda each: int(each["id"]))
        assert len(recorded) == len(given), path
        for before, now in zip(recorded, given, strict=True):
            self.compare(before, now, path)

    def _is_among(self, recorded: Record, given: list[Record]) -> bool:
        """Of a meta the key; of a record the id: real shops keep hidden meta and notes of their own."""
        if "key" in recorded:
            return recorded["key"] in {each["key"] for each in given}
        return self.ids.get(recorded["id"], recorded["id"]) in {each["id"] for each in given}

    def _renamed(self, endpoint: str) -> str:
        return "/".join(
            str(self.ids.get(int(part), part)) if part.isdecimal() else part for part in endpoint.split("/")
        )

    def _mapped(self, value: Any) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(value, dict):
            return {str(self.ids.get(int(k), k)) if k.isdecimal() else k: self._mapped(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._mapped(each) for each in value]
        if isinstance(value, str) and value.isdecimal() and len(value) > 2:
            return str(self.ids.get(int(value), value))
        return self.ids.get(value, value) if isinstance(value, int) and value > 100 else value


@pytest.fixture
def replay() -> Iterator[Replay]:
    with serving(WooCommerceStore(keys=Keys(scope="read_write"))) as shop:
        assert isinstance(shop, WooCommerceStore)
        yield Replay(shop)


def seeded(shop: WooCommerceStore, kind: str, step: Record) -> None:
    """State that a recorded answer shows."""
    body = step["response"]["body"]
    match kind:
        case "products":
            shop.products[body["id"]] = body
        case "gateways":
            shop.desk.gateways[body["id"]] = body["method_supports"]
        case "settings":
            assert shop.desk.settings[step["request"]["endpoint"].removeprefix("settings/")] == body["value"]
        case "orders":
            shop.orders[body["id"]] = body
            {"dead": shop.desk.closed, "fatal": shop.desk.dying}.get(body["transaction_id"], set()).add(body["id"])


@pytest.mark.parametrize("version", ["9.2", "10.5"])
def test_everything_written_to_a_shop_of_two_tax_rates_is_answered_so(replay: Replay, version: str) -> None:
    steps = [json.loads(line) for line in (PAYLOADS / f"writes-{version}.jsonl").read_text().splitlines()]
    order = next(step["response"]["body"] for step in steps if step["seed"] == "orders")
    rates = {line["rate_id"]: Decimal(str(line["rate_percent"])) for line in order["tax_lines"]}
    replay.shop.desk.rates = {"DE": rates}
    for step in steps:
        if step["seed"]:
            seeded(replay.shop, step["seed"], step)
            continue
        request = step["request"]
        status, body = replay.send(
            request["method"], request["endpoint"], request["query"], request["body"], step["scope"]
        )
        assert status == step["response"]["status"], (step["name"], body)
        replay.compare(step["response"]["body"], body, step["name"])


def test_every_behaviour_recorded_of_the_routes_is_answered_so(replay: Replay) -> None:
    replay.shop.orders[2285] = next(body for body in map(json.loads, order_bodies()) if body.get("id") == 2285)
    replay.shop.products = {product["id"]: product for product in recorded_list("products.json")}
    for name, step in json.loads((PAYLOADS / "api_behaviours.json").read_bytes()).items():
        if name in FEATURE_OFF:
            continue
        endpoint, _, query = step["request"]["url"].split("/wc/v3/")[1].partition("?")
        body = json.loads(step["request"]["body"]) if step["request"]["body"] else None
        asked = dict([query.split("=")]) if query else {}
        status, given = replay.send(step["request"]["method"], endpoint, asked, body, "read_write")
        assert status == step["response"]["status"], (name, given)
        replay.compare(json.loads(step["response"]["body"]), given, name)


def test_a_request_whose_sender_died_over_it_is_not_handed_on(replay: Replay) -> None:
    address = urlsplit(replay.shop.address)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(b"POST /wp-json/wc/v3/orders/592/refunds HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert not replay.shop.asked


def order_bodies() -> list[bytes]:
    return [delivery.body for delivery in deliveries() if delivery.topic == "order.created"]
