"""What is known of each shop's webhooks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from plugin.domain.hooks import Hook, ShopHooks
from plugin.domain.ids import ShopId


class HookRecords(Protocol):
    """One merchant's shops' webhooks; secrets are sealed."""

    def open(self, shop: ShopId, secret: str) -> None:
        """Begin to expect deliveries signed with this secret; a shop that has one keeps it."""
        ...

    def renew(self, shop: ShopId, secret: str) -> None:
        """Sign with this from now on: its webhooks are due for a look. The secret before it counts on; none beyond."""
        ...

    def forget_previous(self, shop: ShopId) -> None:
        """Take deliveries by the current secret alone."""
        ...

    def get(self, shop: ShopId) -> ShopHooks | None:
        """None: no deliveries are expected."""
        ...

    def checked(self, shop: ShopId, hooks: Sequence[Hook], at: datetime, *, was_mended: bool) -> None:
        """Record how they stand, and whether they had to be mended for that."""
        ...

    def unchecked(self, shop: ShopId, fault: str, detail: str | None, at: datetime) -> None:
        """Record why they could not be looked at or mended; how they stood before stays."""
        ...

    def heard(self, shop: ShopId, at: datetime, delay: timedelta | None) -> None:
        """Record a delivery, unless a later one is on record; None: it does not say what change it is about."""
        ...

    def swept(self, shop: ShopId, was: datetime | None, at: datetime, after: str | None) -> bool:
        """Record how far a comparison with the whole shop came; False when somebody has begun one since `was`."""
        ...

    def remove(self, shop: ShopId) -> None:
        """Expect no deliveries any more."""
        ...
