"""The demo's orders as their platform recorded them, with the dates they have in this demo."""

from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from plugin.demo.calendar import shifted
from plugin.domain.order import Order, OrderRef, Platform

Record = dict[str, Any]
"""A platform's own JSON; kept as it is but for what a report changes."""
_FILES = {
    Platform.WOOCOMMERCE: ("recorded-woocommerce.jsonl", "crafted-woocommerce.jsonl"),
    Platform.SHOPIFY: ("shopify.jsonl",),
}
_STATUSES = frozenset({"status", "financial_status", "displayFinancialStatus"})


def record_of(order: Order) -> Record | None:
    """The order's record, moved by as many days as the order was; None for one that is not the demo's."""
    body = bodies().get(order.ref)
    if body is None:
        return None
    placed = _placed(msgspec.json.decode(body))
    by = order.placed.at.astimezone(UTC).date() - placed.date()
    record: Record = msgspec.json.decode(shifted(body, by))
    return record


@lru_cache(maxsize=1)
def bodies() -> dict[OrderRef, bytes]:
    """Every order of the demo, as recorded."""
    found = {}
    for platform, names in _FILES.items():
        for name in names:
            for body in (files("plugin.demo") / "data" / name).read_bytes().splitlines():
                record = msgspec.json.decode(body)
                if not _STATUSES.isdisjoint(record):  # the rest are refunds
                    found[OrderRef(platform, str(record["id"]).rsplit("/", 1)[-1])] = body
    return found


def _placed(record: Record) -> datetime:
    text = (
        record.get("date_created_gmt")
        or record.get("processed_at")
        or record.get("processedAt")
        or record["created_at"]
    )
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
