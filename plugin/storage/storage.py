"""Opens the database and everything that reads or writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, make_url

from plugin.domain.ids import MerchantId
from plugin.ports.arrivals import Arrivals
from plugin.ports.carrier_accounts import PushAddresses, PushLease
from plugin.ports.connections import ConnectionLease
from plugin.ports.due_merchants import DueMerchants
from plugin.ports.retention import RetentionRecords
from plugin.ports.shipments import ShipmentLease
from plugin.ports.unit_of_work import Directory, InboxLease, Units
from plugin.ports.views import Views
from plugin.storage import rotation
from plugin.storage.arrivals import SqlArrivals
from plugin.storage.carrier_pushes import SqlPushAddresses, SqlPushLease
from plugin.storage.cipher import DataKeys
from plugin.storage.connection_lease import SqlConnectionLease
from plugin.storage.directory import SqlDirectory
from plugin.storage.due_merchants import SqlDueMerchants
from plugin.storage.engine import database_file, is_sqlite, open_engines
from plugin.storage.erasure import ErasureList
from plugin.storage.errors import translated_errors
from plugin.storage.inbox_lease import SqlInboxLease
from plugin.storage.keys import KeyRing
from plugin.storage.retention.records import SqlRetentionRecords
from plugin.storage.shipment_lease import SqlShipmentLease
from plugin.storage.unit_of_work import Means, QueueFactory, SqlUnits
from plugin.storage.views import SqlViews
from plugin.storage.write_lock import FileLock, NoLock, WriteLock

_ERASURES = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Storage:
    """The adapters behind the storage ports, and what an operator does with the database."""

    units: Units
    views: Views
    directory: Directory
    due_merchants: DueMerchants
    arrivals: Arrivals
    inbox_lease: InboxLease
    connection_lease: ConnectionLease
    shipment_lease: ShipmentLease
    push_addresses: PushAddresses
    push_lease: PushLease
    retention: RetentionRecords
    means: Means

    @property
    def engine(self) -> Engine:
        """The writing engine; whoever uses it directly on SQLite bypasses the write lock."""
        return self.means.engines.write

    def migrate(self) -> None:
        """Bring the schema up to date, no other writer at work."""
        with translated_errors(), self.means.lock.held(is_incoming=False):
            from plugin.storage.migrating import migrate  # noqa: PLC0415 - Alembic's 12 MB only where it is needed

            migrate(self.engine)

    def rotate_keys(self) -> int:
        """Wrap every data key under the ring's current key; how many were not yet."""
        return rotation.rewrap(self.means)

    def has_wrapped_otherwise(self, key_id: str) -> bool:
        """Whether a data key is wrapped under another app key than this one."""
        return rotation.wrapped_otherwise(self.means, key_id)

    def open_every_key(self) -> int:
        """Open every merchant's data key with the ring, how many; raises `CannotOpen`."""
        return rotation.open_merchants(self.means)

    def replay_erasures(self) -> int:
        """Erase again whom the erasure list names, after a backup was restored; how many came back with it.

        Writes nothing, and waits for no writer, where nobody came back.
        """
        listed = self.means.erasures.by_merchant()
        known = {merchant.id for merchant in self.directory.merchants()} if listed else set()
        return sum(self._replay(merchant, listed[merchant]) for merchant in known & listed.keys())

    def _replay(self, merchant: MerchantId, erased_at: Mapping[bytes, datetime]) -> int:
        units = SqlUnits(self.means)
        with units.read(merchant) as unit:
            if not unit.returned(erased_at):
                return 0
        with units(merchant) as unit:
            unit.policies.hold()  # of several workers that start at once one erases, and the others find it done
            returned = unit.erase_listed(erased_at)
            unit.commit()
        return returned

    def close(self) -> None:
        """Close every connection."""
        self.means.engines.dispose()


def open_storage(
    database_url: str,
    *,
    home: Path,
    keys: KeyRing,
    queue_factory: QueueFactory,
    reread_keys: Callable[[], KeyRing] | None = None,
) -> Storage:
    """Open SQLite (`sqlite:///path`) or PostgreSQL; the erasure list lives in `home`. Changes nothing yet.

    `reread_keys` gives the ring as it is saved now, for a process that works on while the keys are rotated.

    Raises `ValueError` for another kind of database.
    """
    means = Means(
        engines=open_engines(database_url),
        lock=_lock(database_url),
        data_keys=DataKeys(keys, reread=reread_keys),
        queue_factory=queue_factory,
        erasures=ErasureList(home / _ERASURES),
    )
    return Storage(
        units=SqlUnits(means),
        views=SqlViews(means),
        directory=SqlDirectory(means.engines.read),
        due_merchants=SqlDueMerchants(means),
        arrivals=SqlArrivals(means),
        inbox_lease=SqlInboxLease(means),
        connection_lease=SqlConnectionLease(means),
        shipment_lease=SqlShipmentLease(means),
        push_addresses=SqlPushAddresses(means),
        push_lease=SqlPushLease(means),
        retention=SqlRetentionRecords(means),
        means=means,
    )


def _lock(database_url: str) -> WriteLock:
    url = make_url(database_url)
    return FileLock(database_file(url)) if is_sqlite(url) else NoLock()
