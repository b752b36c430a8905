"""Keys that shops were asked for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.key_request import KeyRequest


class KeyRequests(Protocol):
    """One merchant's askings; keys that came are sealed."""

    def save(self, request: KeyRequest) -> None:
        """Insert, or put in the place of the one with its id."""
        ...

    def get(self, request: str) -> KeyRequest:
        """The asking. Raises `NotFound`."""
        ...

    def hold(self, request: str) -> KeyRequest:
        """The same, and nobody else's to change until the unit ends. Raises `NotFound`."""
        ...

    def since(self, at: datetime) -> Sequence[KeyRequest]:
        """Those asked at or after this instant, newest first."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[str]:
        """Those with keys that may be tried now, longest due first."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget those asked before; how many."""
        ...
