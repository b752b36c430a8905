"""How far the platform's returns follow one merchant's claims."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import ClaimId, OrderId, ShopId
from plugin.domain.returning.kept_return import KeptReturn


class KeptReturns(Protocol):
    """At most one a claim."""

    def get(self, claim: ClaimId) -> KeptReturn | None:
        """None: the platform was never told of goods of this claim."""
        ...

    def of_order(self, order: OrderId) -> Sequence[KeptReturn]:
        """Those of all claims on an order, by claim."""
        ...

    def save(self, kept: KeptReturn) -> None:
        """Insert (version 0) or compare-and-swap on version; raises `Conflict` when somebody was faster."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[tuple[ClaimId, datetime]]:
        """Claims whose next attempt may begin by now, and since when, longest due first."""
        ...

    def behind(
        self, shops: Sequence[ShopId], after: datetime, before: datetime, limit: int
    ) -> Sequence[tuple[ClaimId, datetime]]:
        """Claims of these shops that changed in between, and when, and that nobody has looked at since; oldest first.

        `after` counts in, `before` does not. Those are left out that are due anyway.
        """
        ...
