"""Effects are enqueued in the same transaction as the rows that caused them."""

from collections.abc import Iterable
from typing import Protocol

from plugin.domain.effects import Effect


class Queue(Protocol):
    """Takes effects; they run once the transaction commits, and never when it does not."""

    def add(self, effects: Iterable[Effect], *, key: str | None = None) -> None:
        """Enqueue; the same `key` twice runs once."""
        ...

    def again(self, name: str, fields: str, *, key: str) -> None:
        """Enqueue an effect that failed, as `FailedEffect` has it; the same `key` twice runs once."""
        ...
