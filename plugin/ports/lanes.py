"""What a merchant's parcels took so far, and what each lane comes to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import ShipmentId
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import Delivery, Lane


@dataclass(frozen=True, slots=True)
class DeliveredParcel:
    """A delivery, and where to go on after it."""

    id: ShipmentId
    delivery: Delivery


class Lanes(Protocol):
    """One merchant's lanes; nothing personal. They are made anew as a whole."""

    def deliveries(self, since: datetime, after: DeliveredParcel | None, limit: int) -> Sequence[DeliveredParcel]:
        """The next parcels to shoppers that arrived from `since` (UTC) on, in the order they did.

        Only what a carrier or the platform reported counts as arrived; a destination has to be known.
        """
        ...

    def find(self, lanes: Collection[Lane]) -> Mapping[Lane, LaneDays]:
        """Those of these that say something; one question for all."""
        ...

    def replace(self, lanes: Iterable[LaneDays]) -> None:
        """From now on these and no others."""
        ...
