"""Attempts counted for all processes together."""

from datetime import datetime
from typing import Protocol


class Attempts(Protocol):
    """Who tried what how often. Who it was is kept as a keyed hash and cannot be read back."""

    def count(self, what: str, who: str, slot: datetime) -> int:
        """Count one more attempt in the span that began at `slot`; how many that makes."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget the spans that began before then; how many counts that were."""
        ...
