"""What `order.graphql` selects of returns: what comes back, at which fee, how far it is, and in which parcels."""

from integrations.platforms.shopify.graphql_parts import Connection, Money, Node, Shape
from integrations.platforms.shopify.reading import Quantity


class ReturnedLine(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """The fulfilled line a returned one refers to."""

    line_item: Node


class Shown(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """MoneyBag, as far as the shopper sees it."""

    presentment_money: Money


class Fee(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """RestockingFee and ReturnShippingFee, as far as the shopper sees them."""

    amount_set: Shown


class ReturnLine(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """ReturnLineItem; one added without a fulfilment (UnverifiedReturnLineItem) names no line of the order."""

    quantity: Quantity
    processed_quantity: Quantity
    restocking_fee: Fee | None = None
    fulfillment_line_item: ReturnedLine | None = None


class Tracking(Shape, frozen=True, gc=False, kw_only=True):
    """ReverseDeliveryTrackingV2."""

    number: str | None
    url: str | None


class ReturnLabel(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """ReverseDeliveryLabelV2."""

    public_file_url: str | None


class Deliverable(Shape, frozen=True, gc=False, kw_only=True):
    """ReverseDeliveryShippingDeliverable, the only kind there is (2026-10)."""

    tracking: Tracking | None
    label: ReturnLabel | None


class ReverseDelivery(Shape, frozen=True, gc=False, kw_only=True):
    """ReverseDelivery."""

    id: str
    deliverable: Deliverable | None


class ReverseDeliveries(Shape, frozen=True, gc=False):
    """The first of them; a parcel more than that is not waited for."""

    nodes: list[ReverseDelivery]


class ReverseOrder(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """ReverseFulfillmentOrder."""

    reverse_deliveries: ReverseDeliveries


class ReverseOrders(Shape, frozen=True, gc=False):
    """Likewise."""

    nodes: list[ReverseOrder]


class Return(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """Return."""

    id: str
    status: str
    return_line_items: Connection[ReturnLine]
    return_shipping_fees: list[Fee]
    reverse_fulfillment_orders: ReverseOrders
