"""Parcels in a list, across all of a merchant's shops."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from plugin.domain.ids import MerchantId, OrderId, ShipmentId, ShopId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.shipment import Purpose


@dataclass(frozen=True, slots=True)
class ShipmentQuery:
    """What to list. `text`: a parcel's or an order's number from its beginning, or an exact e-mail when it holds an @.

    `carrier` is a slug, `destination` a country. `needs_attention`: an alert about it waits for somebody.
    """

    text: str = ""
    shop: ShopId | None = None
    status: DeliveryStatus | None = None
    purpose: Purpose | None = None
    carrier: str | None = None
    destination: str | None = None
    needs_attention: bool = False


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A parcel in a list; nothing personal. `number`: the one it was sent under first.

    `expected_*`: days local to the destination; `needs_attention` as of `ShipmentQuery`.
    """

    id: ShipmentId
    shop: ShopId
    shop_name: str
    order: OrderId
    order_number: str
    number: str
    carrier: str | None
    purpose: Purpose
    status: DeliveryStatus
    since: datetime | None
    destination: str | None
    expected_first: date | None
    expected_last: date | None
    created_at: datetime
    needs_attention: bool
    is_void: bool


@dataclass(frozen=True, slots=True)
class ShipmentPage:
    """A keyset page, newest first; cursors are opaque, None where there is no such page."""

    rows: tuple[ShipmentRow, ...]
    next_cursor: str | None
    previous_cursor: str | None = None


class ShipmentViews(Protocol):
    """Read-only lists of one merchant's parcels."""

    def shipments(self, merchant: MerchantId, query: ShipmentQuery, cursor: str | None, limit: int) -> ShipmentPage:
        """One page. Raises `Invalid` on a cursor that is not ours."""
        ...
