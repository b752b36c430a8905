"""Goods on their way back as Shopify keeps them: parcels with label and tracking, and what became of what came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from tests.support.shopify_admin.documented import Documented
from tests.support.shopify_admin.execution import Record, Unknown

TOO_MANY = "cannot deliver more items than are returned"
SEVERAL = "Cannot dispose items from more than one reverse fulfillment order."
CUSTOM = "RESTOCKED is an invalid disposition type for a custom line item."


class BadId(Exception):
    """An id of another kind of thing, which ends the whole operation."""

    code = "RESOURCE_NOT_FOUND"

    def __init__(self, gid: str) -> None:
        super().__init__(f"Invalid id: {gid}")


@dataclass(slots=True)
class Reverse:
    """What comes back, inside the returns of the shop's orders."""

    orders: dict[str, Record]
    locations: dict[str, Record]
    documented: Documented
    touched: Callable[[Record], None]
    _numbers: Iterator[int] = field(default_factory=lambda: count(5127373106))

    def order(self, id: str) -> Record | None:  # noqa: A002 - Shopify's name
        """`reverseFulfillmentOrder`."""
        return next((order for _, order in self._all() if order["id"] == id), None)

    def delivery(self, id: str) -> Record | None:  # noqa: A002 - Shopify's name
        """`reverseDelivery`."""
        return next((each for _, order in self._all() for each in order["reverseDeliveries"] if each["id"] == id), None)

    def send(
        self,
        reverseFulfillmentOrderId: str,  # noqa: N803 - Shopify's name
        reverseDeliveryLineItems: Sequence[Record],  # noqa: N803 - Shopify's name
        trackingInput: Record | None = None,  # noqa: N803 - Shopify's name
        labelInput: Record | None = None,  # noqa: N803 - Shopify's name
        notifyCustomer: bool = True,  # noqa: N803, FBT001, FBT002 - Shopify's name and default
    ) -> Record:
        """`reverseDeliveryCreateWithShipping`; no lines means all of them."""
        assert isinstance(notifyCustomer, bool)
        order = self.order(_of_kind(reverseFulfillmentOrderId, "ReverseFulfillmentOrder"))
        if order is None:
            return _no(["reverseFulfillmentOrderId"], "Reverse fulfillment order was not found.", "NOT_FOUND")
        lines = {line["id"]: line for line in order["lineItems"]}
        asked = reverseDeliveryLineItems or [
            {"reverseFulfillmentOrderLineItemId": gid, "quantity": line["totalQuantity"]} for gid, line in lines.items()
        ]
        if (fault := _undeliverable(asked, lines)) is not None:
            return fault
        made: Record = {"__typename": "ReverseDelivery", "id": f"gid://shopify/ReverseDelivery/{next(self._numbers)}"}
        made |= {"reverseFulfillmentOrder": order, "deliverable": _deliverable(trackingInput, labelInput)}
        made["reverseDeliveryLineItems"] = [
            {
                "id": f"gid://shopify/ReverseDeliveryLineItem/{next(self._numbers)}",
                "quantity": each["quantity"],
                "reverseFulfillmentOrderLineItem": lines[each["reverseFulfillmentOrderLineItemId"]],
            }
            for each in asked
        ]
        order["reverseDeliveries"].append(made)
        self._touch(order)
        return {"reverseDelivery": made, "userErrors": []}

    def update(
        self,
        reverseDeliveryId: str,  # noqa: N803 - Shopify's name
        trackingInput: Record | None = None,  # noqa: N803 - Shopify's name
        labelInput: Record | None = None,  # noqa: N803 - Shopify's name
        notifyCustomer: bool = True,  # noqa: N803, FBT001, FBT002 - Shopify's name and default
    ) -> Record:
        """`reverseDeliveryShippingUpdate`: what is not named stays."""
        assert isinstance(notifyCustomer, bool)
        found = self.delivery(_of_kind(reverseDeliveryId, "ReverseDelivery"))
        if found is None:
            return _no(["reverseDeliveryId"], "Reverse delivery was not found.", "NOT_FOUND")
        new = _deliverable(trackingInput, labelInput)
        if labelInput:
            self.documented.take("another label for a parcel")
        kept = found["deliverable"]
        found["deliverable"] = {**kept, **{name: value for name, value in new.items() if value is not None}}
        self._touch(found["reverseFulfillmentOrder"])
        return {"reverseDelivery": found, "userErrors": []}

    def dispose(self, dispositionInputs: Sequence[Record]) -> Record:  # noqa: N803 - Shopify's name
        """`reverseFulfillmentOrderDispose`."""
        known = {line["id"]: (order, line) for _, order in self._all() for line in order["lineItems"]}
        named = [
            _of_kind(each["reverseFulfillmentOrderLineItemId"], "ReverseFulfillmentOrderLineItem")
            for each in dispositionInputs
        ]
        if len({known[gid][0]["id"] if gid in known else None for gid in named} - {None}) != 1:
            return _not_disposed([_error(["dispositionInputs"], SEVERAL, "INVALID")])
        faults = [fault for at, each in enumerate(dispositionInputs) for fault in self._faults(at, each, known)]
        if faults:
            return _not_disposed(faults)
        for each in dispositionInputs:
            order, line = known[each["reverseFulfillmentOrderLineItemId"]]
            if each["dispositionType"] != "NOT_RESTOCKED" or each.get("locationId") is None:
                self.documented.disposed(line, each)
            self._dispose(order, line, each)
        return {"reverseFulfillmentOrderLineItems": [known[gid][1] for gid in named], "userErrors": []}

    def _dispose(self, order: Record, line: Record, asked: Record) -> None:
        place = asked.get("locationId")
        done = {"type": asked["dispositionType"], "quantity": asked["quantity"]}
        line["dispositions"].append({**done, "location": self.locations[place] if place else None})
        self._touch(order)

    def _faults(self, at: int, asked: Record, known: dict[str, tuple[Record, Record]]) -> Iterator[Record]:
        _, line = known[asked["reverseFulfillmentOrderLineItemId"]]
        path, place = ["dispositionInputs", str(at)], asked.get("locationId")
        is_custom = line["fulfillmentLineItem"]["lineItem"].get("variant") is None
        if asked["dispositionType"] == "RESTOCKED" and is_custom:
            yield _error([*path, "dispositionType"], CUSTOM, "INVALID")
        if place is not None and _of_kind(place, "Location") not in self.locations:
            yield _error([*path, "locationId"], "Location not found.", "NOT_FOUND")
        if asked["dispositionType"] == "RESTOCKED" and place is None:
            raise Unknown("RESTOCKED without a location")

    def _touch(self, order: Record) -> None:
        self.touched(next(found for found, each in self._all() if each is order))

    def _all(self) -> Iterator[tuple[Record, Record]]:
        for order in self.orders.values():
            for found in order["returns"]:
                for each in found.get("reverseFulfillmentOrders", ()):
                    yield found, each


