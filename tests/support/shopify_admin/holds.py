"""Work that has yet to be done on orders, and holds on it, as recorded (2026-04): what is held is work of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from tests.support.shopify_admin.execution import Record, Unknown

TAKEN = (
    "The handle provided for the fulfillment hold is already in use by this app for another hold on this fulfillment "
    "order."
)
WHOLE = "The fulfillment order is not in a splittable state."
NOTHING = "You must select at least one item to place on partial hold."
_OPEN = ("CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD", "SPLIT")
_HELD = ("RELEASE_HOLD", "HOLD", "MOVE")


@dataclass(slots=True)
class Holds:
    """The work, inside the shop's orders."""

    orders: dict[str, Record]
    _numbers: Iterator[int] = field(default_factory=lambda: count(9658342703410))

    def opened(self, units: dict[str, int]) -> Record:
        """Work on so many units of which lines."""
        lines = [self._line(line, quantity) for line, quantity in units.items()]
        return _state({"id": self._gid("FulfillmentOrder"), "fulfillmentHolds": [], "lineItems": lines}, "OPEN")

    def hold(self, id: str, fulfillmentHold: Record) -> Record:  # noqa: A002, N803 - Shopify's names
        """`fulfillmentOrderHold`."""
        order, work = self._find(id)
        if fault := _fault(work, fulfillmentHold):
            return _said(None, None, fault)
        parts = fulfillmentHold.get("fulfillmentOrderLineItems")
        rest = self._split(work, {each["id"]: each["quantity"] for each in parts}) if parts else None
        made = {"id": self._gid("FulfillmentHold"), "heldByRequestingApp": True, "displayReason": "Other"}
        made |= {name: fulfillmentHold.get(name) for name in ("handle", "reason", "reasonNotes")}
        work["fulfillmentHolds"].append(made)
        _state(work, "ON_HOLD")
        if rest:
            order["fulfillmentOrders"].append(rest)
        return _said(made, work, None, rest)

    def _find(self, gid: str) -> tuple[Record, Record]:
        for order in self.orders.values():
            for work in order.get("fulfillmentOrders", ()):
                if work["id"] == gid:
                    return order, work
        raise Unknown("a hold on no work")

    def _split(self, work: Record, parts: dict[str, int]) -> Record | None:
        left = {
            line["lineItem"]["id"]: line["remainingQuantity"] - parts.get(line["id"], 0) for line in work["lineItems"]
        }
        if any(quantity < 0 for quantity in left.values()):
            raise Unknown("a hold on more than there is")
        for line in work["lineItems"]:
            line["totalQuantity"] = line["remainingQuantity"] = parts.get(line["id"], 0)
        work["lineItems"] = [line for line in work["lineItems"] if line["remainingQuantity"]]
        more = {line: quantity for line, quantity in left.items() if quantity}
        return self.opened(more) if more else None

    def _line(self, line: str, quantity: int) -> Record:
        gid = self._gid("FulfillmentOrderLineItem")
        return {"id": gid, "totalQuantity": quantity, "remainingQuantity": quantity, "lineItem": {"id": line}}

    def _gid(self, kind: str) -> str:
        return f"gid://shopify/{kind}/{next(self._numbers)}"


def _fault(work: Record, asked: Record) -> Record | None:
    parts = asked.get("fulfillmentOrderLineItems")
    if any(each["handle"] == asked.get("handle") for each in work["fulfillmentHolds"]):
        path = ["fulfillmentHold", "handle"]
        return {"field": path, "message": TAKEN, "code": "DUPLICATE_FULFILLMENT_HOLD_HANDLE"}
    for at, each in enumerate(parts or ()):
        if each["quantity"] < 1:
            path = ["fulfillmentHold", "fulfillmentOrderLineItems", str(at), "quantity"]
            return {"field": path, "message": NOTHING, "code": "GREATER_THAN_ZERO"}
    if parts and work["fulfillmentHolds"]:
        path = ["fulfillmentHold", "fulfillmentOrderLineItems"]
        return {"field": path, "message": WHOLE, "code": "FULFILLMENT_ORDER_NOT_SPLITTABLE"}
    return None


def _state(work: Record, status: str) -> Record:
    actions: tuple[str, ...] = _OPEN if status == "OPEN" else _HELD
    if len(work["lineItems"]) == 1 and work["lineItems"][0]["remainingQuantity"] == 1:
        actions = tuple(each for each in actions if each != "SPLIT")
    supported = [{"action": each} for each in actions]
    work |= {"status": status, "requestStatus": "UNSUBMITTED", "supportedActions": supported}
    return work


def _said(hold: Record | None, work: Record | None, fault: Record | None, rest: Record | None = None) -> Record:
    answer = {"fulfillmentHold": hold, "fulfillmentOrder": work, "remainingFulfillmentOrder": rest}
    return {**answer, "userErrors": [fault] if fault else []}
