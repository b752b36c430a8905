"""Documented, never recorded: what Shopify's schema says of returns and nobody has seen a live store do.

The names of the steps taken are kept in `taken`; the README of the Shopify adapter lists every one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tests.support.shopify_admin.execution import Record, Unknown

SOURCES = {
    "disposed as RESTOCKED": "ReverseFulfillmentOrderDispositionType, Admin schema 2026-10",
    "disposed as MISSING": "ReverseFulfillmentOrderDispositionType, Admin schema 2026-10",
    "disposed without a location": "ReverseFulfillmentOrderDisposeInput.locationId is required for RESTOCKED alone",
    "a restocking fee": "RestockingFeeInput.percentage, of the line's price after discounts",
    "a return shipping fee at a request": "ReturnRequestInput.returnShippingFee (recorded at returnCreate)",
    "part of a return removed": "removeFromReturn: 'Removes return and/or exchange lines from a return.'",
    "another label for a parcel": "reverseDeliveryShippingUpdate.labelInput (recorded with tracking alone)",
}
"""Each step, and where Shopify says it."""


@dataclass(slots=True)
class Documented:
    """What was done on the word of the documentation alone."""

    taken: set[str] = field(default_factory=set)

    def take(self, step: str) -> None:
        """Note it; a step that is not listed is unknown."""
        if step not in SOURCES:
            raise Unknown(step)
        self.taken.add(step)

    def disposed(self, line: Record, asked: Record) -> None:
        """Goods that were restocked or are missing, or whose place nobody named."""
        kind = asked["dispositionType"]
        if kind != "NOT_RESTOCKED":
            self.take(f"disposed as {kind}")
        if asked.get("locationId") is None:
            self.take("disposed without a location")
        if sum(each["quantity"] for each in line["dispositions"]) + asked["quantity"] > line["totalQuantity"]:
            raise Unknown("disposed more than there is")

    def restocking_fee(self, line: Record, units: int, asked: Record) -> Record:
        """The rate as an amount, in a currency of both sides."""
        self.take("a restocking fee")
        price = line["lineItem"]["discountedUnitPriceAfterAllDiscountsSet"]["presentmentMoney"]
        amount = Decimal(price["amount"]) * units * Decimal(repr(asked["percentage"])) / 100
        side = {"amount": f"{amount:.2f}", "currencyCode": price["currencyCode"]}
        return {"percentage": asked["percentage"], "amountSet": {"shopMoney": side, "presentmentMoney": side}}

    def removed(self, found: Record, asked: Sequence[Record]) -> None:
        """Some of the units of a return; those that were received stay."""
        self.take("part of a return removed")
        for each in asked:
            line = next(line for line in found["returnLineItems"] if line["id"] == each["returnLineItemId"])
            if each["quantity"] > line["unprocessedQuantity"]:
                raise Unknown("removeFromReturn of what was received")
            line["quantity"] -= each["quantity"]
            line["unprocessedQuantity"] -= each["quantity"]
            _shrink(found, line, each["quantity"])
        found["returnLineItems"] = [line for line in found["returnLineItems"] if line["quantity"]]


def _shrink(found: Record, line: Record, units: int) -> None:
    """What is not sent back any more leaves the order of what is sent back, too."""
    for order in found["reverseFulfillmentOrders"]:
        for back in order["lineItems"]:
            if back["fulfillmentLineItem"] is line["fulfillmentLineItem"]:
                back["totalQuantity"] -= units
        order["lineItems"] = [back for back in order["lineItems"] if back["totalQuantity"]]
