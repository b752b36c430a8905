"""Shops that were let go, until their owner has seen how that ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.disconnection import Disconnection
from plugin.domain.ids import ShopId


class Disconnections(Protocol):
    """One merchant's, at most one a shop; credentials are sealed."""

    def save(self, disconnection: Disconnection) -> None:
        """Insert, or put in the place of the shop's last one."""
        ...

    def get(self, shop: ShopId) -> Disconnection | None:
        """None: the shop was not let go, or was connected again, or how it ended was seen."""
        ...

    def all(self) -> Sequence[Disconnection]:
        """Every one, by shop."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[ShopId]:
        """Shops that may be asked by now, longest due first."""
        ...

    def remove(self, shop: ShopId) -> None:
        """Forget it, keys included; of a shop that has none nothing changes."""
        ...
