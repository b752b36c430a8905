"""A lane: parcels that go the same way, so that how long the earlier ones took says something about the next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from plugin.domain.ids import ShopId


class Begun(StrEnum):
    """What the days are counted from."""

    DISPATCH = "dispatch"
    """For a parcel that is on its way."""
    ORDER = "order"
    """For who has not bought yet: picking and packing included."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Where, with whom and how. Countries are ISO 3166-1, `carrier` a slug; None stands for any, or for not known.

    `shop`: days from the order depend on the shop that packs; from the dispatch they do not, and it is None.
    """

    begun: Begun
    destination: str
    carrier: str | None = None
    origin: str | None = None
    service: str | None = None
    shop: ShopId | None = None

    def coarser(self) -> Iterator["Lane"]:
        """The lanes this one is part of, the finest first: any service, then any origin, never another carrier's."""
        found = (replace(self, service=None), replace(self, service=None, origin=None))
        yield from dict.fromkeys(lane for lane in found if lane != self)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One parcel that arrived, as carrier or platform told; instants UTC. `shipped_at` None: nobody said."""

    shop: ShopId
    destination: str
    shipped_at: datetime | None
    delivered_at: datetime
    carrier: str | None = None
    origin: str | None = None
    service: str | None = None
    ordered_at: datetime | None = None


@lru_cache(maxsize=65536)
def transit_lane(destination: str, carrier: str, origin: str | None, service: str | None) -> Lane:
    """The finest lane of a parcel that is on its way; kept, for a million deliveries have a few hundred."""
    return Lane(Begun.DISPATCH, destination, carrier, origin, service)


@lru_cache(maxsize=65536)
def order_lane(shop: ShopId, destination: str) -> Lane:
    """The lane of everything a shop sends to a country: who buys has not been told a carrier yet."""
    return Lane(Begun.ORDER, destination, shop=shop)


def begun_lanes(parcel: Delivery) -> Iterator[tuple[Lane, datetime]]:
    """The finest lanes a parcel's days count to, and since when; no dispatch where nobody knows who carried it."""
    if parcel.shipped_at is not None and parcel.carrier is not None:
        yield transit_lane(parcel.destination, parcel.carrier, parcel.origin, parcel.service), parcel.shipped_at
    if parcel.ordered_at is not None:
        yield order_lane(parcel.shop, parcel.destination), parcel.ordered_at
