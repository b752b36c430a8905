"""The parcels a merchant follows, and which of them are to be asked about now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import MerchantId, OrderId, ShipmentId
from plugin.domain.tracking.shipment import Shipment


class Shipments(Protocol):
    """One merchant's parcels; what was told of them is sealed, for it may name people and places."""

    def get(self, shipment: ShipmentId) -> Shipment:
        """Raises `NotFound`."""
        ...

    def some(self, shipments: Sequence[ShipmentId]) -> Sequence[Shipment]:
        """Those of these that are on record, in no order; one question a batch."""
        ...

    def of_orders(self, orders: Sequence[OrderId], *, with_void: bool = False) -> Mapping[OrderId, Sequence[Shipment]]:
        """Each order's parcels, the earliest first; orders without any are left out, void parcels unless wanted."""
        ...

    def by_number(self, numbers: Sequence[str]) -> Sequence[Shipment]:
        """Those that go under one of these numbers, newest first: carriers use numbers again after a year or so."""
        ...

    def arrived(self, since: datetime, after: Shipment | None, limit: int) -> Sequence[Shipment]:
        """Those that arrived since then and count, in the order they did; `after`: the last of the page before."""
        ...

    def sent_back(self, since: datetime, after: Shipment | None, limit: int) -> Sequence[Shipment]:
        """Returns that count and were sent since then, in the order they were, arrived or not; `after` likewise."""
        ...

    def save(self, shipments: Sequence[Shipment]) -> None:
        """Insert (version 0) or compare-and-swap on version; `Conflict` and nothing saved when one has moved on.

        Of a forgotten one nothing that was told is kept, whatever its reports are now.
        """
        ...

    def put_off(self, shipments: Sequence[ShipmentId], until: datetime, given_up: datetime) -> None:
        """Nobody can be asked about these: their turn comes then, and no more where they were known by `given_up`.

        Nothing is opened, and what they are kept as stays; their leases are given back.
        """
        ...

    def wake(self, now: datetime) -> int:
        """Those nobody has told of, and that wait for their turn, have it now; how many."""
        ...

    def wake_told(self, now: datetime, until: datetime, carriers: Collection[str]) -> int:
        """Those that were told of, are not there yet and whose turn comes by `until` have it now; how many.

        Of these carriers, and of a carrier nobody knows; none named: of any.
        """
        ...


@dataclass(frozen=True, slots=True)
class DueShipment:
    """A parcel whose turn it is."""

    merchant: MerchantId
    shipment: ShipmentId


class ShipmentLease(Protocol):
    """Across merchants, for jobs only: hands due parcels to one worker at a time, many at once."""

    def lease(self, now: datetime, until: datetime, limit: int) -> Sequence[DueShipment]:
        """Parcels with `asking.next_at` by now, longest due first, leased until then; one that runs out is given on.

        Saving a shipment gives its lease back.
        """
        ...
