"""Refunds as recorded (2026-04): money by a parent transaction, never more than was received, once per key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from tests.support.shopify_admin.execution import Record, Unknown

NO_PARENT = "Transactions require a parent_id associated with the order"
_PAYS = frozenset({"SALE", "CAPTURE"})


@dataclass(slots=True)
class Refunds:
    """The shop's refunds, inside its orders; `key` is what the call at hand was marked with."""

    orders: dict[str, Record]
    now: Callable[[], str]
    key: Callable[[], str | None]
    made: dict[str, Record] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1028613800242))

    def create(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`refundCreate`."""
        key = self.key()
        if key is None:
            raise Unknown("refundCreate without a key, which it has to have since 2026-04")
        if key in self.made:
            return self.made[key]
        order = self.orders.get(input["orderId"])
        if order is None:
            raise Unknown("refundCreate for no order")
        if error := _fault(order, input):
            return {"refund": None, "order": order, "userErrors": [error]}
        answer = {"refund": self._paid(order, input), "order": order, "userErrors": []}
        self.made[key] = answer
        return answer

    def _paid(self, order: Record, asked: Record) -> Record:
        transactions = [self._moved(order, each) for each in asked.get("transactions", ())]
        amount = sum((Decimal(each["amount"]) for each in asked.get("transactions", ())), Decimal())
        refund: Record = {"id": f"gid://shopify/Refund/{next(self._numbers)}", "note": asked.get("note")}
        refund |= {"createdAt": self.now(), "processedAt": self.now(), "updatedAt": self.now(), "return": None}
        refund |= {"totalRefundedSet": bag(order, amount), "transactions": transactions}
        refund["refundLineItems"] = [self._line(order, each) for each in asked.get("refundLineItems", ())]
        order["refunds"].append(refund)
        order["transactions"] += transactions
        order["totalRefundedSet"] = bag(order, refunded(order))
        order["displayFinancialStatus"] = "REFUNDED" if left(order) <= 0 else "PARTIALLY_REFUNDED"
        order["updatedAt"] = self.now()
        return refund

    def _moved(self, order: Record, asked: Record) -> Record:
        parent = _parents(order)[asked["parentId"]]
        moved: Record = {"id": f"gid://shopify/OrderTransaction/{next(self._numbers)}", "kind": "REFUND"}
        moved |= {"status": "SUCCESS", "gateway": parent["gateway"], "processedAt": self.now()}
        moved |= {"manualPaymentGateway": parent.get("manualPaymentGateway", False), "parentTransaction": parent}
        return moved | {"amountSet": bag(order, Decimal(asked["amount"]))}

    def _line(self, order: Record, asked: Record) -> Record:
        """Its amounts are the line's own, by units."""
        line = next(each for each in order["lineItems"] if each["id"] == asked["lineItemId"])
        line["refundableQuantity"] -= asked["quantity"]
        share = Decimal(asked["quantity"]) / line["quantity"]
        taxes = sum((money(each["priceSet"]) for each in line["taxLines"]), Decimal())
        discounts = sum((money(each["allocatedAmountSet"]) for each in line["discountAllocations"]), Decimal())
        listed = money(line["originalUnitPriceSet"]) * line["quantity"] - discounts
        made: Record = {"id": f"gid://shopify/RefundLineItem/{next(self._numbers)}", "lineItem": line}
        made |= {"quantity": asked["quantity"], "restockType": asked["restockType"], "restocked": False}
        return made | {"subtotalSet": bag(order, listed * share), "totalTaxSet": bag(order, taxes * share)}


def _fault(order: Record, asked: Record) -> Record | None:
    parents = _parents(order)
    for each in asked.get("transactions", ()):
        if each["kind"] != "REFUND":
            return {"field": None, "message": f"Kind {each['kind'].lower()} is not a valid transaction"}
        if each.get("parentId") not in parents:
            return {"field": ["transactions"], "message": NO_PARENT}
    amount = sum((Decimal(each["amount"]) for each in asked.get("transactions", ())), Decimal())
    if amount > left(order):
        said = f"Refund amount ${amount:.2f} is greater than net payment received ${left(order):.2f}"
        return {"field": None, "message": said}
    return None


def _parents(order: Record) -> dict[str, Record]:
    return {each["id"]: each for each in order["transactions"] if each["kind"] in _PAYS and each["status"] == "SUCCESS"}


def refunded(order: Record) -> Decimal:
    """What went back so far."""
    return sum((money(each["totalRefundedSet"]) for each in order["refunds"]), Decimal())


def left(order: Record) -> Decimal:
    """What was received and is still there."""
    return sum((money(each["amountSet"]) for each in _parents(order).values()), Decimal()) - refunded(order)


def money(given: Record) -> Decimal:
    """The shop's side of an amount."""
    return Decimal(given["shopMoney"]["amount"])


def bag(order: Record, amount: Decimal) -> Record:
    """An amount as Shopify writes it (`15.0`); orders of two currencies are not recorded."""
    if order["currencyCode"] != order["presentmentCurrencyCode"]:
        raise Unknown("a refund in two currencies")
    said = f"{amount.normalize():f}"
    side = {"amount": said if "." in said else f"{said}.0", "currencyCode": order["currencyCode"]}
    return {"shopMoney": side, "presentmentMoney": side}
