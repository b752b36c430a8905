"""What a platform's message means to us, after translation: the closed set `apply_shop_event` knows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.app_events import AppEvent
from plugin.domain.order import DeliveryEvent, Fulfilment, Order, OrderRef, Platform, PlatformReturn, Refund
from plugin.domain.reported_refund import ReportedRefund
from plugin.domain.times import Moment


class Subject(StrEnum):
    """What kind of thing a platform's message is about."""

    ORDER = "order"
    REFUND = "refund"
    RETURN = "return"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """The whole order as of `order.updated_at`."""

    order: Order


@dataclass(frozen=True, slots=True)
class FulfilmentSeen:
    """One fulfilment of an order; its events, where absent, are kept from before."""

    order: OrderRef
    fulfilment: Fulfilment


@dataclass(frozen=True, slots=True)
class FulfilmentsListed:
    """Every fulfilment that the shop keeps apart from the order (`Fulfilment.is_apart`)."""

    order: OrderRef
    fulfilments: tuple[Fulfilment, ...]


@dataclass(frozen=True, slots=True)
class DeliverySeen:
    """Something happened to a fulfilment's parcel."""

    order: OrderRef
    fulfilment_id: str
    event: DeliveryEvent
    estimated: Moment | None = None
    """The delivery the carrier now expects (`Source.ESTIMATE`), when the report says."""


@dataclass(frozen=True, slots=True)
class DeliveryWithdrawn:
    """A delivery event was deleted on the platform."""

    order: OrderRef
    fulfilment_id: str
    event_id: str


@dataclass(frozen=True, slots=True)
class RefundSeen:
    """One refund of an order."""

    order: OrderRef
    refund: Refund


@dataclass(frozen=True, slots=True)
class RefundReported:
    """One refund whose record names no currency: `refund.priced(order)` is the refund, once the order is known."""

    order: OrderRef
    refund: ReportedRefund


@dataclass(frozen=True, slots=True)
class RefundsListed:
    """Every refund the order had, by external id, when it had last changed at `as_of`: one that is missing is deleted.

    A report of the order cannot say that: deleting a refund need not date it anew (WooCommerce 10.5).
    """

    order: OrderRef
    refunds: tuple[str, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class ReturnSeen:
    """One return of an order as the platform keeps it; its lines, where absent, are kept from before."""

    order: OrderRef
    platform_return: PlatformReturn


@dataclass(frozen=True, slots=True)
class OrderGone:
    """The order was deleted or trashed on the platform; what was sold stays on record."""

    order: OrderRef


@dataclass(frozen=True, slots=True)
class ProductSeen:
    """A product or variation as it is now: scope and traits of future lines, never of past ones."""

    product: "Product"


@dataclass(frozen=True, slots=True)
class Product:
    """A product (or one variation, `parent_id` set) as the catalogue has it now."""

    platform: Platform
    external_id: str
    title: str
    parent_id: str | None = None
    sku: str | None = None
    categories: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_physical: bool | None = None
    is_download: bool | None = None
    """Whether buying it gives files to download; None where the platform does not say."""
    url: str | None = None
    price: str | None = None
    """What one unit is listed at now: a plain decimal, as exact as the platform writes it. Neither platform's product
    names its currency or says whether tax is in it; with the shop's price list it is money (`domain.variants`)."""
    is_for_sale: bool | None = None
    """Whether the shop sells it and has it, as far as the platform says; None where it does not."""
    updated_at: datetime | None = None
    """The platform's own modification instant; None where it does not say, which passes for the newest."""
    leaves_out_collections: bool = False
    """Whether the report says nothing of them (Shopify's webhooks, 2026-10): those on record stay."""

    def is_older_than(self, other: "Product") -> bool:
        """Whether this is an earlier state than the other, as far as both are dated."""
        return self.updated_at is not None and other.updated_at is not None and self.updated_at < other.updated_at


@dataclass(frozen=True, slots=True)
class Reread:
    """The message is only a hint: ask the platform for the thing itself."""

    subject: Subject
    platform: Platform
    external_id: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Read and rightly not stored; `code` says why (`checkout_draft`, `trashed`, `error_object`, `foreign_id` ...)."""

    code: str
    detail: str | None = None


ShopEvent = (
    OrderSeen
    | FulfilmentSeen
    | FulfilmentsListed
    | DeliverySeen
    | DeliveryWithdrawn
    | RefundSeen
    | RefundReported
    | RefundsListed
    | ReturnSeen
    | OrderGone
    | ProductSeen
    | Reread
    | Ignored
    | AppEvent
)
