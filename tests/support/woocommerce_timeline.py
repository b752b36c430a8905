"""A WooCommerce store that changes and tells of it as recorded of 10.5 in `webhook_timeline.json`.

Deliveries wait in its queue, one for each webhook and object, and carry the order as it is when they leave; what has
gone by then is an error object. What a change tells was recorded: any other change is not to be had here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.support.woocommerce import PAYLOADS, Record, an_order_record, recorded_refunds
from tests.support.woocommerce_shop import WooCommerceShop

TIMELINE: list[Record] = json.loads((PAYLOADS / "webhook_timeline.json").read_bytes())
REFUNDED, DELETED = "action.woocommerce_order_refunded", "action.woocommerce_delete_order"
GONE = {"code": "woocommerce_rest_shop_order_invalid_id", "message": "Ungültige ID.", "data": {"status": 404}}
BEGAN = datetime(2026, 11, 24, 8, tzinfo=UTC)
STEPS: dict[str, str] = {
    "create": "REST create order (pending)",
    "touch": "REST PUT no-op {}",
    "complete": "REST PUT set_paid+completed",
    "meta": "PHP update_post_meta()",
    "note": "REST add order note (customer)",
    "refund": "REST refund 1 line api_refund=false",
    "delete_refund": "REST delete refund",
    "trash": "REST DELETE order (trash)",
    "untrash": "PHP untrash",
    "delete": "REST DELETE order force=true",
}
"""Each change by the recorded step it is taken from."""

Pending = tuple[str, int]


@dataclass
class Store:
    """The store: what a client reads of it, its clock, and its queue of deliveries."""

    shop: WooCommerceShop = field(default_factory=WooCommerceShop)
    at: datetime = BEGAN
    queue: list[Pending] = field(default_factory=list)
    made: int = 0

    def act(self, change: str, number: int, wait: int = 0) -> bool:
        """Make a change to an order some seconds later; False where there is nothing to change so."""
        self.at += timedelta(seconds=wait)
        self.shop.now = self.at
        order = self.shop.orders.get(number)
        changes: dict[str, Callable[[int, Record], bool]] = {
            "touch": lambda number, _: self._save(number),
            "complete": lambda number, _: self._save(number, status="completed", date_completed_gmt=self._now()),
            "meta": lambda *_: True,
            "note": lambda *_: True,
            "refund": self._refund,
            "delete_refund": self._delete_refund,
            "trash": lambda number, order: order["status"] != "trash" and self._trash(number),
            "untrash": lambda number, order: order["status"] == "trash" and self._untrash(number),
            "delete": lambda number, _: bool(self.shop.orders.pop(number)) and self._tell(DELETED, number),
        }
        if change == "create":
            return order is None and self._create(number)
        is_in_bin = order is not None and order["status"] == "trash" and change not in {"untrash", "delete"}
        return order is not None and not is_in_bin and changes[change](number, order)

    def deliver(self, position: int) -> tuple[str, bytes]:
        """Let one delivery leave the queue."""
        topic, number = self.queue.pop(position)
        if topic.startswith("action."):
            return topic, json.dumps({"action": topic.removeprefix("action."), "arg": number}).encode()
        if topic == "order.deleted":
            return topic, json.dumps({"id": number}).encode()
        return topic, json.dumps(self.shop.orders.get(number, GONE), ensure_ascii=False).encode()

    def _create(self, number: int) -> bool:
        self.shop.orders[number] = an_order_record(id=number, number=str(number), refunds=[], status="pending")
        self.shop.refunds[number] = []
        self._dated(number)
        return self._tell("order.created", number) and self._tell("order.updated", number)

    def _save(self, number: int, **fields: object) -> bool:
        """Each save leaves a trace in the order's number, so that no two states of it are alike."""
        self.made += 1
        self.shop.orders[number] = {**self.shop.orders[number], **fields, "number": f"{number}-{self.made}"}
        self._dated(number)
        return self._tell("order.updated", number)

    def _refund(self, number: int, order: Record) -> bool:
        self.made += 1
        refund = {**deepcopy(next(iter(recorded_refunds().values()))[0]), "id": 900_000 + self.made}
        up = [{"href": f"https://store.example/wp-json/wc/v3/orders/{number}"}]
        refund |= {"amount": "1.00", "line_items": [], "date_created_gmt": self._now(), "_links": {"up": up}}
        self.shop.refunds[number].append(refund)
        listed = [*order["refunds"], {"id": refund["id"], "reason": "", "total": "-1.00"}]
        return self._save(number, refunds=listed) and self._tell(REFUNDED, number)

    def _delete_refund(self, number: int, order: Record) -> bool:
        """Not seen to date the order anew."""
        if not order["refunds"]:
            return False
        self.shop.refunds[number].pop()
        self.shop.orders[number] = {**order, "refunds": order["refunds"][:-1]}
        return True

    def _trash(self, number: int) -> bool:
        self.shop.orders[number] = {**self.shop.orders[number], "status": "trash"}
        self._dated(number)
        return self._tell("order.deleted", number)

    def _untrash(self, number: int) -> bool:
        self.shop.orders[number] = {**self.shop.orders[number], "status": "pending"}
        self._dated(number)
        return self._tell("order.restored", number)

    def _dated(self, number: int) -> None:
        self.shop.change(number, self._now())

    def _now(self) -> str:
        return self.at.replace(tzinfo=None, microsecond=0).isoformat()

    def _tell(self, topic: str, number: int) -> bool:
        """Queue a delivery, unless one for the same webhook and object waits."""
        if (topic, number) not in self.queue:
            self.queue.append((topic, number))
        return True
