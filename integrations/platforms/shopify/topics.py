"""What each webhook topic means to us: one row a topic, `/` as Shopify writes it (Admin API 2026-10)."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from integrations.platforms.shopify import webhook_shapes as webhook
from integrations.platforms.shopify.app_topics import APP_TOPICS
from integrations.platforms.shopify.fields import key, order_ref
from integrations.platforms.shopify.fulfilments import estimate, webhook_event, webhook_fulfilment
from integrations.platforms.shopify.products import products_seen
from integrations.platforms.shopify.reading import read, readable
from integrations.platforms.shopify.refunds import NotTold, has_tax_inside, webhook_refund
from integrations.platforms.shopify.returns import return_hint, return_seen
from integrations.platforms.shopify.webhook_orders import webhook_order
from plugin.domain.decoding import decoder
from plugin.domain.order import Platform
from plugin.domain.shop_events import (
    DeliverySeen,
    DeliveryWithdrawn,
    FulfilmentSeen,
    OrderGone,
    OrderSeen,
    RefundSeen,
    Reread,
    ShopEvent,
    Subject,
)

T = TypeVar("T", bound=webhook.Shape)
Events = tuple[ShopEvent, ...]
Reader = Callable[[bytes | msgspec.Raw, Mapping[str, str]], Events]


def _reader(shape: type[T], meaning: Callable[[T], Events]) -> Reader:
    shaped = decoder(shape)

    def translated(body: bytes | msgspec.Raw, _headers: Mapping[str, str]) -> Events:
        given = read(shaped, body)
        with readable():
            return meaning(given)

    return translated


def _order(given: webhook.Order) -> Events:
    return (OrderSeen(webhook_order(given)),)


def _order_gone(given: webhook.Named) -> Events:
    return (OrderGone(order_ref(key(given))),)


def _order_edited(given: webhook.OrderEdited) -> Events:
    return (_reread_order(given.order_edit.order_id),)


def _fulfilment(given: webhook.Fulfilment) -> Events:
    """A body that says "delivered" without when: the instant is asked for."""
    seen = FulfilmentSeen(order_ref(str(given.order_id)), webhook_fulfilment(given))
    return (seen, _reread_order(given.order_id)) if given.shipment_status == "delivered" else (seen,)


def _delivery(given: webhook.FulfilmentEvent) -> Events:
    expected = estimate(given.estimated_delivery_at, "estimated_delivery_at")
    order, parcel = order_ref(str(given.order_id)), str(given.fulfillment_id)
    return (DeliverySeen(order, parcel, webhook_event(given), expected),)


def _delivery_withdrawn(given: webhook.FulfilmentEvent) -> Events:
    return (DeliveryWithdrawn(order_ref(str(given.order_id)), str(given.fulfillment_id), key(given)),)


def _refund(given: webhook.Refund) -> Events:
    """The refund, or the order again where the body alone does not say what an amount is."""
    try:
        refund = webhook_refund(given, tax_inside=has_tax_inside(given))
    except NotTold:
        return (_reread_order(given.order_id),)
    return (RefundSeen(order_ref(str(given.order_id)), refund),)


def _reread_order(order_id: int) -> Reread:
    return Reread(Subject.ORDER, Platform.SHOPIFY, str(order_id))


_PRODUCT = decoder(webhook.Product)


def read_product(body: bytes | msgspec.Raw, headers: Mapping[str, str]) -> Events:
    """A product's body; the shop's domain comes with the headers."""
    given = read(_PRODUCT, body)
    with readable():
        return products_seen(given, headers)


read_order = _reader(webhook.Order, _order)
read_fulfilment = _reader(webhook.Fulfilment, _fulfilment)
read_delivery = _reader(webhook.FulfilmentEvent, _delivery)
read_refund = _reader(webhook.Refund, _refund)
read_return = _reader(webhook.Return, return_seen)
_read_hint = _reader(webhook.ReturnHint, return_hint)

TOPICS: dict[str, Reader] = {
    "orders/create": read_order,
    "orders/updated": read_order,
    "orders/cancelled": read_order,
    "orders/fulfilled": read_order,
    "orders/partially_fulfilled": read_order,
    "orders/paid": read_order,
    "orders/edited": _reader(webhook.OrderEdited, _order_edited),
    "orders/delete": _reader(webhook.Named, _order_gone),
    "fulfillments/create": read_fulfilment,
    "fulfillments/update": read_fulfilment,
    "fulfillment_events/create": read_delivery,
    "fulfillment_events/delete": _reader(webhook.FulfilmentEvent, _delivery_withdrawn),
    "refunds/create": read_refund,
    "returns/request": read_return,
    "returns/approve": read_return,
    "returns/decline": read_return,
    "returns/cancel": read_return,
    "returns/close": read_return,
    "returns/reopen": read_return,
    "returns/update": _read_hint,
    "returns/process": _read_hint,
    "reverse_deliveries/attach_deliverable": _read_hint,
    "reverse_fulfillment_orders/dispose": _read_hint,
    "products/update": read_product,
    **APP_TOPICS,
}
"""Every other topic is ignored unread."""
