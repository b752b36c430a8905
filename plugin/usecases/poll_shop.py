"""Read what changed in a connected shop, batch by batch, on the same path as imports; repeating it changes nothing.

Where reading stands moves only once everything before it is stored, so whoever is killed in between has lost nothing:
the next poll reads those records again and finds them unchanged.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from plugin.domain.connection import Connection
from plugin.domain.connection_faults import ShopFault, ShopUnreadable
from plugin.domain.errors import Conflict
from plugin.domain.first_reading import FirstReading
from plugin.domain.hooks import poll_every
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.clock import Clock
from plugin.ports.connections import ConnectionLease, DuePoll
from plugin.ports.errors import Unavailable
from plugin.ports.ids import Ids
from plugin.ports.platform import Message, Translator
from plugin.ports.shop_source import Batch, ShopSource
from plugin.ports.unit_of_work import Units
from plugin.usecases.import_orders import FAILED, Tally, import_orders
from plugin.usecases.read_record import Reading, read_record

_LEASE = timedelta(minutes=3)
"""Renewed with every batch that is stored: long for one batch, short for a shop whose worker died."""
MOST_ADVANCES = 50
"""In one poll, so that a large shop shares the worker with the others; the next poll goes on at once."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What became of the records, and the fault that ended the poll early."""

    merchant: MerchantId
    shop: ShopId
    tally: Tally
    fault: str | None = None
    detail: str | None = None


def poll_next(
    lease: ConnectionLease,
    *,
    sources: Mapping[Platform, ShopSource],
    translators: Mapping[Platform, Translator],
    units: Units,
    ids: Ids,
    clock: Clock,
) -> Polled | None:
    """Poll the shop that has been due longest; None when none is. A worker that dies leaves its lease to run out."""
    now = clock.now()
    for due in lease.lease_polls(now, now + _LEASE, 1):
        return poll_shop(due, sources=sources, translators=translators, units=units, ids=ids, clock=clock)
    return None


def poll_shop(
    due: DuePoll,
    *,
    sources: Mapping[Platform, ShopSource],
    translators: Mapping[Platform, Translator],
    units: Units,
    ids: Ids,
    clock: Clock,
) -> Polled:
    """What the poll brought: nothing when the shop is not connected any more.

    A fault is kept with the connection, for the merchant to see, and what was stored before it stays. So is one of our
    own, which is raised as well: a shop that nobody can read must not look as if it were being read.
    """
    now = clock.now()
    with units.read(due.merchant) as unit:
        shop, connection = unit.shops.get(due.shop), unit.connections.get(due.shop)
        every = poll_every(unit.hooks.get(due.shop), now)
    if connection is None or shop.address is None:
        return Polled(due.merchant, due.shop, Counter())
    poll = _Poll(shop, connection, translators[shop.platform], units, ids, clock, now)
    try:
        is_complete = poll.read(_batches(shop.address, connection, sources[shop.platform]))
    except ShopFault as fault:
        _settle(shop, poll.connection.failed(fault, clock.now()), connection.due_at, units)
        return Polled(due.merchant, due.shop, poll.tally, fault.code, fault.detail)
    except (Conflict, Unavailable):
        raise
    except Exception as error:
        failed = poll.connection.failed(ShopUnreadable(type(error).__name__), clock.now())
        _settle(shop, failed, connection.due_at, units)
        raise
    _settle(shop, poll.connection.polled(now, every, is_complete=is_complete), connection.due_at, units)
    return Polled(due.merchant, due.shop, poll.tally)


def _batches(address: str, connection: Connection, source: ShopSource) -> Iterable[Batch]:
    return source.changes(
        address,
        connection.credentials,
        since=connection.read_until,
        catalogue_since=connection.catalogue_at,
        place=connection.first.place.word if connection.first else None,
    )


@dataclass(slots=True)
class _Poll:
    """One poll under way; `connection` knows how far it came."""

    shop: Shop
    connection: Connection
    translator: Translator
    units: Units
    ids: Ids
    clock: Clock
    now: datetime
    tally: Tally = field(default_factory=Counter)

    def read(self, batches: Iterable[Batch]) -> bool:
        """Whether everything there was is stored; False: the next poll goes on."""
        advances = 0
        for batch in batches:
            if advances == MOST_ADVANCES or not self._store(batch):
                return False
            advances += batch.read_until is not None or batch.place is not None
        return True

    def _store(self, batch: Batch) -> bool:
        """Whether the batch is stored and this connection is still the shop's."""
        readings = (Reading("", body, read_record(Message("", body, {}), self.translator)) for body in batch.records)
        tally: Tally = Counter()
        for part in import_orders(readings, shop=self.shop, units=self.units, ids=self.ids, now=self.now):
            tally += part
        self.tally += tally
        return not tally[FAILED] and self._advance(batch)

    def _advance(self, batch: Batch) -> bool:
        """Whether this connection is still the shop's; how far reading came is kept, and the lease renewed."""
        before = self.connection
        self.connection = replace(
            before,
            read_until=batch.read_until or before.read_until,
            catalogue_at=self._catalogue_at(batch) or before.catalogue_at,
            first=self._first(batch),
        )
        with self.units(self.shop.merchant) as unit:
            is_current = unit.connections.advance(self.connection, self.clock.now() + _LEASE)
            unit.commit()
        return is_current

    def _catalogue_at(self, batch: Batch) -> datetime | None:
        """Since when products are asked for next time: never after what has come was put together."""
        if not batch.ends_catalogue:
            return None
        return min(self.now, batch.catalogue_as_of or self.now)

    def _first(self, batch: Batch) -> FirstReading | None:
        """How far the first reading is now; it is over as soon as there is an instant to read on from."""
        known, now = self.connection.first, self.clock.now()
        if batch.place is None:
            return None if batch.read_until else known
        return known.went_on(batch.place, now) if known else FirstReading(batch.place, now)


def _settle(shop: Shop, ended: Connection, was_due: datetime | None, units: Units) -> None:
    """Keep how it ended, unless the merchant has replaced or removed the keys meanwhile.

    Where somebody hastened the next poll while this one was under way, that stays as it is.
    """
    with units(shop.merchant) as unit:
        known = unit.connections.get(shop.id)
        if known is not None:
            is_hastened = known.due_at != was_due
            unit.connections.settle(replace(ended, due_at=known.due_at) if is_hastened else ended)
        unit.commit()
