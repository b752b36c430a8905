"""Recorded WooCommerce data, and one record at a time through the translator."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from integrations.platforms.woocommerce import TRANSLATOR
from plugin.domain.order import Order, Refund
from plugin.domain.shop_events import OrderSeen, ShopEvent
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message

PAYLOADS = Path(__file__).parents[1] / "payloads" / "woocommerce"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recorded webhook delivery."""

    topic: str
    body: bytes


@cache
def raw_orders() -> tuple[bytes, ...]:
    """The exact bytes of the 300 recorded orders."""
    return tuple((PAYLOADS / "orders.jsonl").read_bytes().splitlines())


def recorded_orders(most: int | None = None) -> list[Record]:
    """The recorded orders as JSON objects, or as many of them."""
    return [msgspec.json.decode(body) for body in raw_orders()[:most]]


def recorded_refunds() -> dict[str, list[Record]]:
    """The recorded refunds by order id."""
    refunds: dict[str, list[Record]] = json.loads((PAYLOADS / "refunds.json").read_bytes())
    return refunds


def recorded_list(name: str) -> list[Record]:
    """The records of one file; those of `product_variations.json` one after the other."""
    content = json.loads((PAYLOADS / name).read_bytes())
    return content if isinstance(content, list) else list(chain(*content.values()))


def deliveries() -> Iterator[Delivery]:
    """The recorded webhook deliveries; a ping has no topic."""
    for line in (PAYLOADS / "webhooks.jsonl").read_bytes().splitlines():
        delivery = json.loads(line)
        headers = {name.lower(): value for name, value in delivery["headers"]}
        yield Delivery(headers.get("x-wc-webhook-topic", ""), base64.b64decode(delivery["body_base64"]))


def an_order_record(**changes: object) -> Record:
    """A recorded order (205: paid, completed, one line, refunded in full) with some fields changed."""
    return {**copy.deepcopy(json.loads(raw_orders()[0])), **changes}


def with_meta(*pairs: tuple[str, object]) -> Record:
    """That order with these entries as its whole `meta_data`."""
    return an_order_record(meta_data=[{"id": i, "key": key, "value": value} for i, (key, value) in enumerate(pairs)])


def with_line(**changes: object) -> Record:
    """That order with its line changed."""
    record = an_order_record()
    record["line_items"][0].update(changes)
    return record


def translated(body: bytes | object, topic: str = "") -> ShopEvent:
    """The one event that a body, or a record written as JSON, means."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    (event,) = TRANSLATOR.translate(Message(topic, raw, {}))
    return event


def the_order(record: bytes | object, topic: str = "") -> Order:
    """The order that a record is."""
    event = translated(record, topic)
    assert isinstance(event, OrderSeen)
    return event.order


def the_refund(record: object) -> Refund:
    """The only refund of that order."""
    (refund,) = the_order(record).refunds
    return refund


def fault(record: bytes | object, topic: str = "") -> tuple[str, str]:
    """Why a body is parked: the code and the field."""
    try:
        event = translated(record, topic)
    except Unreadable as error:
        return error.code, error.field
    raise AssertionError(f"read as {event}")
