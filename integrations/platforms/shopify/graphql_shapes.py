"""What `order.graphql` selects, Admin API 2026-10: the webhook shapes under GraphQL's names where the meaning is one.

Every selected field is required, null where the schema or a missing permission allows it: a record of another query
is parked, never read with holes. Renamed fields are declared again because msgspec renames only what a class declares.
"""

from typing import Any

import msgspec

from integrations.platforms.shopify import webhook_shapes as webhook
from integrations.platforms.shopify.graphql_parts import Connection, MoneyBag, Node, Shape
from integrations.platforms.shopify.reading import Instant, Quantity
from integrations.platforms.shopify.return_shapes import Return


class TaxLine(webhook.TaxLine, frozen=True, gc=False, kw_only=True, rename="camel"):
    """TaxLine."""

    price_set: MoneyBag


class DiscountAllocation(webhook.DiscountAllocation, frozen=True, gc=False, kw_only=True):
    """DiscountAllocation."""

    amount_set: MoneyBag = msgspec.field(name="allocatedAmountSet")


class Attribute(webhook.Property, frozen=True, gc=False, kw_only=True):
    """Attribute: a line property."""

    name: str | None = msgspec.field(name="key")
    value: Any


class Collection(Shape, frozen=True, gc=False, kw_only=True):
    """Collection."""

    handle: str


class Collections(Shape, frozen=True, gc=False, kw_only=True):
    """The first collections of a product: a merchant's rule looks at few, so further ones do not park an order."""

    nodes: list[Collection]


class Product(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """Product, as the catalogue has it now; null once deleted."""

    id: str
    product_type: str
    tags: list[str]
    collections: Collections


class SelectedOption(Shape, frozen=True, gc=False, kw_only=True):
    """SelectedOption: Size, M."""

    name: str
    value: str


class Variant(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """ProductVariant, as the catalogue has it now; null once deleted."""

    id: str
    selected_options: list[SelectedOption]


class Line(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """LineItem."""

    id: str
    title: str
    quantity: Quantity
    current_quantity: Quantity
    price_set: MoneyBag = msgspec.field(name="originalUnitPriceSet")
    discount_allocations: list[DiscountAllocation]
    tax_lines: list[TaxLine]
    sku: str | None
    variant_title: str | None
    requires_shipping: bool
    is_gift_card: bool
    properties: list[Attribute] = msgspec.field(name="customAttributes")
    product: Product | None
    variant: Variant | None


class Address(webhook.Address, frozen=True, gc=False, kw_only=True, rename="camel"):
    """MailingAddress."""

    first_name: str | None
    last_name: str | None
    province_code: str | None
    country_code: str | None = msgspec.field(name="countryCodeV2")


class Customer(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """Customer."""

    id: str
    first_name: str | None
    last_name: str | None


class PurchasingEntity(Shape, frozen=True, gc=False, kw_only=True):
    """Who buys: `Customer` or `PurchasingCompany`."""

    kind: str = msgspec.field(name="__typename")


class ShippingLine(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """ShippingLine, removed ones left out by default."""

    discounted_price_set: MoneyBag
    tax_lines: list[TaxLine]


class TrackingInfo(Shape, frozen=True, gc=False, kw_only=True):
    """FulfillmentTrackingInfo."""

    company: str | None
    number: str | None
    url: str | None


class FulfilledLine(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """FulfillmentLineItem."""

    quantity: Quantity | None
    line_item: Node


class FulfilmentEvent(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """FulfillmentEvent."""

    id: str
    status: str
    happened_at: Instant
    message: str | None
    estimated_delivery_at: Instant | None


class Fulfilment(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """Fulfillment; the three dates are null as long as no carrier reports."""

    id: str
    status: str
    created_at: Instant
    updated_at: Instant
    delivered_at: Instant | None
    estimated_delivery_at: Instant | None
    tracking_info: list[TrackingInfo]
    fulfillment_line_items: Connection[FulfilledLine]
    events: Connection[FulfilmentEvent]


class RefundLine(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """RefundLineItem."""

    quantity: Quantity
    line_item: Node
    subtotal_set: MoneyBag
    total_tax_set: MoneyBag


class Refund(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """Refund."""

    id: str
    processed_at: Instant
    total_refunded_set: MoneyBag
    return_: Node | None = msgspec.field(name="return")
    refund_line_items: Connection[RefundLine]


class Transaction(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """OrderTransaction."""

    kind: str
    status: str
    processed_at: Instant | None
    manual_payment_gateway: bool


class Count(Shape, frozen=True, gc=False, kw_only=True):
    """Count."""

    count: int


class Order(Shape, frozen=True, gc=False, kw_only=True, rename="camel"):
    """Order."""

    id: str
    name: str
    processed_at: Instant
    updated_at: Instant
    cancelled_at: Instant | None
    test: bool
    taxes_included: bool
    currency_code: str
    presentment_currency_code: str
    display_financial_status: str | None
    payment_gateway_names: list[str]
    customer_locale: str | None
    note: str | None
    tags: list[str]
    custom_attributes: list[Attribute]
    email: str | None
    phone: str | None
    customer: Customer | None
    purchasing_entity: PurchasingEntity | None
    billing_address: Address | None
    shipping_address: Address | None
    total_price_set: MoneyBag
    shipping_lines: Connection[ShippingLine]
    line_items: Connection[Line]
    transactions: list[Transaction]
    fulfillments_count: Count | None
    fulfillments: list[Fulfilment]
    refunds: list[Refund]
    returns: Connection[Return]
