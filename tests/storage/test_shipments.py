"""Parcels come back as saved, are found by order and number, handed out once, and forgotten with their person."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import Asking, ExpectedDays, Shipment, TrackedNumber
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.shipment_row import RECORDED
from plugin.storage.tables import shipments
from tests.build import DELIVERED, MERCHANT, NOW, a_shopper, a_stored_order, an_order
from tests.storage.conftest import Ports
from tests.support.shipments import NUMBER, a_report, a_shipment

ORDER = OrderId("order1")
SOON = NOW + timedelta(minutes=5)
DAYS = ExpectedDays(date(2026, 11, 9), date(2026, 11, 12), NOW)
FULL = a_shipment(
    numbers=(TrackedNumber(NUMBER, "dhl"), TrackedNumber("LX123456785CN", "china-post", Leg.ORIGIN)),
    service="Parcel Connect",
    shipped_at=NOW,
    expected=replace(DAYS, by_carrier=True),
    first_expected=DAYS,
).with_reports([a_report(), a_report(DeliveryStatus.IN_TRANSIT, DELIVERED.replace(tzinfo=None))])


def add_order(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()


@pytest.fixture
def shop(units: Units) -> Units:
    add_order(units)
    return units


def save(units: Units, *changed: Shipment) -> None:
    with units(MERCHANT) as unit:
        unit.shipments.save(changed)
        unit.commit()


def found(units: Units, shipment: str = "shipment1") -> Shipment:
    with units.read(MERCHANT) as unit:
        return unit.shipments.get(ShipmentId(shipment))


def erase_ida(units: Units) -> None:
    with units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()


def test_one_comes_back_as_it_was_saved(shop: Units) -> None:
    save(shop, FULL)
    assert found(shop) == replace(FULL, version=1)
    with pytest.raises(NotFound):
        found(shop, "shipment2")


def test_every_field_of_a_parcel_is_kept() -> None:
    beside = {"reports", "is_forgotten", "version"}
    assert {*RECORDED, *beside} == {each.name for each in fields(Shipment)}


def test_it_changes_within_one_unit_and_across_units(shop: Units) -> None:
    save(shop, FULL)
    quiet = replace(found(shop), asking=Asking(SOON, NOW, 1))
    save(shop, quiet)
    assert found(shop) == replace(quiet, version=2), "the schedule alone"
    with shop(MERCHANT) as unit:
        told = unit.shipments.get(FULL.id).with_reports([a_report(message="At the door")])
        unit.shipments.save([told])
        unit.commit()
    assert found(shop) == replace(told, version=3)


def test_whoever_was_slower_is_told_and_nothing_of_theirs_is_kept(shop: Units) -> None:
    other = a_shipment("shipment2")
    save(shop, FULL, other)
    with shop(MERCHANT) as unit, pytest.raises(Conflict):
        unit.shipments.save([replace(other, version=1, service="Late"), replace(FULL, version=7)])
    with pytest.raises(Conflict):
        save(shop, FULL)
    assert found(shop, "shipment2").service is None


def test_the_same_parcel_of_the_same_fulfilment_is_on_record_once(shop: Units) -> None:
    save(shop, FULL)
    with pytest.raises(Conflict):
        save(shop, replace(FULL, id=ShipmentId("shipment2")))


def test_it_is_found_by_its_order_and_by_each_of_its_numbers(shop: Units) -> None:
    later = a_shipment("shipment2", created_at=NOW)
    void = a_shipment("shipment3", is_void=True)
    save(shop, later, FULL, void)
    with shop.read(MERCHANT) as unit:
        assert [each.id for each in unit.shipments.of_orders([ORDER, OrderId("none")])[ORDER]] == [FULL.id, later.id]
        assert len(unit.shipments.of_orders([ORDER], with_void=True)[ORDER]) == 3
        assert unit.shipments.of_orders([OrderId("none")]) == {}
        assert next(each.id for each in unit.shipments.by_number([NUMBER])) == later.id
        assert [each.id for each in unit.shipments.by_number(["LX123456785CN", "1Z"])] == [FULL.id]
        assert {each.id for each in unit.shipments.some([FULL.id, ShipmentId("none")])} == {FULL.id}


def test_a_number_that_is_taken_off_finds_it_no_more(shop: Units) -> None:
    save(shop, FULL)
    save(shop, replace(found(shop), numbers=(TrackedNumber("1Z999AA10123456784", "ups"),)))
    with shop.read(MERCHANT) as unit:
        assert unit.shipments.by_number([NUMBER]) == []
        assert len(unit.shipments.by_number(["1Z999AA10123456784"])) == 1


def test_due_parcels_are_handed_to_one_worker_longest_due_first(ports: Ports) -> None:
    add_order(ports.units)
    names = {"late": NOW - timedelta(hours=1), "due": NOW, "early": SOON, "over": None}
    save(ports.units, *(a_shipment(name, asking=Asking(at)) for name, at in names.items()))
    leased = ports.shipment_lease.lease(NOW, SOON, 10)
    assert [(each.merchant, each.shipment) for each in leased] == [(MERCHANT, "late"), (MERCHANT, "due")]
    assert ports.shipment_lease.lease(NOW, SOON, 10) == []
    save(ports.units, replace(found(ports.units, "late"), asking=Asking(NOW)))
    assert [each.shipment for each in ports.shipment_lease.lease(NOW, SOON, 10)] == ["late"], "saving gives it back"
    assert {each.shipment for each in ports.shipment_lease.lease(SOON, SOON, 2)} == {"late", "due"}, "a lease runs out"


def test_an_erased_persons_parcel_keeps_where_it_was_and_no_word_of_it(ports: Ports) -> None:
    add_order(ports.units)
    save(ports.units, FULL)
    erase_ida(ports.units)
    left = found(ports.units)
    assert left.is_forgotten
    assert left.reports == ()
    assert left.whereabouts == FULL.whereabouts
    assert left.whereabouts.delivered == Moment(DELIVERED, Source.CARRIER)
    assert left.asking.next_at is None
    assert ports.shipment_lease.lease(SOON, SOON, 10) == []
    save(ports.units, replace(left, reports=FULL.reports))
    assert found(ports.units).reports == (), "nor does anything come back"


def test_what_was_told_cannot_be_read_in_the_database_and_is_gone_with_the_person(storage: Storage) -> None:
    add_order(storage.units)
    save(storage.units, FULL)
    assert b"Brandt" not in content(storage)
    assert row_of(storage)["told"]
    erase_ida(storage.units)
    assert row_of(storage)["told"] is None
    assert row_of(storage)["next_at"] is None


def test_it_goes_with_its_order_too(storage: Storage) -> None:
    add_order(storage.units)
    save(storage.units, FULL)
    with storage.units(MERCHANT) as unit:
        unit.people.forget_order(ORDER, NOW)
        unit.commit()
    assert row_of(storage)["told"] is None
    assert found(storage.units).is_forgotten


def test_whoever_read_it_before_an_erasure_cannot_write_it_back(storage: Storage) -> None:
    add_order(storage.units)
    save(storage.units, FULL)
    read = found(storage.units)
    erase_ida(storage.units)
    with pytest.raises(Conflict):
        save(storage.units, read.with_reports([a_report()]))


def test_it_stays_openable_when_the_order_changes_hands(storage: Storage) -> None:
    add_order(storage.units)
    save(storage.units, FULL)
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(shopper=a_shopper("wiebke@example.com")), version=1)])
        unit.commit()
    assert found(storage.units).reports == FULL.reports


def test_lists_and_statistics_have_columns_of_their_own(storage: Storage) -> None:
    add_order(storage.units)
    save(storage.units, FULL)
    row = row_of(storage)
    assert (row["status"], row["delivered_at"], row["delivered_source"]) == ("delivered", DELIVERED, "carrier")
    assert (row["carrier"], row["origin"], row["destination"], row["service"]) == ("dhl", "DE", "DE", FULL.service)
    assert (row["expected_last"], row["first_expected_first"]) == (DAYS.last, DAYS.first)
    assert (row["sent_as"], row["next_at"], row["is_void"]) == (NUMBER, NOW, False)


def row_of(storage: Storage) -> dict[str, object]:
    with storage.engine.connect() as connection:
        return dict(connection.execute(select(shipments)).one()._mapping)


def content(storage: Storage) -> bytes:
    return repr(row_of(storage)).encode()


def test_what_is_put_off_has_its_turn_then_unless_it_is_given_up(shop: Units, ports: Ports) -> None:
    with shop(MERCHANT) as unit:
        unit.shipments.save([a_shipment("young", created_at=NOW), a_shipment("old", created_at=DELIVERED)])
        unit.commit()
    ids = [each.shipment for each in ports.shipment_lease.lease(NOW, SOON, 10)]
    with shop(MERCHANT) as unit:
        unit.shipments.put_off(ids, NOW + timedelta(minutes=1), DELIVERED)
        unit.commit()
    assert ports.shipment_lease.lease(NOW, SOON, 10) == []
    assert [each.shipment for each in ports.shipment_lease.lease(NOW + timedelta(minutes=1), SOON, 10)] == ["young"]
