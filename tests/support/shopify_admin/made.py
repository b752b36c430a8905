"""What commands make in a shop: drafts, exchanges, credit, holds, and notes of their own. Wired for `AdminShop`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.support.shopify_admin.credits import Credits
from tests.support.shopify_admin.drafts import Drafts
from tests.support.shopify_admin.exchanges import Exchanges
from tests.support.shopify_admin.execution import Record, Unknown
from tests.support.shopify_admin.holds import Holds
from tests.support.shopify_admin.refunds import Refunds, bag, left, refunded
from tests.support.shopify_admin.returns import Returns


@dataclass(slots=True)
class Made:
    """All of it, inside the shop's orders."""

    orders: dict[str, Record]
    returns: Returns
    refunds: Refunds
    now: Callable[[], str]
    drafts: Drafts = field(init=False)
    holds: Holds = field(init=False)
    exchanges: Exchanges = field(init=False)
    credits: Credits = field(default_factory=Credits)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    takes_credit: bool = True

    def __post_init__(self) -> None:
        self.drafts = Drafts(self.orders, self.now)
        self.credits.now = self.now
        self.holds = Holds(self.orders)
        self.exchanges = Exchanges(self.returns, self.holds)

    def root(self) -> dict[str, Any]:
        """What is asked."""
        return {
            "draftOrders": self.drafts.listed,
            "returnCalculate": self.exchanges.calculate,
            "nodes": lambda ids: [self.exchanges.variants.get(gid) for gid in ids],
            "customer": self.credits.customer,
            "storeCreditConfiguration": lambda: {"storeCreditEnabled": self.takes_credit},
        }

    def mutations(self) -> dict[str, Any]:
        """What is done."""
        return {
            "draftOrderCreate": self.drafts.create,
            "draftOrderComplete": self.drafts.complete,
            "draftOrderDelete": self.drafts.delete,
            "refundCreate": self._refund,
            "returnCreate": self.exchanges.create,
            "returnProcess": self.exchanges.process,
            "removeFromReturn": self.exchanges.remove,
            "storeCreditAccountCredit": self.credits.credit,
            "fulfillmentOrderHold": self.holds.hold,
            "metafieldsSet": self._note,
        }

    def of(self, order: Record) -> Record:
        """An order with what these commands left on it."""
        gid = order["id"]
        order["metafields"] = lambda namespace, **_: self._noted(gid, namespace)
        order.setdefault("fulfillmentOrders", [])
        order.setdefault("paymentCollectionDetails", {"additionalPaymentCollectionUrl": None})
        return order

    def _refund(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`refundCreate`, to store credit where it says so: the shopper's account has it, and no payment is touched."""
        methods = input.get("refundMethods")
        if not methods:
            return self.refunds.create(input)
        self.exchanges.taken.add("storeCreditRefund")
        order = self.orders[input["orderId"]]
        amount = sum((Decimal(each["storeCreditRefund"]["amount"]["amount"]) for each in methods), Decimal())
        before = set(self.refunds.made)
        if amount > left(order) and self.refunds.key() not in before:
            raise Unknown("more to store credit than was paid")
        answer = self.refunds.create({name: value for name, value in input.items() if name != "refundMethods"})
        if answer["refund"] and self.refunds.key() not in before:
            self._to_account(order, answer["refund"], amount)
        return answer

    def _to_account(self, order: Record, refund: Record, amount: Decimal) -> None:
        moved = {"id": refund["id"].replace("Refund", "OrderTransaction"), "kind": "REFUND", "status": "SUCCESS"}
        moved |= {"gateway": "shopify_store_credit", "manualPaymentGateway": False, "parentTransaction": None}
        moved |= {"processedAt": self.now(), "amountSet": bag(order, amount)}
        refund |= {"totalRefundedSet": bag(order, amount), "transactions": [moved]}
        order["transactions"].append(moved)
        order["totalRefundedSet"] = bag(order, refunded(order))
        asked = {"amount": f"{amount}", "currencyCode": order["presentmentCurrencyCode"]}
        self.credits.given(order["customer"]["id"], asked, {**moved, "__typename": "OrderTransaction"})

    def _noted(self, gid: str, namespace: str) -> list[Record]:
        if namespace != "$app":
            raise Unknown(f"metafields of {namespace}")
        return [{"id": name, "key": name, "value": value} for name, value in self.notes.get(gid, {}).items()]

    def _note(self, metafields: list[Record]) -> Record:
        """`metafieldsSet`, on orders alone."""
        self.exchanges.taken.add("metafieldsSet on an order")
        for each in metafields:
            if each["ownerId"] not in self.orders or each.keys() - {"ownerId", "key", "type", "value"}:
                raise Unknown(f"metafieldsSet of {sorted(each)} on {each['ownerId']}")
            self.notes.setdefault(each["ownerId"], {})[each["key"]] = each["value"]
        return {"metafields": [{"id": each["key"]} for each in metafields], "userErrors": []}
