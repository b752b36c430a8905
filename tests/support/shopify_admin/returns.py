"""Returns as Shopify keeps them: what was recorded on live development stores (2026-04), and nothing else.

A step from a state nobody has recorded is unknown, and fails the test that took it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from tests.support.shopify_admin.documented import Documented
from tests.support.shopify_admin.execution import Record, Unknown

APPROVABLE = "Return is not approvable. Only returns with status REQUESTED can be approved."
DECLINABLE = "Return is not declinable. Only non-refunded returns with status REQUESTED can be declined."
NO_REASON = "Return line items Either return reason or return reason definition must be provided"
NO_NOTE = 'Return line items return reason note The note is required when the return reason is "Other"'
REASONS = [
    {"id": "gid://shopify/ReturnReasonDefinition/1", "handle": "unknown", "name": "Unknown", "deleted": False},
    {"id": "gid://shopify/ReturnReasonDefinition/5", "handle": "other-reason", "name": "Other", "deleted": False},
]
_COUNTS = frozenset({"REQUESTED", "OPEN", "CLOSED"})
_AGGREGATE = {"REQUESTED": "RETURN_REQUESTED", "OPEN": "IN_PROGRESS", "CLOSED": "RETURNED"}


@dataclass(slots=True)
class Returns:
    """The shop's returns, inside its orders."""

    orders: dict[str, Record]
    now: Callable[[], str]
    documented: Documented = field(default_factory=Documented)
    _numbers: Iterator[int] = field(default_factory=lambda: count(15077900594))

    def find(self, id: str) -> Record | None:  # noqa: A002 - Shopify's name
        """`return`."""
        return next((each for order in self.orders.values() for each in order["returns"] if each["id"] == id), None)

    def request(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`returnRequest`."""
        return self._open(input, "input", "REQUESTED")

    def create(self, returnInput: Record) -> Record:  # noqa: N803 - Shopify's name
        """`returnCreate`."""
        return self._open(returnInput, "returnInput", "OPEN")

    def approve(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`returnApproveRequest`."""
        found = self.find(input["id"])
        if found is None:
            return refusal(["input", "id"], "Return not found.", "NOT_FOUND")
        if found["status"] != "REQUESTED":
            self._known(found, "approve", {"OPEN", "DECLINED"})
            return refusal(["input", "id"], APPROVABLE, "INVALID_STATE")
        self._sent_back(found)
        return self._moved(found, "OPEN")

    def decline(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`returnDeclineRequest`."""
        found = self.find(input["id"])
        if found is None:
            return refusal(["input", "id"], "Return not found.", "NOT_FOUND")
        if found["status"] != "REQUESTED":
            self._known(found, "decline", {"OPEN", "DECLINED"})
            said = "The return is already declined." if found["status"] == "DECLINED" else DECLINABLE
            return refusal(["input", "id"], said, "INVALID_STATE")
        found["decline"] = {"reason": input["declineReason"], "note": input.get("declineNote")}
        return self._moved(found, "DECLINED")

    def cancel(self, id: str, **_: object) -> Record:  # noqa: A002 - Shopify's name
        """`returnCancel`."""
        return self._step(id, "cancel", "OPEN", "CANCELED")

    def close(self, id: str) -> Record:  # noqa: A002 - Shopify's name
        """`returnClose`."""
        return self._step(id, "close", "OPEN", "CLOSED")

    def reopen(self, id: str) -> Record:  # noqa: A002 - Shopify's name
        """`returnReopen`."""
        return self._step(id, "reopen", "CLOSED", "OPEN")

    def process(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`returnProcess`: units are dealt with, and the return stays open."""
        found = self._there(input["returnId"])
        self._known(found, "process", {"OPEN"})
        if "financialTransfer" in input:
            raise Unknown("returnProcess with money")
        for asked in input["returnLineItems"]:
            line = next(each for each in found["returnLineItems"] if each["id"] == asked["id"])
            if asked["quantity"] > line["unprocessedQuantity"]:
                raise Unknown("returnProcess of more than there is")
            line["processedQuantity"] += asked["quantity"]
            line["unprocessedQuantity"] -= asked["quantity"]
        return self._moved(found, "OPEN")

    def remove(self, **asked: list[Record]) -> Record:
        """`removeFromReturn`."""
        found = self._there(str(asked["returnId"]))
        lines = {line["id"]: line for line in found["returnLineItems"]}
        named = {each["returnLineItemId"]: each["quantity"] for each in asked["returnLineItems"]}
        if named == {gid: line["quantity"] for gid, line in lines.items()}:
            found["returnLineItems"] = []
        else:
            self.documented.removed(found, asked["returnLineItems"])
        found["totalQuantity"] = sum(line["quantity"] for line in found["returnLineItems"])
        return self._moved(found, "OPEN" if found["returnLineItems"] else "CLOSED")

    def returnable(self, orderId: str, **_: object) -> list[Record]:  # noqa: N803 - Shopify's name
        """`returnableFulfillments`."""
        order = self.orders[orderId]
        parcels: list[Record] = []
        for parcel in order["fulfillments"]:
            left = [(line, line["quantity"] - gone(order, line)) for line in parcel["fulfillmentLineItems"]]
            lines = [{"quantity": units, "fulfillmentLineItem": line} for line, units in left if units > 0]
            gid = parcel["id"].replace("Fulfillment", "ReturnableFulfillment")
            parcels += [{"id": gid, "fulfillment": parcel, "returnableFulfillmentLineItems": lines}] if lines else []
        return parcels

    def _open(self, asked: Record, name: str, status: str) -> Record:
        order = self.orders[asked["orderId"]]
        errors = [error for at, line in enumerate(asked["returnLineItems"]) for error in _faults(order, line, name, at)]
        if errors:
            return {"return": None, "userErrors": errors}
        if asked.get("exchangeLineItems"):
            raise Unknown("exchangeLineItems")
        number = next(self._numbers)
        made: Record = {"id": f"gid://shopify/Return/{number}", "status": status, "closedAt": None, "decline": None}
        made |= {"name": f"{order['name']}-R{len(order['returns']) + 1}", "order": order, "exchangeLineItems": []}
        made |= {"reverseFulfillmentOrders": [], "createdAt": self.now()}
        made["returnLineItems"] = [self._line(order, line) for line in asked["returnLineItems"]]
        made["returnShippingFees"] = self._fees(asked.get("returnShippingFee"), status)
        made["totalQuantity"] = sum(line["quantity"] for line in made["returnLineItems"])
        order["returns"].append(made)
        if status == "OPEN":
            self._sent_back(made)
        return self._moved(made, status)

    def _line(self, order: Record, asked: Record) -> Record:
        units = asked["quantity"]
        line: Record = {"__typename": "ReturnLineItem", "id": f"gid://shopify/ReturnLineItem/{next(self._numbers)}"}
        line |= {"quantity": units, "processedQuantity": 0, "unprocessedQuantity": units}
        line |= {"customerNote": asked.get("customerNote"), "returnReasonNote": asked.get("returnReasonNote", "")}
        of, fee = sent(order)[asked["fulfillmentLineItemId"]], asked.get("restockingFee")
        line["restockingFee"] = self.documented.restocking_fee(of, units, fee) if fee else None
        return line | {"fulfillmentLineItem": of}

    def _fees(self, asked: Record | None, status: str) -> list[Record]:
        """The fee of a return shipping, in one currency."""
        if asked is None:
            return []
        if status == "REQUESTED":
            self.documented.take("a return shipping fee at a request")
        side = {**asked["amount"], "amount": f"{float(asked['amount']['amount'])}"}
        amounts = {"shopMoney": side, "presentmentMoney": side}
        return [{"id": f"gid://shopify/Fee/{next(self._numbers)}", "amountSet": amounts}]

    def _sent_back(self, made: Record) -> None:
        lines: list[Record] = []
        for line in made["returnLineItems"]:
            gid = f"gid://shopify/ReverseFulfillmentOrderLineItem/{next(self._numbers)}"
            back = {"id": gid, "totalQuantity": line["quantity"], "dispositions": []}
            lines.append({**back, "fulfillmentLineItem": line["fulfillmentLineItem"]})
        gid = f"gid://shopify/ReverseFulfillmentOrder/{next(self._numbers)}"
        made["reverseFulfillmentOrders"].append(
            {"id": gid, "status": "OPEN", "lineItems": lines, "reverseDeliveries": []}
        )

    def _step(self, gid: str, step: str, start: str, end: str) -> Record:
        found = self._there(gid)
        self._known(found, step, {start})
        return self._moved(found, end)

    def _there(self, gid: str) -> Record:
        found = self.find(gid)
        if found is None:
            raise Unknown(f"a step with no return {gid}")
        return found

    def _known(self, found: Record, step: str, states: set[str]) -> None:
        if found["status"] not in states:
            raise Unknown(f"{step} of a return that is {found['status']}")

    def touched(self, found: Record) -> None:
        """Something of it changed, and with it its order."""
        self._moved(found, found["status"])

    def _moved(self, found: Record, status: str) -> Record:
        found["status"] = status
        found["closedAt"] = self.now() if status == "CLOSED" else None
        order = found["order"]
        states = {each["status"] for each in order["returns"]}
        order["returnStatus"] = next((said for state, said in _AGGREGATE.items() if state in states), "NO_RETURN")
        order["updatedAt"] = self.now()
        return {"return": found, "userErrors": []}


def refusal(path: list[str], message: str, code: str) -> Record:
    """A payload that says no."""
    return {"return": None, "userErrors": [{"field": path, "message": message, "code": code}]}


def sent(order: Record) -> dict[str, Record]:
    """The order's fulfilled lines by id."""
    return {line["id"]: line for parcel in order["fulfillments"] for line in parcel["fulfillmentLineItems"]}


def used(order: Record, line: str) -> int:
    """Units of a fulfilled line that are in a return already; those of declined and cancelled ones are free again."""
    counted = [each for each in order["returns"] if each["status"] in _COUNTS]
    lines = [each for found in counted for each in found["returnLineItems"]]
    return sum(each["quantity"] for each in lines if each["fulfillmentLineItem"]["id"] == line)


def gone(order: Record, line: Record) -> int:
    """Units of a fulfilled line that no further return takes: in one already, or paid back.

    `returnCreate` takes a line "that hasn't yet been refunded" (schema 2026-10; never recorded). Units paid back while
    they are in a return are taken for those of the return, and not counted twice.
    """
    refunded = [each for refund in order.get("refunds", ()) for each in refund["refundLineItems"]]
    counts: list[int] = [each["quantity"] for each in refunded if each["lineItem"]["id"] == line["lineItem"]["id"]]
    return max(used(order, line["id"]), sum(counts))


def _faults(order: Record, line: Record, name: str, at: int) -> Iterator[Record]:
    path = [name, "returnLineItems", str(at)]
    known = sent(order).get(line["fulfillmentLineItemId"])
    has_reason = "returnReason" in line or "returnReasonDefinitionId" in line
    if known is None:
        yield _error([*path, "fulfillmentLineItemId"], "Fulfillment Line Item was not found.", "NOT_FOUND")
    elif not has_reason and name == "input":
        yield _error([*path, "returnReason"], "Return reason can't be blank", "BLANK")
    elif not has_reason:
        yield _error(path, NO_REASON, "NOT_FOUND")
    elif name == "returnInput" and line.get("returnReason") == "OTHER" and not line.get("returnReasonNote"):
        yield _error([*path, "returnReasonNote"], NO_NOTE, "BLANK")
    elif line["quantity"] > known["quantity"] - gone(order, known):
        yield _error([*path, "quantity"], "Return line item has an invalid quantity.", "INVALID")


def _error(path: list[str], message: str, code: str) -> Record:
    return {"field": path, "message": message, "code": code}
