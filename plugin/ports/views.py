"""Flat, frozen rows for lists, search, dashboards and exports: one select each, always of one merchant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from plugin.domain.claim_engine.safety import Batch
from plugin.domain.ids import MerchantId, OrderId, ParkedId, RefundId, ShopId
from plugin.domain.money import Money
from plugin.domain.order import Standing
from plugin.domain.refund.intent import RefundState
from plugin.domain.shop_events import Product
from plugin.ports.claim_views import ClaimViews
from plugin.ports.score_views import ScoreViews
from plugin.ports.shipment_views import ShipmentViews


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list; nothing personal."""

    id: OrderId
    shop: ShopId
    shop_name: str
    number: str
    standing: Standing
    country: str | None
    placed_at: datetime
    total: Money
    line_count: int
    next_last_day: date | None
    """The soonest last day, local to the delivery place, among the order's clocks that have not ended by now."""


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """What to list. `text`: an order number's beginning, or an exact e-mail when it holds an @."""

    text: str = ""
    shop: ShopId | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A keyset page, newest placed first; `next_cursor` is opaque, None on the last page."""

    rows: tuple[OrderRow, ...]
    next_cursor: str | None
    previous_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A parked record in a list; the body stays sealed."""

    id: ParkedId
    shop: ShopId
    shop_name: str
    topic: str
    code: str
    field: str
    parked_at: datetime
    attempts: int
    size: int


COUNTED = 10_000
"""Nothing on the home page is counted any further: it costs as much in a large shop as in a small one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of the merchant's home page; there may be more of those named in `at_least`."""

    orders: int
    parked: int
    inbox_waiting: int
    closing_soon: int
    awaiting_delivery: int
    unsent: int
    """Mails that were refused, or queued more than an hour ago and not handed over yet."""
    failed: int = 0
    """Effects that ran out of tries."""
    at_least: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product or variation as the catalogue of a shop was last seen."""

    shop: ShopId
    product: Product


@dataclass(frozen=True, slots=True)
class RefundRow:
    """A refund of ours that waits for a person; `total` is in the presentment currency."""

    id: RefundId
    order: OrderId
    order_number: str
    shop: ShopId
    shop_name: str
    purpose: str
    state: RefundState
    code: str | None
    total: Money
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class BatchRow:
    """An order that holds units of the same goods as another; nothing personal."""

    order: OrderId
    number: str
    shop_name: str
    placed_at: datetime
    quantity: int


class Views(ClaimViews, ShipmentViews, ScoreViews, Protocol):
    """Read-only lists of one merchant."""

    def orders(self, merchant: MerchantId, query: OrderQuery, cursor: str | None, limit: int, now: datetime) -> Page:
        """One page. Raises `Invalid` on a cursor that is not ours."""
        ...

    def parked(self, merchant: MerchantId, limit: int) -> Sequence[ParkedRow]:
        """Newest first."""
        ...

    def figures(self, merchant: MerchantId, now: datetime) -> Figures:
        """Counts for the home page."""
        ...

    def products(self, merchant: MerchantId, after: ProductRow | None, limit: int) -> Sequence[ProductRow]:
        """The next products and variations of all shops, by shop and id; for what has to look at every one."""
        ...

    def products_like(self, merchant: MerchantId, text: str, limit: int) -> Sequence[ProductRow]:
        """Those whose SKU, id or words of the name begin with the text; the first ones found, by shop and id."""
        ...

    def line_properties(self, merchant: MerchantId, limit: int) -> Mapping[str, int]:
        """Names of line properties in the latest orders, and how many of these have them."""
        ...

    def orders_with(self, merchant: MerchantId, batch: Batch, shop: ShopId, limit: int) -> Sequence[BatchRow]:
        """Of the merchant's latest orders (so many are looked at) those with units of a batch, newest first.

        `shop`: whose ids the batch is told by where it has no SKU.
        """
        ...

    def refunds_in(self, merchant: MerchantId, state: RefundState, limit: int) -> Sequence[RefundRow]:
        """Refunds in one state, but for those taken back before anything left; longest there first."""
        ...
