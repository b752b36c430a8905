"""A shop as its platform's API shows it, read with the keys the merchant gave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.connection import Credentials
from plugin.domain.first_reading import Place


@dataclass(frozen=True, slots=True)
class FoundShop:
    """What answered at an address: `address` canonical, `credentials` with the way in which they work there."""

    address: str
    name: str
    version: str
    credentials: Credentials


@dataclass(frozen=True, slots=True)
class Batch:
    """Raw records, each as the platform's translator reads it; what others refer to comes first."""

    records: tuple[bytes, ...]
    read_until: datetime | None = None
    """On the shop's clock: with this batch, every order changed up to then has come, and none will turn up later."""
    ends_catalogue: bool = False
    """Whether the catalogue's changes have all come with this batch."""
    catalogue_as_of: datetime | None = None
    """On the shop's clock: up to when they have, where the shop put them together before it was asked for them."""
    place: Place | None = None
    """Where the first reading stands with this batch."""


@dataclass(frozen=True, slots=True)
class OrderAsItIs:
    """One order's record and those of all its refunds, each as the platform's translator reads it.

    `refunds` None: the order's record holds them itself.
    """

    record: bytes
    refunds: tuple[bytes, ...] | None
    more: tuple[bytes, ...] = ()
    """What else the shop keeps apart from the order."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a shop has, by external ids: the last change of each order, and the refunds of those that have any.

    `refunds` None: this shop does not list them. `is_whole` False: it has more orders than it shows us, so that one
    which is not listed may be there all the same.
    """

    orders: Mapping[str, datetime]
    refunds: Mapping[str, frozenset[str]] | None
    is_whole: bool = True


class ShopSource(Protocol):
    """Reads shops of one platform. Raises `plugin.domain.connection_faults.ShopFault` and nothing else."""

    def prove(self, address: str, credentials: Credentials) -> FoundShop:
        """Find the shop at the address somebody typed and try the keys there; they go nowhere else."""
        ...

    def changes(
        self,
        address: str,
        credentials: Credentials,
        *,
        since: datetime | None,
        catalogue_since: datetime | None,
        place: str | None = None,
    ) -> Iterator[Batch]:
        """The catalogue's changes, then the orders', oldest change first; None: everything there is, in any order.

        `since` is a batch's `read_until`, `catalogue_since` an instant on our clock, `place` the word of the last place
        of a first reading that was broken off. What changes meanwhile comes too. Records may come twice and are never
        left out. Stopping between batches and going on from the last `read_until` or place leaves nothing out either.
        """
        ...

    def order(self, address: str, credentials: Credentials, external_id: str) -> OrderAsItIs | None:
        """One order as it is now; None: the shop has none of this id."""
        ...

    def order_of_return(self, address: str, credentials: Credentials, external_id: str) -> OrderAsItIs | None:
        """The order that a return belongs to, as it is now; None: the shop has no such return."""
        ...

    def listing(self, address: str, credentials: Credentials) -> Listing:
        """Every order there is now, deleted ones left out; what changes meanwhile may be missing or gone again."""
        ...
