"""Parcels that a hub collects and sends on together: open, closed by weight or date, on the way, received."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from plugin.domain.errors import Invalid
from plugin.domain.ids import BatchId, ClaimId, OrderId
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.returning.errors import BatchNotInThatState
from plugin.domain.returning.label import LabelledLine


class BatchState(StrEnum):
    """Where a batch stands; what is in it stands there too."""

    OPEN = "open"
    CLOSED = "closed"
    DISPATCHED = "dispatched"
    RECEIVED = "received"


_S = BatchState
_ORDER = {_S.OPEN: _S.CLOSED, _S.CLOSED: _S.DISPATCHED, _S.DISPATCHED: _S.RECEIVED}


class Closing(StrEnum):
    """Why a batch was closed."""

    WEIGHT = "weight"
    DATE = "date"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """When a batch closes by itself: at so many grams, or so many days after its first parcel came; None: never."""

    max_grams: int | None = 30_000
    max_days: int | None = 7

    def __post_init__(self) -> None:
        for name, limit in (("max_grams", self.max_grams), ("max_days", self.max_days)):
            if limit is not None and limit <= 0:
                raise Invalid({"field": name})


def parcel_key(claim: ClaimId, line: int) -> str:
    """The key of what a hub took of one line of a claim: what was sent together may reach it apart."""
    return f"{claim}:{line}"


@dataclass(frozen=True, slots=True)
class BatchedParcel:
    """A claim's parcel as the hub took it; `grams` None: nobody weighed it. `key` tells one parcel from another."""

    key: str
    claim: ClaimId
    order: OrderId
    claim_number: str
    received_at: datetime
    lines: tuple[LabelledLine, ...] = ()
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class HubBatch:
    """The `number`th batch of a hub, counted from one."""

    id: BatchId
    hub: ReturnAddress
    number: int
    opened_at: datetime
    parcels: tuple[BatchedParcel, ...] = ()
    state: BatchState = BatchState.OPEN
    closing: Closing | None = None
    closed_at: datetime | None = None
    dispatched_at: datetime | None = None
    received_at: datetime | None = None
    tracking: str | None = None
    version: int = 0
    """0: not saved yet; each save compares and increments."""

    @property
    def grams(self) -> int:
        """What the weighed parcels weigh together: with one that nobody weighed, at least so much."""
        return sum(parcel.grams or 0 for parcel in self.parcels)

    @property
    def is_weighed(self) -> bool:
        """Whether every parcel's weight is known."""
        return all(parcel.grams is not None for parcel in self.parcels)

    def holds(self, key: str) -> bool:
        """Whether this parcel is in it."""
        return any(parcel.key == key for parcel in self.parcels)

    def with_parcel(self, parcel: BatchedParcel) -> Self:
        """With one more parcel; the same when it is in it already."""
        self._must_be(BatchState.OPEN)
        return self if self.holds(parcel.key) else replace(self, parcels=(*self.parcels, parcel))

    def closes_by(self, limits: BatchLimits, now: datetime) -> Closing | None:
        """What closes it now; None: it stays open. An empty one never closes."""
        if self.state is not BatchState.OPEN or not self.parcels:
            return None
        if limits.max_grams is not None and self.grams >= limits.max_grams:
            return Closing.WEIGHT
        first = min(parcel.received_at for parcel in self.parcels)
        is_due = limits.max_days is not None and first + timedelta(days=limits.max_days) <= now
        return Closing.DATE if is_due else None

    def closed(self, why: Closing, now: datetime) -> Self:
        """Nothing more goes in; its manifest is final."""
        if not self.parcels:
            raise BatchNotInThatState({"batch": self.id, "state": "empty", "wanted": BatchState.CLOSED})
        return replace(self._to(BatchState.CLOSED), closing=why, closed_at=now)

    def dispatched(self, tracking: str | None, now: datetime) -> Self:
        """The hub handed it to a carrier."""
        return replace(self._to(BatchState.DISPATCHED), tracking=tracking, dispatched_at=now)

    def received(self, now: datetime) -> Self:
        """It is at the warehouse."""
        return replace(self._to(BatchState.RECEIVED), received_at=now)

    def _to(self, state: BatchState) -> Self:
        if _ORDER.get(self.state) is not state:
            raise BatchNotInThatState({"batch": self.id, "state": self.state, "wanted": state})
        return replace(self, state=state)

    def _must_be(self, state: BatchState) -> None:
        if self.state is not state:
            raise BatchNotInThatState({"batch": self.id, "state": self.state, "wanted": state})
