"""The order, independent of platform: what was sold to whom, where it went, what arrived when, what was paid back.

Everything personal sits in `Shopper`, so that it can be sealed apart and erased while the facts remain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.origin import MadeAs, Origin
from plugin.domain.return_parts import LineFee, ReturnDelivery
from plugin.domain.times import Moment


class Platform(StrEnum):
    """Where a shop runs."""

    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"


class Standing(StrEnum):
    """What an order's platform status means for the shopper's rights; the platform's own word is kept beside it."""

    UNPAID = "unpaid"
    PLACED = "placed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    REFUNDED = "refunded"


class PaymentKind(StrEnum):
    """How the shopper pays; decides how money can go back."""

    ONLINE = "online"
    BANK_TRANSFER = "bank_transfer"
    CHEQUE = "cheque"
    CASH_ON_DELIVERY = "cash_on_delivery"
    MANUAL = "manual"
    NONE = "none"


class DeliveryStatus(StrEnum):
    """What a carrier, platform or merchant reports of a parcel, normalised."""

    INFO_RECEIVED = "info_received"
    IN_TRANSIT = "in_transit"
    CUSTOMS = "customs"
    OUT_FOR_DELIVERY = "out_for_delivery"
    PICKUP_READY = "pickup_ready"
    FAILED_ATTEMPT = "failed_attempt"
    EXCEPTION = "exception"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OrderRef:
    """One order of one platform; `external_id` is a decimal string, for Shopify the legacy numeric id."""

    platform: Platform
    external_id: str


@dataclass(frozen=True, slots=True)
class Price:
    """One amount in the shop's currency and in the one the shopper saw and paid (presentment)."""

    shop: Money
    presentment: Money

    def __add__(self, other: Self) -> Self:
        return type(self)(self.shop + other.shop, self.presentment + other.presentment)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.shop - other.shop, self.presentment - other.presentment)


@dataclass(frozen=True, slots=True)
class DeliveryPlace:
    """Where the order goes, as far as the law asks: ISO 3166-1 country, state code or name as given.

    `country` is None when unknown. The postcode is personal and sits in `Shopper`.
    """

    country: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line as it was when ordered: our own copy, because deleting a product blanks the platform's past lines.

    `quantity` is what was ordered (refunded units included). `total` is after discounts; `tax` is beside it or inside
    it as `Order.prices_include_tax` says: beside it for both platforms, WooCommerce sending it so and Shopify's
    listed prices being taken apart. `discount` is this line's share of coupons and codes, in the prices the platform
    lists (Shopify: with tax where the shop lists prices with it). `is_physical` None means unknown.
    """

    id: LineId
    title: str
    quantity: int
    total: Price
    tax: Price
    discount: Price
    product_id: str | None = None
    variant_id: str | None = None
    sku: str | None = None
    variant_title: str | None = None
    categories: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    property_names: tuple[str, ...] = ()
    is_physical: bool | None = None
    is_gift_card: bool = False
    removed: int = 0
    """Units of `quantity` that the platform counts as taken off since, by an edit of the order or a refund."""


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """One thing that happened to a parcel; `message` is the carrier's raw word."""

    status: DeliveryStatus
    moment: Moment
    id: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A tracked parcel; `url` only ever http(s)."""

    carrier: str | None
    number: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class FulfilledLine:
    """How many units of a line went into a fulfilment."""

    line: LineId
    quantity: int


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Goods that left together; `lines` empty means the platform does not say which (then: all)."""

    id: str
    status: str
    shipped: Moment | None
    parcels: tuple[Parcel, ...] = ()
    lines: tuple[FulfilledLine, ...] = ()
    events: tuple[DeliveryEvent, ...] = ()
    updated_at: datetime | None = None
    estimated: Moment | None = None
    """When the carrier expects to deliver (`Source.ESTIMATE`): shown as a forecast, starts no clock."""
    is_apart: bool = False
    """Whether reports of the order leave it out, so that only a list of them all takes it away."""


@dataclass(frozen=True, slots=True)
class RefundAllocation:
    """The part of a refund that belongs to one line; amounts positive, quantity may be 0 (money only)."""

    line: LineId
    quantity: int
    amount: Price
    tax: Price


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back; `amount` positive, None when the platform recorded none ("-").

    `moment` is an estimate where a summary does not say when: the order's last change, so no later than that.
    """

    id: str
    moment: Moment
    amount: Price | None
    lines: tuple[RefundAllocation, ...] = ()
    return_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlatformReturn:
    """A return as the platform keeps it (Shopify only), wherever it was made; `handled` are the units received."""

    id: str
    status: str
    lines: tuple[FulfilledLine, ...] = ()
    handled: tuple[FulfilledLine, ...] = ()
    deliveries: tuple[ReturnDelivery, ...] = ()
    shipping_fee: Money | None = None
    restocking_fees: tuple[LineFee, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as typed by the shopper."""

    name: str | None = None
    company: str | None = None
    lines: tuple[str, ...] = ()
    city: str | None = None
    postcode: str | None = None
    state: str | None = None
    country: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Shopper:
    """Everything personal about an order: sealed under the person's own key, gone when that key is erased."""

    external_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    billing: Address | None = None
    delivery: Address | None = None
    note: str | None = None
    line_properties: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Typed-in line properties (an engraving) by line id, as (name, value)."""
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """One order as its platform last reported it, every instant with its source."""

    ref: OrderRef
    number: str
    standing: Standing
    platform_status: str
    currency: str
    presentment_currency: str
    total: Price
    shipping: Price
    prices_include_tax: bool
    """Whether the amounts of lines, refund allocations and `shipping` contain their tax, or stand beside it. A fact
    about these numbers, not the shop's price setting: always False for WooCommerce, whose line totals never do, and for
    Shopify, whose listed prices are taken apart where they contain tax (`taxes_included`)."""
    payment: PaymentKind
    place: DeliveryPlace
    placed: Moment
    updated_at: datetime
    """The platform's own modification instant: an older report never overwrites a newer one."""
    lines: tuple[OrderLine, ...]
    shopper: Shopper
    shipping_tax: Price | None = None
    """None when the platform does not say."""
    paid: Moment | None = None
    completed: Moment | None = None
    delivered: Moment | None = None
    """By when all of it had arrived, as the order itself says (`Source.STATUS`); parcels have their own events."""
    withdrawn: Moment | None = None
    """By when a withdrawal function of the shop's own had received one for it; None: none, or the shop has none."""
    is_underway: bool = False
    """Whether the platform's own word for the order's state says that not all of it has arrived."""
    cancelled: Moment | None = None
    payment_method: str | None = None
    language: str | None = None
    is_business: bool = False
    is_test: bool = False
    fulfilments: tuple[Fulfilment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    returns: tuple[PlatformReturn, ...] = ()
    origin: Origin | None = None
    """Which order it was made for, where a claim had it made; None: a shopper placed it."""

    @property
    def is_free_replacement(self) -> bool:
        """Whether its goods were sent for those of an earlier order, and nothing was paid for them."""
        is_made = self.origin is not None and self.origin.made is MadeAs.REPLACEMENT
        return is_made and self.total.presentment.minor == 0
