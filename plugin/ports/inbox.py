"""What came in from platforms and waits, and what of it could not be read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import InboxId, ParkedId, ShopId
from plugin.domain.stored import InboxMessage, ParkedRecord


@dataclass(frozen=True, slots=True)
class LateDelivery:
    """A message that waits longer than it should; `reason`: why it was not applied last time."""

    id: InboxId
    shop: ShopId
    topic: str
    received_at: datetime
    attempts: int
    reason: str | None


class Inbox(Protocol):
    """Incoming messages of this merchant, sealed."""

    def add(self, message: InboxMessage, delivery_key: str) -> bool:
        """Record a message and nothing else; False when this delivery is already waiting."""
        ...

    def done(self, messages: Sequence[InboxId]) -> None:
        """Applied: forget them."""
        ...

    def retry_at(self, message: InboxId, at: datetime, reason: str) -> None:
        """Give the lease back; try again then."""
        ...

    def hasten(self, message: InboxId, at: datetime) -> bool:
        """Have it due then, if it still waits and nobody holds its lease; its reason stays. Whether it does."""
        ...

    def late(self, before: datetime, limit: int) -> Sequence[LateDelivery]:
        """Those that came before then and still wait, oldest first; they stay sealed."""
        ...


class Parked(Protocol):
    """What could not be read, kept whole."""

    def add(self, records: Iterable[ParkedRecord]) -> None:
        """Park; the same shop, topic and body is parked once and its attempts counted."""
        ...

    def get(self, record: ParkedId) -> ParkedRecord:
        """Raises `NotFound`."""
        ...

    def codes(self, shop: ShopId | None = None) -> Mapping[ParkedId, str]:
        """Which are parked and why, oldest first; they stay sealed."""
        ...

    def all(self, shop: ShopId | None = None) -> Iterator[ParkedRecord]:
        """Oldest first, read a few at a time while the unit is open."""
        ...

    def about(self, shop: ShopId, orders: Sequence[str]) -> Sequence[ParkedRecord]:
        """States of these orders (external ids) among what is parked of this shop, oldest first."""
        ...

    def resolve(self, shop: ShopId, topic: str, bodies: Sequence[bytes]) -> None:
        """Remove what was parked of this shop and topic with exactly these bodies; unknown bodies are no error."""
        ...

    def remove(self, records: Sequence[ParkedId]) -> None:
        """Read at last, or dismissed by the merchant."""
        ...
