"""Storage on both databases, and the same ports in memory: what a port promises holds for all three."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection

from plugin.domain.effects import Effect
from plugin.domain.shop import Merchant
from plugin.ports.carrier_accounts import PushAddresses, PushLease
from plugin.ports.connections import ConnectionLease
from plugin.ports.shipments import ShipmentLease
from plugin.ports.unit_of_work import Directory, InboxLease, Units
from plugin.storage import KeyRing, Storage, open_storage
from tests.build import MERCHANT, PLACED, a_shop
from tests.fakes.carrier_accounts import FakePushAddresses, FakePushLease
from tests.fakes.shipments import FakeShipmentLease
from tests.fakes.units import FakeUnits

OpenStorage = Callable[..., Storage]


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports that one adapter fulfils together."""

    units: Units
    inbox_lease: InboxLease
    connection_lease: ConnectionLease
    directory: Directory
    shipment_lease: ShipmentLease
    push_addresses: PushAddresses
    push_lease: PushLease


class NoQueue:
    """Takes effects and leaves it at that; the real queue has tests of its own."""

    def add(self, effects: Iterable[Effect], *, key: str | None = None) -> None:
        pass


def no_queue(_connection: Connection) -> NoQueue:
    return NoQueue()


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def opened(tmp_path: Path, ring: KeyRing) -> Iterator[OpenStorage]:
    """Open any database, with the test's own home and keys unless told otherwise; closed at the end."""
    storages: list[Storage] = []

    def at(url: str, keys: KeyRing = ring) -> Storage:
        storages.append(open_storage(url, home=tmp_path, keys=keys, queue_factory=no_queue))
        return storages[-1]

    yield at
    for storage in storages:
        storage.close()


@pytest.fixture
def storage(database_url: str, opened: OpenStorage) -> Storage:
    """Give a migrated database with one merchant and one shop."""
    storage = opened(database_url)
    settle(storage.units)
    return storage


@pytest.fixture
def sqlite_storage(sqlite_url: str, opened: OpenStorage) -> Storage:
    """Give the same on SQLite alone, for what is SQLite's own."""
    storage = opened(sqlite_url)
    settle(storage.units)
    return storage


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def ports(request: pytest.FixtureRequest, opened: OpenStorage) -> Ports:
    """Give each adapter of the storage ports, with one merchant and one shop."""
    if request.param == "fake":
        fake = FakeUnits()
        settle(fake)
        pushes = FakePushAddresses(fake), FakePushLease(fake)
        return Ports(fake, fake, fake, fake, FakeShipmentLease(fake), *pushes)
    storage = opened(request.getfixturevalue(f"{request.param}_url"))
    settle(storage.units)
    leases = storage.inbox_lease, storage.connection_lease
    pushes = storage.push_addresses, storage.push_lease
    return Ports(storage.units, *leases, storage.directory, storage.shipment_lease, *pushes)


@pytest.fixture
def units(ports: Ports) -> Units:
    return ports.units


def settle(units: Units) -> None:
    """Record the merchant and the shop that tests start from."""
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
        unit.shops.add(a_shop())
        unit.commit()
