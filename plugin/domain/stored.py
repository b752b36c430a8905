"""Aggregates as they are kept: the platform's report plus what is ours, with the version a save compares."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from plugin.domain.ids import InboxId, LineId, MerchantId, OrderId, ParkedId, ShopId, StaffId
from plugin.domain.order import Order, Platform
from plugin.domain.times import Moment


@dataclass(frozen=True, slots=True)
class DeliveryMark:
    """Delivered on a day, as the merchant set it: for one line, or for the whole order when `line` is None."""

    moment: Moment
    marked_at: datetime
    marked_by: StaffId | None
    line: LineId | None = None


@dataclass(frozen=True, slots=True)
class LineRepair:
    """Goods of a line were put right on a day, local to where they are: the legal guarantee may last longer for it."""

    line: LineId
    completed_on: date


@dataclass(frozen=True, slots=True)
class ParcelArrival:
    """What is known of one parcel's arrival beside its platform's word, which does not count for it any more.

    By fulfilment and number (bare). `delivered` None: it has not arrived, for it is on its way back, or whoever said so
    took it back. `told`: the latest arrival that periods were counted from before, which no correction goes behind.
    """

    fulfilment: str
    number: str
    delivered: Moment | None
    told: Moment | None = None


class Copied(StrEnum):
    """What an order line may have from the catalogue, where the order itself does not say it."""

    CATEGORIES = "categories"
    COLLECTIONS = "collections"
    TAGS = "tags"
    IS_PHYSICAL = "is_physical"


@dataclass(frozen=True, slots=True)
class LineCopy:
    """A line's own copy of its product, made once: which of its fields are the catalogue's word and no report's."""

    line: LineId
    copied: tuple[Copied, ...]


@dataclass(frozen=True, slots=True)
class StoredOrder:
    """One order on record: what its platform reported, our copies of its products filled in, and what is ours."""

    id: OrderId
    shop: ShopId
    order: Order
    policy_version: str | None
    marks: tuple[DeliveryMark, ...] = ()
    copies: tuple[LineCopy, ...] = ()
    """One for each line whose product has been known (`plugin.domain.line_scope`)."""
    repairs: tuple[LineRepair, ...] = ()
    arrivals: tuple[ParcelArrival, ...] = ()
    """One for each parcel of which a carrier, or the merchant, has said whether it arrived."""
    is_gone: bool = False
    version: int = 0
    """0: not saved yet; each save compares and increments."""


class Outcome(StrEnum):
    """What became of one reported order."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    OUTDATED = "outdated"
    """Ours is newer."""
    SKIPPED = "skipped"
    PARKED = "parked"


REQUEST: Final = "aftercare-request"
"""Beside the headers that a message came with: the id of the request that brought it, for the log."""


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """One incoming message, leased to one worker until `leased_until`."""

    id: InboxId
    merchant: MerchantId
    shop: ShopId
    platform: Platform
    topic: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    received_at: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message and what its delivery is called: equal keys are the same while the earlier one waits."""

    message: InboxMessage
    delivery_key: str
    event_key: str | None = None
    """What the same event is called in every delivery of it, where the platform says; None: it does not."""


@dataclass(frozen=True, slots=True)
class ParkedRecord:
    """Something that could not be read or applied: kept whole, with the reason, until retried or dismissed."""

    id: ParkedId
    shop: ShopId
    platform: Platform
    topic: str
    code: str
    field: str
    body: bytes
    parked_at: datetime
    attempts: int = 1
    subject: str | None = None
    """External id of the order whose state this is, as far as its bytes tell."""
