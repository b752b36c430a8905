"""Arrival days judged by what a merchant's own parcels did."""

from __future__ import annotations

from datetime import datetime, timedelta

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.eta.lane import order_lane, transit_lane
from plugin.usecases.tracking.judge_lanes import judge_lanes
from tests.build import MERCHANT, NOW, a_shop
from tests.fakes.units import FakeUnits
from tests.support.shipments import a_report, a_shipment

MONDAY = datetime.fromisoformat("2026-11-16T12:00:00+00:00")
LANE = transit_lane("DE", "dhl", "DE", None)


def keep(units: FakeUnits, latest_took: int) -> None:
    """Five parcels every Monday for 20 weeks, there on Wednesday; those of the last Monday took so many days."""
    with units(MERCHANT) as unit:
        for number in range(100):
            sent = MONDAY - timedelta(weeks=number // 5)
            came = sent + timedelta(days=latest_took if number < 5 else 2)
            parcel = a_shipment(f"p{number}", shipped_at=sent)
            unit.shipments.save([parcel.with_reports([a_report(DeliveryStatus.DELIVERED, came)])])
        unit.commit()


def test_days_that_held_are_kept_and_the_first_weeks_are_silent(units: FakeUnits) -> None:
    keep(units, latest_took=2)
    found = judge_lanes(40, merchant=MERCHANT, units=units, now=NOW)
    assert set(found) == {LANE, order_lane(a_shop().id, "DE")}
    assert (found[LANE].silent, found[LANE].told, found[LANE].share) == (30, 70, 1.0)


def test_what_came_late_is_not_kept(units: FakeUnits) -> None:
    keep(units, latest_took=4)
    found = judge_lanes(1, merchant=MERCHANT, units=units, now=NOW)[LANE]
    assert (found.told, found.kept) == (5, 0)
