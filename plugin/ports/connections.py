"""Live connections to shops, and which of them are due to be polled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.connection import Connection
from plugin.domain.ids import MerchantId, ShopId


class Connections(Protocol):
    """One merchant's connections, at most one a shop; credentials are sealed."""

    def save(self, connection: Connection) -> None:
        """Insert, or put in the place of the shop's last one, which nobody holds a lease of any more."""
        ...

    def get(self, shop: ShopId) -> Connection | None:
        """The shop's connection; None: not connected."""
        ...

    def all(self) -> Sequence[Connection]:
        """Every connection, by shop."""
        ...

    def advance(self, connection: Connection, leased_until: datetime) -> bool:
        """Record how far reading came, and renew its lease.

        False when this connection (by `connected_at`) was replaced or removed.
        """
        ...

    def settle(self, connection: Connection) -> bool:
        """Record how a poll ended, and give its lease back; False as above."""
        ...

    def hasten(self, shop: ShopId, at: datetime) -> bool:
        """Have it due then, one that rests too; whoever is reading it has it still. False: not connected."""
        ...

    def remove(self, shop: ShopId) -> None:
        """Forget the keys with all there is about the connection."""
        ...


@dataclass(frozen=True, slots=True)
class DuePoll:
    """A shop whose turn it is."""

    merchant: MerchantId
    shop: ShopId


class ConnectionLease(Protocol):
    """Across merchants, for jobs only: hands due connections to one worker at a time."""

    def lease_polls(self, now: datetime, until: datetime, limit: int) -> Sequence[DuePoll]:
        """Due connections, longest due first, leased until then; a lease that runs out is handed on."""
        ...
