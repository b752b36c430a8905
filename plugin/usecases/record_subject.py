"""Which order an unreadable record is a state of, and as of when, as far as its bytes tell. Best effort, and pure."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

_WRAPPINGS = ("order", "payload", "data")
"""What an order may come in: the REST API's envelope, a recorded webhook, an answer to a query."""
_MOST_WRAPPINGS = 3
_ORDER = re.compile(r"(gid://shopify/Order/)?([0-9]{1,20})")
_ORDER_TOPICS = frozenset(
    {"order.created", "order.updated", "order.restored"}
    | {f"orders/{done}" for done in ("create", "updated", "cancelled", "fulfilled", "partially_fulfilled", "paid")}
)
"""Topics whose body is a whole order (WooCommerce 10.5, Shopify Admin API 2026-10)."""
_SIGNS = frozenset({"order_key", "billing", "order_number", "financial_status"})
"""Fields of orders alone: without a topic, a plain number may as well be a refund's or a product's id."""
_CHANGED = ("updatedAt", "updated_at", "date_modified_gmt")


def record_subject(topic: str, body: bytes) -> str | None:
    """The external id of the order whose state the record is; None where it is something else, or cannot be told.

    `topic` is empty for a record of an import.
    """
    if topic and topic not in _ORDER_TOPICS:
        return None
    found = (_order_id(record, is_order=bool(topic)) for record in _records(body))
    return next((order for order in found if order is not None), None)


def changed_at(body: bytes) -> datetime | None:
    """When the platform last changed what the record tells of (aware UTC); None where that is not readable."""
    return next((_instant(record[key]) for record in _records(body) for key in _CHANGED if key in record), None)


def _records(body: bytes) -> Iterator[dict[str, Any]]:
    """The record; where it has no id of its own, what it wraps after it."""
    try:
        inside = json.loads(body)
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_WRAPPINGS):
        if not isinstance(inside, dict):
            return
        yield inside
        inside = None if "id" in inside else next((inside[key] for key in _WRAPPINGS if key in inside), None)


def _order_id(record: dict[str, Any], *, is_order: bool) -> str | None:
    match = _ORDER.fullmatch(str(record.get("admin_graphql_api_id") or record.get("id")))
    if match is None or not (match[1] or is_order or _SIGNS & record.keys()):
        return None
    return str(int(match[2]))


def _instant(written: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(written))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
