"""What keeps data no longer than its class allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.retention import Kept, Retention


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many of a class were let go on a day, UTC."""

    day: date
    kept: Kept
    count: int


@dataclass(frozen=True, slots=True)
class Hold:
    """An order that nothing is let go of, and why."""

    order: OrderId
    held_at: datetime
    reason: str


class RetentionRecords(Protocol):
    """One slice at a time, each a transaction of its own: killed anywhere, the next run goes on."""

    def settings(self, merchant: MerchantId) -> Retention:
        """What the merchant has set."""
        ...

    def save_settings(self, merchant: MerchantId, retention: Retention, now: datetime) -> None:
        """Put it in the place of the last."""
        ...

    def due(self, merchant: MerchantId, kept: Kept, retention: Retention, now: datetime) -> int:
        """How many of a class would go now."""
        ...

    def let_go(self, merchant: MerchantId, kept: Kept, retention: Retention, now: datetime, limit: int) -> int:
        """Let go at most so many of a class, oldest first, and count them; 0 when nothing is due."""
        ...

    def log(self, merchant: MerchantId, limit: int) -> Sequence[LetGo]:
        """What was let go, newest first."""
        ...

    def hold(self, merchant: MerchantId, order: OrderId, reason: str, now: datetime) -> None:
        """Let nothing of this order go until it is released. Raises `NotFound`."""
        ...

    def release(self, merchant: MerchantId, order: OrderId) -> bool:
        """Whether it was held."""
        ...

    def holds(self, merchant: MerchantId) -> Mapping[OrderId, Hold]:
        """Every order that is held."""
        ...
