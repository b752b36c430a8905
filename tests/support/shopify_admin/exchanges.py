"""Documented, never recorded: exchanges, and what else the commands that make things stand on. Nobody has seen it live.

The README of the Shopify adapter lists every step of `SOURCES`; the names of those taken are kept in `taken`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from tests.support.shopify_admin.execution import Record, Unknown
from tests.support.shopify_admin.holds import Holds
from tests.support.shopify_admin.refunds import bag, money
from tests.support.shopify_admin.returns import Returns, sent

SOURCES = {
    "returnCalculate": "query returnCalculate, Admin schema 2026-10",
    "exchange items at returnCreate": "ReturnInput.exchangeLineItems; shopify.dev, Manage exchanges",
    "suggestedFinancialOutcome": "Return.suggestedFinancialOutcome: an invoice or a refund",
    "exchange items at returnProcess": "returnProcess: 'creates FulfillmentOrder objects for exchange items'",
    "exchange items removed": "removeFromReturn.exchangeLineItems",
    "a discount on an exchange item": "ExchangeLineItemAppliedDiscountInput.value.amount, taken for the whole line",
    "what is owed after an exchange": "Order.totalOutstandingSet and paymentCollectionDetails",
    "storeCreditRefund": "RefundInput.refundMethods.storeCreditRefund; its transaction names no parent",
    "metafieldsSet on an order": "MetafieldsSetInput.ownerId may be an order's",
}
"""Each step, and where Shopify says it."""


@dataclass(slots=True)
class Exchanges:
    """Around the recorded returns: what goes out for what comes back."""

    returns: Returns
    holds: Holds
    variants: dict[str, Record] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    after_calculating: Callable[[], None] = lambda: None
    """What happens in the shop before the next step."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(77001))

    def calculate(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`returnCalculate`."""
        self.taken.add("returnCalculate")
        order = self.returns.orders[input["orderId"]]
        back = [self._back(order, each) for each in input["returnLineItems"]]
        new = [self._new(order, each) for each in input.get("exchangeLineItems", ())]
        self.after_calculating()
        return {"id": "gid://shopify/CalculatedReturn/1", "returnLineItems": back, "exchangeLineItems": new}

    def create(self, returnInput: Record) -> Record:  # noqa: N803 - Shopify's name
        """`returnCreate`, with goods to exchange for."""
        asked = dict(returnInput)
        new = asked.pop("exchangeLineItems", None)
        answer = self.returns.create(asked)
        if not new or answer["return"] is None:
            return answer
        self.taken.add("exchange items at returnCreate")
        made = answer["return"]
        made["exchangeLineItems"] = [self._item(made["order"], each) for each in new]
        made["suggestedFinancialOutcome"] = lambda **chosen: self._outcome(made, chosen)
        made["back"] = [self._back(made["order"], each) for each in asked["returnLineItems"]]
        return answer

    def process(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`returnProcess`: the exchange becomes part of the order."""
        asked = dict(input)
        new = asked.pop("exchangeLineItems", None)
        answer = self.returns.process(asked)
        made = answer["return"]
        if not new or made is None:
            return answer
        self.taken.add("exchange items at returnProcess")
        for each in new:
            item = next(item for item in made["exchangeLineItems"] if item["id"] == each["id"])
            if each["quantity"] > item["quantity"] - item["processedQuantity"]:
                raise Unknown("exchange items processed twice")
            item["processedQuantity"] += each["quantity"]
            self._sold(made["order"], item)
        self._owe(made)
        return answer

    def remove(self, **asked: list[Record]) -> Record:
        """`removeFromReturn`, of goods to exchange for."""
        new = asked.pop("exchangeLineItems", None)
        if not new:
            return self.returns.remove(**asked)
        if asked.get("returnLineItems"):
            raise Unknown("removeFromReturn of both sides")
        self.taken.add("exchange items removed")
        made = self.returns.find(str(asked["returnId"]))
        if made is None:
            raise Unknown("removeFromReturn of no return")
        gone = {each["exchangeLineItemId"] for each in new}
        made["exchangeLineItems"] = [item for item in made["exchangeLineItems"] if item["id"] not in gone]
        return {"return": made, "userErrors": []}

    def _outcome(self, made: Record, chosen: Record) -> Record:
        """An invoice where the goods cost more, else a refund."""
        self.taken.add("suggestedFinancialOutcome")
        if len(chosen["returnLineItems"]) != len(made["returnLineItems"]):
            raise Unknown("the outcome of part of a return")
        due = _sum(made["exchangeLineItems"]) - _sum(made["back"])
        kind = "InvoiceReturnOutcome" if due > 0 else "RefundReturnOutcome"
        return {"financialTransfer": {"__typename": kind, "amount": bag(made["order"], abs(due))} if due else None}

    def _back(self, order: Record, asked: Record) -> Record:
        """Units of a line as they were paid for, less the fee; taxes are inside."""
        line_id = sent(order)[asked["fulfillmentLineItemId"]]["lineItem"]["id"]
        line = next(each for each in order["lineItems"] if each["id"] == line_id)
        off = sum((money(each["allocatedAmountSet"]) for each in line["discountAllocations"]), Decimal())
        listed = money(line["originalUnitPriceSet"]) * line["quantity"] - off
        value = (listed * asked["quantity"] / line["quantity"]).quantize(Decimal("0.01"))
        rate = Decimal(repr(asked.get("restockingFee", {}).get("percentage", 0)))
        value -= (value * rate / 100).quantize(Decimal("0.01"))
        return {"quantity": asked["quantity"], "subtotalSet": bag(order, value), "totalTaxSet": bag(order, Decimal())}

    def _new(self, order: Record, asked: Record) -> Record:
        variant = self.variants.get(asked["variantId"])
        if variant is None:
            raise Unknown("an exchange for no variant")
        price = Decimal(variant["price"]) * asked["quantity"]
        if discount := asked.get("appliedDiscount"):
            self.taken.add("a discount on an exchange item")
            price -= Decimal(discount["value"]["amount"]["amount"])
        made = {"quantity": asked["quantity"], "subtotalSet": bag(order, price), "totalTaxSet": bag(order, Decimal())}
        return {**made, "variant": variant}

    def _item(self, order: Record, asked: Record) -> Record:
        gid = f"gid://shopify/ExchangeLineItem/{next(self._numbers)}"
        return {"id": gid, "processedQuantity": 0, **self._new(order, asked)}

    def _sold(self, order: Record, item: Record) -> None:
        """A line of the order like any other, that has yet to leave."""
        line = dict(order["lineItems"][0])
        gid = f"gid://shopify/LineItem/{next(self._numbers)}"
        line |= {"id": gid, "quantity": item["quantity"], "currentQuantity": item["quantity"]}
        line |= {"unfulfilledQuantity": item["quantity"], "refundableQuantity": item["quantity"], "taxLines": []}
        line |= {"title": item["variant"]["title"], "variant": item["variant"], "discountAllocations": []}
        line["originalUnitPriceSet"] = bag(order, money(item["subtotalSet"]) / item["quantity"])
        order["lineItems"].append(line)
        order.setdefault("fulfillmentOrders", []).append(self.holds.opened({gid: item["quantity"]}))

    def _owe(self, made: Record) -> None:
        self.taken.add("what is owed after an exchange")
        order = made["order"]
        due = _sum(made["exchangeLineItems"]) - _sum(made["back"])
        owed = money(order.get("totalOutstandingSet") or bag(order, Decimal())) + due
        order["totalOutstandingSet"] = bag(order, owed)
        url = f"https://nordkap.example/pay/{order['id'].rpartition('/')[2]}" if owed > 0 else None
        order["paymentCollectionDetails"] = {"additionalPaymentCollectionUrl": url}


def _sum(lines: list[Record]) -> Decimal:
    return sum((money(each["subtotalSet"]) for each in lines), Decimal())
