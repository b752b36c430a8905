"""The shapes of WooCommerce's records, as far as they are read: decoding checks the types and skips the rest.

REST API v3, WooCommerce 10.5. A field without default is needed; null where a type does not allow it counts as missing.
"""

from msgspec import Raw, Struct

Id = int | str
"""Beyond 2**53 too; some plugins quote it."""


class Meta(Struct):
    """One entry of `meta_data`; the value may be any JSON, and a key may repeat."""

    key: str = ""
    value: Raw = Raw(b"null")
    display_key: Raw = Raw(b"null")
    display_value: Raw = Raw(b"null")


class AddressRecord(Struct):
    """`billing` or `shipping`: empty strings where nothing was typed."""

    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    address_1: str | None = None
    address_2: str | None = None
    city: str | None = None
    state: str | None = None
    postcode: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None


class LineRecord(Struct):
    """An entry of `line_items`; every amount excludes tax. `price`, a float, is never read."""

    id: Id
    name: str
    quantity: int
    subtotal: str
    total: str
    total_tax: str
    product_id: Id | None
    variation_id: Id | None
    meta_data: list[Meta]
    sku: str | None = None
    parent_name: str | None = None


class RefundLineRecord(Struct):
    """A refund's line: an item of its own with negative numbers, tied to the order's by meta `_refunded_item_id`."""

    quantity: int
    total: str
    total_tax: str
    meta_data: list[Meta]


class LinkRecord(Struct):
    """One address of `_links`."""

    href: str = ""


class LinksRecord(Struct):
    """A refund's `_links`, of which `up` is its order."""

    up: list[LinkRecord] = []


class RefundRecord(Struct, rename={"links": "_links"}):
    """A refund: whole as `/refunds` gives it (`amount`), or an order's summary of it (`total`, negative)."""

    id: Id
    amount: str | None = None
    total: str | None = None
    date_created_gmt: str | None = None
    line_items: list[RefundLineRecord] = []
    parent_id: Id | None = None
    links: LinksRecord | None = None


class OrderRecord(Struct):
    """An order as GET /orders/{id} returns it. Local dates are never read: they repeat in the autumn hour."""

    id: Id
    status: str
    currency: str
    total: str
    shipping_total: str
    shipping_tax: str
    payment_method: str | None
    number: Id
    date_created_gmt: str
    date_modified_gmt: str
    date_paid_gmt: str | None
    date_completed_gmt: str | None
    billing: AddressRecord
    shipping: AddressRecord
    line_items: list[LineRecord]
    refunds: list[RefundRecord]
    meta_data: list[Meta]
    customer_id: Id | None = None
    customer_note: str | None = None
    needs_processing: bool | None = None


class TermRecord(Struct):
    """A category or tag of a product."""

    name: str = ""
    slug: str = ""


class ProductRecord(Struct):
    """A product, or a variation (`parent_id` set, `name` only its attributes, terms on the parent alone)."""

    id: Id
    name: str
    date_modified_gmt: str | None
    type: str = ""
    parent_id: Id | None = None
    sku: str | None = None
    virtual: bool | None = None
    downloadable: bool | None = None
    permalink: str | None = None
    status: str | None = None
    price: str | float | None = None
    purchasable: bool | None = None
    stock_status: str | None = None
    categories: list[TermRecord] = []
    tags: list[TermRecord] = []


class DeletedRecord(Struct):
    """The body of a `deleted` webhook."""

    id: Id


class ActionRecord(Struct):
    """The body of an `action.*` webhook: the hook's name and its first argument."""

    action: str
    arg: Raw


class NoteRecord(Struct):
    """The argument of `woocommerce_new_customer_note`."""

    order_id: Id
