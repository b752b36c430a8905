"""What is read of a shop before anything is done in it: the few fields that decide, as REST v3 shows them."""

from decimal import Decimal

from msgspec import Struct

from integrations.platforms.woocommerce.records import AddressRecord, Id, Meta

ORDER_OPEN = frozenset({"pending", "on-hold", "processing"})
DRAFT = "checkout-draft"
TRASH = "trash"


class TaxShare(Struct):
    """What one tax rate takes of an item; up to six decimals, whatever the shop rounds to."""

    id: int
    total: str = ""


class Item(Struct):
    """A line, delivery or fee of an order; of a refund the same with negative numbers."""

    id: int
    total: str
    total_tax: str = "0"
    quantity: int = 0
    taxes: list[TaxShare] = []
    product_id: Id | None = None
    variation_id: Id | None = None
    meta_data: list[Meta] = []

    @property
    def gross(self) -> Decimal:
        """The amount with its tax."""
        return amount(self.total) + amount(self.total_tax)


class Items(Struct):
    """The three kinds of item that a refund may name, by the same `line_items` (WooCommerce 10.5)."""

    line_items: list[Item] = []
    shipping_lines: list[Item] = []
    fee_lines: list[Item] = []


class LiveOrder(Items, kw_only=True):
    """An order as it is now."""

    id: int
    number: Id
    status: str
    currency: str
    total: str
    total_tax: str
    date_modified_gmt: str
    date_paid_gmt: str | None = None
    payment_method: str | None = None
    payment_url: str | None = None
    customer_id: int | None = None
    billing: AddressRecord
    shipping: AddressRecord
    meta_data: list[Meta] = []


class LiveRefund(Items, kw_only=True):
    """A refund as it is now. `refunded_payment`: whether the gateway has said that it paid."""

    id: int
    amount: str
    date_created_gmt: str
    reason: str | None = None
    refunded_payment: bool = False
    meta_data: list[Meta] = []


class Gateway(Struct):
    """A way of paying; `refunds` is among what it supports when it can give money back by itself."""

    method_supports: list[str] = []


class Setting(Struct):
    """One setting of the shop."""

    value: str


class ProductNow(Struct):
    """What can be bought now. `manage_stock` of a variation may be "parent"."""

    id: int
    status: str
    stock_status: str = "instock"
    parent_id: int = 0
    type: str = ""
    manage_stock: bool | str = False
    stock_quantity: int | float | None = None
    backorders_allowed: bool = False
    purchasable: bool = True
    meta_data: list[Meta] = []


class Note(Struct):
    """A note on an order."""

    note: str = ""


class Coupon(Struct):
    """A coupon, its code in lower case."""

    id: int
    code: str
    meta_data: list[Meta] = []


def amount(text: str) -> Decimal:
    """The number a text names; 0 for an amount that was never given ("" or "-")."""
    return Decimal(text) if text not in {"", "-"} else Decimal()
