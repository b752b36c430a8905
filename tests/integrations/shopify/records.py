"""Orders as the fake Admin API keeps them: every selected field, a connection as the list of its nodes."""

from __future__ import annotations

from typing import Any

from tests.integrations.shopify.nodes import a_fulfilment_node, a_line_node, a_node, bag, page
from tests.integrations.shopify.samples import Json
from tests.support.shopify_admin.shop import LOCATION


def an_order(number: int, **changes: object) -> Json:
    """An order that was sent in one parcel, nothing of which came back."""
    fulfilment = a_fulfilment_node(id=f"gid://shopify/Fulfillment/{number}", displayStatus="FULFILLED")
    fulfilment |= {"location": LOCATION, "totalQuantity": 2, "deliveredAt": None, "events": page()}
    fulfilment["fulfillmentLineItems"] = page(
        {
            "id": f"gid://shopify/FulfillmentLineItem/{number}",
            "quantity": 2,
            "lineItem": {
                "id": f"gid://shopify/LineItem/{number}",
                "variant": {"id": "gid://shopify/ProductVariant/6"},
                "discountedUnitPriceAfterAllDiscountsSet": bag("11.90"),
            },
        }
    )
    line = a_line_node(id=f"gid://shopify/LineItem/{number}", currentQuantity=2, unfulfilledQuantity=0)
    made = a_node(id=f"gid://shopify/Order/{number}", name=f"#{number}", refunds=[], returnStatus="NO_RETURN")
    whole: Json = recorded({**made, "lineItems": page(line), "fulfillments": [fulfilment], "returns": page()})
    return {**whole, **changes}


def recorded(value: Any) -> Any:  # noqa: ANN401 - parsed JSON of any shape
    """As the shop's records hold it: a connection is its nodes."""
    if isinstance(value, list):
        return [recorded(each) for each in value]
    if isinstance(value, dict):
        return recorded(value["nodes"]) if "nodes" in value else {name: recorded(each) for name, each in value.items()}
    return value
