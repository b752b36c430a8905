"""Batches of hubs on record; no parcel is ever in two, and a hub has one open batch at most."""

from collections.abc import Sequence
from typing import Protocol

from plugin.domain.ids import BatchId, ClaimId
from plugin.domain.returning.batch import HubBatch


class HubBatches(Protocol):
    """One merchant's batches, with their parcels in the order they came."""

    def get(self, batch: BatchId) -> HubBatch:
        """Raises `UnknownBatch`."""
        ...

    def open_at(self, hub: str) -> HubBatch | None:
        """The one that is open at a hub, by the id of its return address."""
        ...

    def holding(self, key: str) -> HubBatch | None:
        """The one that holds this parcel."""
        ...

    def of_claim(self, claim: ClaimId) -> Sequence[HubBatch]:
        """Those with parcels of a claim, oldest first."""
        ...

    def open(self) -> Sequence[HubBatch]:
        """All that are open, oldest first."""
        ...

    def latest(self, limit: int) -> Sequence[HubBatch]:
        """Newest first, whatever their state."""
        ...

    def untold(self, limit: int) -> Sequence[BatchId]:
        """Those that left or arrived, with goods in their claims that another state is known of; newest first.

        More than those that are news to a claim: whoever asks compares.
        """
        ...

    def last_number(self, hub: str) -> int:
        """The highest number a batch of the hub has; 0 without any."""
        ...

    def save(self, batch: HubBatch) -> None:
        """Insert (version 0) or compare-and-swap on version, its new parcels with it.

        `Conflict` and nothing saved when it has moved on, another is open at its hub, or a parcel is in another.
        """
        ...