def _undeliverable(asked: Sequence[Record], lines: dict[str, Record]) -> Record | None:
    left = {gid: line["totalQuantity"] for gid, line in lines.items()}
    for at, each in enumerate(asked):
        gid = _of_kind(each["reverseFulfillmentOrderLineItemId"], "ReverseFulfillmentOrderLineItem")
        path = ["reverseDeliveryLineItems", str(at)]
        if gid not in left:
            return _no([*path, "reverseFulfillmentOrderLineItemId"], "must exist", None)
        left[gid] -= each["quantity"]
        if left[gid] < 0:
            return _no([*path, "quantity"], TOO_MANY, None)
    return None


def _deliverable(tracking: Record | None, label: Record | None) -> Record:
    """Shopify knows no carrier by a number of nobody's."""
    kind = "ReverseDeliveryShippingDeliverable"
    shown = tracking and {"number": tracking.get("number"), "url": tracking.get("url"), "carrierName": None}
    return {"__typename": kind, "tracking": shown, "label": label and {"publicFileUrl": label["fileUrl"]}}


def _of_kind(gid: str, kind: str) -> str:
    if not gid.startswith(f"gid://shopify/{kind}/"):
        raise BadId(gid)
    return gid


def _no(path: list[str], message: str, code: str | None) -> Record:
    return {"reverseDelivery": None, "userErrors": [_error(path, message, code)]}


def _not_disposed(errors: list[Record]) -> Record:
    return {"reverseFulfillmentOrderLineItems": None, "userErrors": errors}


def _error(path: list[str], message: str, code: str | None) -> Record:
    return {"field": path, "message": message, "code": code}
