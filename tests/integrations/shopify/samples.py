"""Shopify records for tests: the official samples, the recorded orders, and webhooks to vary."""

import json
from pathlib import Path
from typing import Any

from integrations.platforms.shopify import TRANSLATOR
from plugin.domain.order import Order
from plugin.domain.shop_events import OrderSeen, ShopEvent
from plugin.ports.platform import Message

PAYLOADS = Path(__file__).parents[2] / "payloads" / "shopify"
WEBHOOKS = PAYLOADS / "webhooks-official-2026-07"
TOPICS = sorted(path.stem.replace("__", "/") for path in WEBHOOKS.glob("*.json"))
ORDER_TOPICS = [
    f"orders/{verb}" for verb in ("create", "updated", "cancelled", "fulfilled", "partially_fulfilled", "paid")
]

Json = dict[str, Any]
Tree = Any  # parsed JSON of any shape


def sample(topic: str) -> Json:
    """The official sample payload of a topic."""
    recorded = json.loads((WEBHOOKS / f"{topic.replace('/', '__')}.json").read_text())
    payload: Json = recorded["payload"]
    return payload


def recorded_orders() -> list[Json]:
    """The 36 recorded orders, as lines of a file."""
    return [json.loads(line) for line in (PAYLOADS / "orders-graphql.jsonl").read_text().splitlines()]


def recorded(name: str) -> Json:
    """A recorded exchange."""
    exchange: Json = json.loads((PAYLOADS / "admin-graphql-recorded" / f"{name}.json").read_text())
    return exchange


def found(value: object, key: str) -> list[Json]:
    """Every object inside that has this key."""
    if isinstance(value, dict):
        own = [value] if key in value else []
        return own + [hit for inner in value.values() for hit in found(inner, key)]
    return [hit for inner in value for hit in found(inner, key)] if isinstance(value, list) else []


def translated(topic: str, payload: object, headers: dict[str, str] | None = None) -> tuple[ShopEvent, ...]:
    """What Shopify's message means to us."""
    return TRANSLATOR.translate(Message(topic, json.dumps(payload).encode(), headers or {}))


def seen_order(topic: str, payload: object) -> Order:
    """The one order a message shows."""
    (event,) = translated(topic, payload)
    assert isinstance(event, OrderSeen)
    return event.order


def money(amount: str, currency: str = "EUR", shown: tuple[str, str] | None = None) -> Json:
    """A MoneySet; `shown` is the presentment side where it differs."""
    other, other_currency = shown or (amount, currency)
    return {
        "shop_money": {"amount": amount, "currency_code": currency},
        "presentment_money": {"amount": other, "currency_code": other_currency},
    }


def a_line(**changes: object) -> Json:
    """A webhook's line item: two units at 11.90, taxes 3.80."""
    line = {
        "id": 71,
        "admin_graphql_api_id": "gid://shopify/LineItem/71",
        "title": "Ring",
        "quantity": 2,
        "current_quantity": 2,
        "price_set": money("11.90"),
        "discount_allocations": [],
        "tax_lines": [{"price_set": money("3.80"), "rate": 0.19}],
        "properties": [],
        "requires_shipping": True,
        "gift_card": False,
        "sku": "RING",
        "product_id": 5,
        "variant_id": 6,
        "variant_title": "52",
    }
    return {**line, **changes}


def an_order(**changes: object) -> Json:
    """A webhook's order of one line, prices with tax inside, delivered to Germany."""
    order = {
        "id": 900,
        "admin_graphql_api_id": "gid://shopify/Order/900",
        "name": "#1001",
        "created_at": "2026-10-01T10:00:00+02:00",
        "updated_at": "2026-10-02T10:00:00+02:00",
        "processed_at": "2026-10-01T10:00:00+02:00",
        "currency": "EUR",
        "presentment_currency": "EUR",
        "financial_status": "paid",
        "taxes_included": True,
        "total_price_set": money("23.80"),
        "payment_gateway_names": ["shopify_payments"],
        "line_items": [a_line()],
        "shipping_lines": [],
        "fulfillments": [],
        "refunds": [],
        "shipping_address": {"country_code": "DE", "zip": "10115"},
        "test": False,
    }
    return {**order, **changes}


def a_fulfilment(**changes: object) -> Json:
    """A webhook's fulfilment, sent."""
    fulfilment = {
        "id": 33,
        "admin_graphql_api_id": "gid://shopify/Fulfillment/33",
        "order_id": 900,
        "status": "success",
        "created_at": "2026-10-02T09:00:00+02:00",
        "updated_at": "2026-10-02T10:00:00+02:00",
        "tracking_company": "DHL",
        "tracking_numbers": ["1", "2"],
        "tracking_urls": ["https://example.com/1", "https://example.com/2"],
        "line_items": [{"id": 71, "quantity": 2}],
    }
    return {**fulfilment, **changes}


def a_refund(**changes: object) -> Json:
    """A webhook's refund of one of the two units of `a_line`, prices with tax inside."""
    refund = {
        "id": 44,
        "admin_graphql_api_id": "gid://shopify/Refund/44",
        "order_id": 900,
        "created_at": "2026-10-05T09:00:00Z",
        "processed_at": "2026-10-05T09:00:00Z",
        "refund_line_items": [
            {
                "line_item_id": 71,
                "quantity": 1,
                "subtotal_set": money("11.90"),
                "total_tax_set": money("1.90"),
                "restock_type": "return",
                "line_item": a_line(),
            }
        ],
        "transactions": [{"kind": "refund", "status": "success", "amount": "11.90", "currency": "EUR"}],
        "order_adjustments": [],
        "return": None,
    }
    return {**refund, **changes}
