"""What we read of Shopify's webhook bodies (REST-shaped, snake_case), API version 2026-10. All else is skipped unread.

A field without default must be there, or the record is parked: `None` where Shopify may withhold it.
"""

from typing import Any

import msgspec

from integrations.platforms.shopify.reading import Amount, Identifier, Instant, Quantity


class Shape(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A record as Shopify sends it."""


class Named(Shape, frozen=True, gc=False, kw_only=True):
    """A thing with both its ids; the text one is exact wherever the body has been, see `fields.key`."""

    id: Identifier
    admin_graphql_api_id: str | None = None


class Money(Shape, frozen=True, gc=False, kw_only=True):
    """An amount, decimal text."""

    amount: Amount
    currency_code: str


class MoneySet(Shape, frozen=True, gc=False, kw_only=True):
    """An amount in the shop's currency and in the shopper's."""

    shop_money: Money
    presentment_money: Money


class TaxLine(Shape, frozen=True, gc=False, kw_only=True):
    """One tax on a line; `rate` 0.19 for 19 %."""

    price_set: MoneySet
    rate: float | None = None


class DiscountAllocation(Shape, frozen=True, gc=False, kw_only=True):
    """This line's share of one discount, order-wide ones included."""

    amount_set: MoneySet


class Property(Shape, frozen=True, gc=False, kw_only=True):
    """A line property: whatever the theme's form sent."""

    name: str | None
    value: Any = None


class Line(Named, frozen=True, gc=False, kw_only=True):
    """A line item of an order, a fulfilment or a refund."""

    title: str
    quantity: Quantity
    price_set: MoneySet
    discount_allocations: list[DiscountAllocation]
    tax_lines: list[TaxLine]
    current_quantity: Quantity | None = None
    sku: str | None = None
    variant_title: str | None = None
    product_id: Identifier | None = None
    variant_id: Identifier | None = None
    properties: list[Property] = []
    requires_shipping: bool | None = None
    gift_card: bool = False


class Address(Shape, frozen=True, gc=False, kw_only=True):
    """A postal address; every part may be missing or withheld."""

    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    zip: str | None = None
    province: str | None = None
    province_code: str | None = None
    country: str | None = None
    country_code: str | None = None
    phone: str | None = None


class Customer(Named, frozen=True, gc=False, kw_only=True):
    """The customer account an order belongs to."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None


class ShippingLine(Shape, frozen=True, gc=False, kw_only=True):
    """A shipping charge; `discounted_price_set` is what remains after discounts."""

    discounted_price_set: MoneySet
    tax_lines: list[TaxLine]
    is_removed: bool = False


class FulfilledLine(Named, frozen=True, gc=False, kw_only=True):
    """A line item inside a fulfilment; here `quantity` counts the units in it."""

    quantity: Quantity


class Fulfilment(Named, frozen=True, gc=False, kw_only=True):
    """Goods that left together; carries no instant of delivery."""

    status: str
    created_at: Instant
    order_id: Identifier
    updated_at: Instant | None = None
    shipment_status: str | None = None
    tracking_company: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    tracking_numbers: list[str | None] = []
    tracking_urls: list[str | None] = []
    line_items: list[FulfilledLine] = []


class FulfilmentEvent(Named, frozen=True, gc=False, kw_only=True):
    """What a carrier, an app or the merchant reports of a parcel."""

    order_id: Identifier
    fulfillment_id: Identifier
    status: str
    happened_at: Instant
    message: str | None = None
    estimated_delivery_at: Instant | None = None


class RefundLine(Shape, frozen=True, gc=False, kw_only=True):
    """Units of a line paid back; amounts as the price list states them, so with tax inside where prices are so."""

    line_item_id: Identifier
    quantity: Quantity
    subtotal_set: MoneySet
    total_tax_set: MoneySet
    line_item: Line | None = None


class Transaction(Shape, frozen=True, gc=False, kw_only=True):
    """Money that moved, or was meant to; `currency` None in Shopify's own sample."""

    kind: str
    status: str
    amount: Amount
    currency: str | None = None


class Refund(Named, frozen=True, gc=False, kw_only=True):
    """A refund, with or without money and with or without lines."""

    order_id: Identifier
    created_at: Instant
    refund_line_items: list[RefundLine]
    transactions: list[Transaction]
    processed_at: Instant | None = None
    total_duties_set: MoneySet | None = None
    return_: Named | None = msgspec.field(name="return", default=None)


class Order(Named, frozen=True, gc=False, kw_only=True):
    """The body of orders/create, updated, cancelled, fulfilled, partially_fulfilled and paid."""

    name: str
    created_at: Instant
    updated_at: Instant
    currency: str
    presentment_currency: str
    financial_status: str | None
    taxes_included: bool
    total_price_set: MoneySet
    payment_gateway_names: list[str]
    line_items: list[Line]
    shipping_lines: list[ShippingLine]
    fulfillments: list[Fulfilment]
    refunds: list[Refund]
    processed_at: Instant | None = None
    cancelled_at: Instant | None = None
    billing_address: Address | None = None
    shipping_address: Address | None = None
    customer: Customer | None = None
    email: str | None = None
    contact_email: str | None = None
    phone: str | None = None
    note: str | None = None
    tags: str | None = None
    note_attributes: list[Property] = []
    customer_locale: str | None = None
    company: Any = None
    test: bool = False


class ReturnLine(Shape, frozen=True, gc=False, kw_only=True):
    """A line of a return; Shopify's samples show none, so nothing of it is relied on."""

    quantity: Quantity | None = None
    fulfillment_line_item: "ReturnedLine | None" = None


class ReturnedLine(Shape, frozen=True, gc=False, kw_only=True):
    """The fulfilled line a returned one refers to."""

    line_item: Named | None = None


class Return(Named, frozen=True, gc=False, kw_only=True):
    """The body of returns/request, approve, decline, cancel, close and reopen: the order inside or by id."""

    status: str
    order: Named | None = None
    order_id: Identifier | None = None
    total_return_line_items: Quantity | None = None
    return_line_items: list[ReturnLine] = []


class ReturnHint(Shape, frozen=True, gc=False, kw_only=True):
    """Bodies that only say which return changed, if that: returns/update, returns/process, reverse deliveries."""

    admin_graphql_api_id: str | None = None
    return_: Named | None = msgspec.field(name="return", default=None)


class OrderEdit(Shape, frozen=True, gc=False, kw_only=True):
    """A change to an order, as a difference."""

    order_id: Identifier


class OrderEdited(Shape, frozen=True, gc=False, kw_only=True):
    """The body of orders/edited."""

    order_edit: OrderEdit


class Variant(Named, frozen=True, gc=False, kw_only=True):
    """A variant; those beyond the hundredth have ids and nothing else."""

    title: str | None = None
    sku: str | None = None
    price: str | None = None
    inventory_policy: str | None = None
    inventory_quantity: int | None = None
    updated_at: Instant | None = None


class Product(Named, frozen=True, gc=False, kw_only=True):
    """The body of products/update."""

    title: str
    handle: str | None = None
    product_type: str | None = None
    status: str | None = None
    tags: str = ""
    published_at: Instant | None = None
    updated_at: Instant | None = None
    variants: list[Variant] = []
