"""Connections are kept sealed, handed to one worker at a time, and never overwritten by a poll with older keys."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from plugin.domain.connection import Connection, Credentials
from plugin.domain.first_reading import FirstReading, Place
from plugin.ports.connections import DuePoll
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.tables import connections
from tests.build import MERCHANT, NOW, a_shop
from tests.storage.conftest import Ports

SHOP = a_shop().id
CONNECTION = Connection(SHOP, Credentials("ck_key", "cs_secret", "basic"), connected_at=NOW, due_at=NOW)
LATER = NOW + timedelta(minutes=10)


def connect(units: Units, connection: Connection = CONNECTION) -> None:
    with units(MERCHANT) as unit:
        unit.connections.save(connection)
        unit.commit()


def kept(units: Units) -> Connection | None:
    with units.read(MERCHANT) as unit:
        found = unit.connections.get(SHOP)
        assert unit.connections.all() == ([found] if found else [])
        return found


def test_a_connection_comes_back_as_it_was_saved(units: Units) -> None:
    whole = replace(
        CONNECTION,
        read_until=NOW,
        catalogue_at=NOW,
        polled_at=NOW,
        due_at=None,
        failures=3,
        fault="shop_blocks",
        fault_detail="HTTP 403",
        first=FirstReading(Place("word", 300, None), NOW, 190.5, 2.25),
    )
    connect(units, whole)
    assert kept(units) == whole


def test_the_keys_are_nowhere_in_the_database_as_they_are(storage: Storage) -> None:
    connect(storage.units)
    with storage.engine.connect() as connection:
        row = connection.execute(select(connections)).one()
    assert b"ck_key" not in row.credentials
    assert b"cs_secret" not in row.credentials


def test_a_poll_moves_on_what_it_has_read_and_then_tells_how_it_ended(units: Units) -> None:
    connect(units)
    with units(MERCHANT) as unit:
        read = replace(CONNECTION, read_until=NOW, catalogue_at=NOW, first=FirstReading(Place("word", 100, 200), NOW))
        assert unit.connections.advance(replace(read, fault="not recorded yet"), LATER)
        assert unit.connections.settle(replace(CONNECTION, polled_at=NOW, due_at=LATER))
        unit.commit()
    assert kept(units) == replace(read, polled_at=NOW, due_at=LATER)


def test_a_poll_with_keys_that_were_replaced_meanwhile_changes_nothing(units: Units) -> None:
    fresh = replace(CONNECTION, credentials=Credentials("ck_new", "cs_new"), connected_at=LATER)
    connect(units, fresh)
    with units(MERCHANT) as unit:
        assert not unit.connections.advance(replace(CONNECTION, read_until=LATER), LATER)
        assert not unit.connections.settle(replace(CONNECTION, fault="shop_keys_refused", due_at=None))
        unit.commit()
    assert kept(units) == fresh


def test_a_removed_connection_is_forgotten_and_no_poll_brings_it_back(units: Units) -> None:
    connect(units)
    with units(MERCHANT) as unit:
        unit.connections.remove(SHOP)
        assert not unit.connections.settle(CONNECTION)
        unit.commit()
    assert kept(units) is None


@pytest.mark.parametrize("due_at", [None, NOW + timedelta(seconds=1)])
def test_a_connection_that_rests_or_is_not_due_yet_is_handed_to_nobody(ports: Ports, due_at: object) -> None:
    connect(ports.units, replace(CONNECTION, due_at=due_at))  # type: ignore[arg-type]  # the parametrised instant
    assert ports.connection_lease.lease_polls(NOW, LATER, 10) == []


def test_a_due_connection_is_handed_to_one_worker_until_its_lease_runs_out(ports: Ports) -> None:
    connect(ports.units)
    assert ports.connection_lease.lease_polls(NOW, LATER, 10) == [DuePoll(MERCHANT, SHOP)]
    assert ports.connection_lease.lease_polls(NOW, LATER, 10) == []
    assert ports.connection_lease.lease_polls(LATER, LATER + timedelta(minutes=10), 10) == [DuePoll(MERCHANT, SHOP)]


def test_a_lease_is_given_back_by_the_end_of_a_poll_and_by_new_keys(ports: Ports) -> None:
    connect(ports.units)
    for ending in (lambda unit: unit.connections.settle(CONNECTION), lambda unit: unit.connections.save(CONNECTION)):
        assert ports.connection_lease.lease_polls(NOW, LATER, 10)
        with ports.units(MERCHANT) as unit:
            ending(unit)
            unit.commit()
    assert ports.connection_lease.lease_polls(NOW, LATER, 10)


def test_a_shop_that_is_to_be_read_soon_is_taken_from_nobody_who_reads_it(ports: Ports) -> None:
    def hasten() -> bool:
        with ports.units(MERCHANT) as unit:
            is_connected = unit.connections.hasten(SHOP, NOW)
            unit.commit()
        return is_connected

    assert not hasten()
    connect(ports.units, replace(CONNECTION, due_at=None, fault="shop_keys_refused", failures=4))
    assert hasten()
    assert kept(ports.units) == replace(CONNECTION, due_at=NOW, fault="shop_keys_refused", failures=4)
    assert ports.connection_lease.lease_polls(NOW, LATER, 10) == [DuePoll(MERCHANT, SHOP)]
    assert hasten()
    assert ports.connection_lease.lease_polls(NOW, LATER, 10) == []


def test_a_worker_that_goes_on_reading_keeps_its_lease(ports: Ports) -> None:
    connect(ports.units)
    longer = LATER + timedelta(minutes=3)
    assert ports.connection_lease.lease_polls(NOW, LATER, 10)
    with ports.units(MERCHANT) as unit:
        assert unit.connections.advance(CONNECTION, longer)
        unit.commit()
    assert ports.connection_lease.lease_polls(LATER, longer, 10) == []
    assert ports.connection_lease.lease_polls(longer, longer, 10) == [DuePoll(MERCHANT, SHOP)]


def test_the_shop_that_has_waited_longest_comes_first(ports: Ports) -> None:
    other = a_shop("Fjell")
    with ports.units(MERCHANT) as unit:
        unit.shops.add(other)
        unit.connections.save(CONNECTION)
        unit.connections.save(replace(CONNECTION, shop=other.id, due_at=NOW - timedelta(minutes=1)))
        unit.commit()
    leased = [ports.connection_lease.lease_polls(NOW, LATER, 1) for _ in range(3)]
    assert leased == [[DuePoll(MERCHANT, other.id)], [DuePoll(MERCHANT, SHOP)], []]
