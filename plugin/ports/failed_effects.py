"""Effects that ran out of tries, kept until they succeed or somebody lets them go."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.failed_effect import FailedEffect


class FailedEffects(Protocol):
    """One merchant's."""

    def add(self, failed: FailedEffect) -> None:
        """Keep it; the same effect is kept once, its failures counted, and it waits for somebody anew."""
        ...

    def get(self, failure: str) -> FailedEffect:
        """Raises `NotFound`."""
        ...

    def waiting(self, now: datetime, limit: int) -> Sequence[FailedEffect]:
        """Those that nobody dismissed and that are not being tried again just now; longest waiting first."""
        ...

    def retried(self, failure: str, at: datetime) -> None:
        """It is being tried again."""
        ...

    def dismiss(self, failures: Sequence[str], at: datetime) -> Sequence[str]:
        """Leave these; those that were waiting."""
        ...

    def take_up(self, failures: Sequence[str]) -> int:
        """Have these wait again after all; how many."""
        ...

    def has(self, failure: str) -> bool:
        """Whether it is kept, dismissed or not."""
        ...

    def remove(self, failure: str) -> None:
        """It has succeeded."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget those that failed last before then and were dismissed; how many."""
        ...
