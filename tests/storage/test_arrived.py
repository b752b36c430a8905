"""Parcels that arrived are read in pages by an index: what the port promises, on every database and in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from tests.build import DELIVERED, MERCHANT, PLACED, a_stored_order
from tests.storage.plans import planned
from tests.support.shipments import a_report, a_shipment

HOUR = timedelta(hours=1)


def parcel(name: str, delivered: datetime, status: DeliveryStatus = DeliveryStatus.DELIVERED) -> Shipment:
    return a_shipment(name).with_reports([a_report(status, delivered)])


def keep(units: Units, *parcels: Shipment) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shipments.save(parcels)
        unit.commit()


def arrived(units: Units, since: datetime = PLACED, limit: int = 10) -> list[str]:
    found: list[Shipment] = []
    with units.read(MERCHANT) as unit:
        while page := unit.shipments.arrived(since, found[-1] if found else None, limit):
            found += page
    assert all(each.reports for each in found)
    return [each.id for each in found]


def test_they_come_as_they_arrived_page_after_page(units: Units) -> None:
    keep(units, *(parcel(f"p{number}", DELIVERED + number // 2 * HOUR) for number in (4, 2, 5, 1, 3)))
    assert arrived(units) == arrived(units, limit=2) == ["p1", "p2", "p3", "p4", "p5"]
    assert arrived(units, since=DELIVERED + 2 * HOUR) == ["p4", "p5"]


def test_returns_come_as_they_were_sent_arrived_or_not(units: Units) -> None:
    def back(name: str, hours: int, status: DeliveryStatus = DeliveryStatus.IN_TRANSIT, **facts: bool) -> Shipment:
        at = DELIVERED + hours * HOUR
        sent = a_shipment(name, purpose=Purpose.RETURN, shipped_at=at, **facts)
        return sent.with_reports([a_report(status, at)])

    void = back("void", 1, is_void=True)
    keep(units, back("b3", 3), back("b1", 1, DeliveryStatus.DELIVERED), back("b2", 1), void, parcel("out", DELIVERED))
    found: list[Shipment] = []
    with units.read(MERCHANT) as unit:
        while page := unit.shipments.sent_back(DELIVERED, found[-1] if found else None, 1):
            found += page
        assert [each.id for each in found] == ["b1", "b2", "b3"]
        assert [each.id for each in unit.shipments.sent_back(DELIVERED + 2 * HOUR, None, 10)] == ["b3"]


def test_what_is_void_or_on_its_way_has_not_arrived(units: Units) -> None:
    void = replace(parcel("void", DELIVERED), is_void=True)
    keep(units, void, parcel("way", DELIVERED, DeliveryStatus.IN_TRANSIT), parcel("here", DELIVERED))
    assert arrived(units) == ["here"]


def test_a_page_is_cut_by_the_index_of_deliveries(sqlite_storage: Storage) -> None:
    keep(sqlite_storage.units, parcel("p1", DELIVERED))
    with planned(sqlite_storage) as plans, sqlite_storage.units.read(MERCHANT) as unit:
        unit.shipments.arrived(PLACED, parcel("p0", DELIVERED), 10)
        unit.shipments.sent_back(PLACED, None, 10)
    assert plans[0] == ["SEARCH shipments USING INDEX ix_shipments_delivered (merchant_id=? AND delivered_at>?)"]
    assert ["SEARCH shipments USING INDEX ix_shipments_shipped (merchant_id=? AND shipped_at>?)"] in plans
