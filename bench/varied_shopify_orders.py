"""Shopify's published sample of an order, varied without chance: the same number always gives the same order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from bench.varied_orders import FIRST_ID, email_of
from tests.integrations.shopify.samples import sample

_DATES = ("created_at", "processed_at", "updated_at")
_SPREAD_DAYS = 700


def varied_shopify_orders(count: int) -> Iterator[bytes]:
    """`count` orders, paid, as `orders/updated` tells of them: ids, numbers, e-mails and dates differ."""
    record = sample("orders/updated")
    for number in range(count):
        yield msgspec.json.encode(_varied(record, number))


def write_shopify_orders(path: Path, count: int) -> None:
    """Write them as JSON Lines."""
    with path.open("wb") as file:
        file.writelines(body + b"\n" for body in varied_shopify_orders(count))


def _varied(record: dict[str, Any], number: int) -> dict[str, Any]:
    order_id, email = FIRST_ID + number, email_of(number)
    later = timedelta(days=number % _SPREAD_DAYS, seconds=number % 86_400)
    return {
        **record,
        **{name: (datetime.fromisoformat(record[name]) + later).isoformat() for name in _DATES},
        "id": order_id,
        "admin_graphql_api_id": f"gid://shopify/Order/{order_id}",
        "name": f"#{order_id}",
        "order_number": order_id,
        "email": email,
        "contact_email": email,
        "customer": {**record["customer"], "email": email},
        "cancelled_at": None,
        "cancel_reason": None,
        "financial_status": "paid",
    }
