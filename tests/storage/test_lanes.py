"""Lanes and the deliveries they are made of: what the port promises, on every database and in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from plugin.domain.ids import ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import Begun, Lane, order_lane
from plugin.domain.tracking.eta.saying import lane_of
from plugin.domain.tracking.eta.spread import DayRange
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import Purpose, Shipment, TrackedNumber
from plugin.ports.unit_of_work import Units
from plugin.usecases.tracking.rebuild_lanes import rebuild_lanes
from tests.build import MERCHANT, PLACED, a_shop, a_stored_order
from tests.support.shipments import a_report, a_shipment

SHIPPED = PLACED + timedelta(days=1)
ARRIVED = SHIPPED + timedelta(days=3)
LANE = Lane(Begun.DISPATCH, "DE", "dhl", "DE", None)


def parcel(
    name: str, delivered: datetime | None = ARRIVED, source: Source = Source.CARRIER, **facts: object
) -> Shipment:
    """One that arrived, as somebody told."""
    sent = a_shipment(name, shipped_at=SHIPPED, **facts)
    told = [a_report(DeliveryStatus.DELIVERED, delivered, source=source)] if delivered else []
    return sent.with_reports(told)


def keep(units: Units, *parcels: Shipment) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shipments.save(parcels)
        unit.commit()


def arrived(units: Units, since: datetime = PLACED, limit: int = 10) -> list[str]:
    """Page by page."""
    found, after = [], None
    with units.read(MERCHANT) as unit:
        while page := unit.lanes.deliveries(since, after, limit):
            found += [each.id for each in page]
            after = page[-1]
    return found


def test_deliveries_come_in_the_order_they_arrived_in_page_after_page(units: Units) -> None:
    keep(units, *(parcel(f"p{number}", ARRIVED + timedelta(hours=number // 2)) for number in (4, 2, 5, 1, 3)))
    assert arrived(units) == arrived(units, limit=2) == ["p1", "p2", "p3", "p4", "p5"]
    assert arrived(units, since=ARRIVED + timedelta(hours=2)) == ["p4", "p5"]


def test_only_what_carrier_or_platform_reported_to_a_known_country_counts(units: Units) -> None:
    keep(
        units,
        parcel("carrier"),
        parcel("platform", source=Source.PLATFORM),
        parcel("merchant", source=Source.MERCHANT),
        parcel("estimate", source=Source.ESTIMATE),
        parcel("under-way", None),
        parcel("return", purpose=Purpose.RETURN),
        parcel("void", is_void=True),
        parcel("nowhere", destination=None),
    )
    assert sorted(arrived(units)) == ["carrier", "platform"]


def test_a_delivery_is_told_with_its_lane_and_instants(units: Units) -> None:
    keep(units, parcel("p1", service="express"))
    with units.read(MERCHANT) as unit:
        ((found),) = unit.lanes.deliveries(PLACED, None, 10)
    told = found.delivery
    assert (found.id, told.shop, told.destination) == (ShipmentId("p1"), a_shop().id, "DE")
    assert (told.carrier, told.origin, told.service) == ("dhl", "DE", "express")
    assert (told.ordered_at, told.shipped_at, told.delivered_at) == (PLACED, SHIPPED, ARRIVED)


def test_a_parcel_that_changed_hands_counts_to_whom_it_was_given_to(units: Units) -> None:
    legs = (TrackedNumber("YT1", "yunexpress", Leg.ORIGIN), TrackedNumber("JJD1", "dhl"))
    keep(units, parcel("p1", numbers=legs))
    with units.read(MERCHANT) as unit:
        ((found,),) = [unit.lanes.deliveries(PLACED, None, 10)]
        (kept,) = unit.shipments.some([found.id])
    assert found.delivery.carrier == "yunexpress"
    assert lane_of(kept) == Lane(Begun.DISPATCH, "DE", "yunexpress", "DE")


def test_lanes_are_replaced_as_a_whole_and_found_by_all_their_parts(units: Units) -> None:
    days = LaneDays(LANE, Fitted(DayRange(2, 5), 77, is_six_day=True), date(2026, 11, 20))
    others = [replace(days, lane=lane) for lane in (replace(LANE, service="x"), order_lane(a_shop().id, "DE"))]
    for table in ([replace(days, lane=replace(LANE, origin="CN"))], [days, *others]):
        with units(MERCHANT) as unit:
            unit.lanes.replace(table)
            unit.commit()
    with units.read(MERCHANT) as unit:
        found = unit.lanes.find([LANE, order_lane(a_shop().id, "DE"), replace(LANE, origin="CN")])
    assert found == {LANE: days, others[1].lane: others[1]}


def test_a_night_makes_lanes_of_what_arrived_in_the_last_year(units: Units) -> None:
    keep(units, *(parcel(f"p{number}") for number in range(30)))
    assert rebuild_lanes(merchant=MERCHANT, units=units, now=ARRIVED + timedelta(days=1)) == 3
    with units.read(MERCHANT) as unit:
        found = unit.lanes.find([LANE, replace(LANE, origin=None), order_lane(a_shop().id, "DE")])
    assert {each.fitted.count for each in found.values()} == {30}
    assert len(found) == 3
    assert rebuild_lanes(merchant=MERCHANT, units=units, now=ARRIVED + timedelta(days=400)) == 0
    with units.read(MERCHANT) as unit:
        assert not unit.lanes.find([LANE])
