"""Claims on record: entries that are only ever added to, and what is told from them kept beside for lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Entry
from plugin.domain.ids import ClaimId, OrderId, ShopId


class Claims(Protocol):
    """One merchant's claims; private words and their salts are sealed under the key of the order's person."""

    def record(self, claim: ClaimId) -> Sequence[Entry]:
        """All entries in order, words opened where the person is not erased. Raises `NotFound`."""
        ...

    def append(self, claim: Claim, entries: Sequence[Entry]) -> None:
        """Add entries to a record (a new one when the first is entry 1) and keep what `claim` tells for lists.

        `claim` is the fold of everything, these entries included. Raises `Conflict`, and nothing is added, when
        somebody else's entry is there already; `NotFound` when the claim's order is not on record.
        """
        ...

    def rebuild(self, claim: Claim) -> bool:
        """Write again what is kept for lists, from the fold of the record; False where it was so already.

        Raises `NotFound` for a claim without a record, `Conflict` when the fold is not of all its entries.
        """
        ...

    def of_order(self, order: OrderId) -> Sequence[ClaimId]:
        """The order's claims, oldest first."""
        ...

    def on_record(self, wanted: Sequence[ClaimId]) -> frozenset[ClaimId]:
        """Those of these that there are; no record is read."""
        ...

    def by_number(self, shop: ShopId, number: str) -> ClaimId | None:
        """The claim the shopper knows by this number, case aside."""
        ...

    def next_number(self, shop: ShopId, now: datetime) -> str:
        """A number no other claim of the merchant has, easy to say on the phone; short, without look-alike letters."""
        ...

    def hold(self, order: OrderId) -> None:
        """Until this unit ends nobody else opens a claim on the order. Raises `NotFound`."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[ClaimId]:
        """Claims whose clock asks for something by `now` (`plugin.domain.claim.wakes`), longest due first."""
        ...

    def batch(self, after: ClaimId | None, limit: int) -> Sequence[ClaimId]:
        """The next claims in id order; for jobs and exports that walk everything."""
        ...
