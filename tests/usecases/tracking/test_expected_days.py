"""What is said of a parcel's arrival, and of what somebody may buy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plugin.domain.ids import ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import Begun, Lane, order_lane
from plugin.domain.tracking.eta.spread import DayRange
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber
from plugin.ports.carrier import Told
from plugin.ports.unit_of_work import Units
from plugin.usecases.tracking.apply_told import apply_told
from plugin.usecases.tracking.expected_days import expected_days, expected_for, say_expected, with_expected
from tests.build import MERCHANT, a_shop, a_stored_order
from tests.fakes.units import FakeUnits
from tests.support.shipments import a_report, a_shipment

SENT = datetime(2026, 11, 9, 12, tzinfo=UTC)
"""A Monday."""
NOW = SENT + timedelta(hours=3)
LANE = Lane(Begun.DISPATCH, "DE", "dhl", "DE")
OURS = ExpectedDays(date(2026, 11, 11), date(2026, 11, 16), NOW)
CARRIERS = ExpectedDays(date(2026, 11, 12), date(2026, 11, 12), NOW, by_carrier=True)


@pytest.fixture
def units() -> Units:
    """Lanes as a night left them: two to five working days from the dispatch, three to six from the order."""
    fake = FakeUnits()
    found = {LANE: DayRange(2, 5), order_lane(a_shop().id, "DE"): DayRange(3, 6)}
    with fake(MERCHANT) as unit:
        unit.lanes.replace(
            [LaneDays(lane, Fitted(days, 40, is_six_day=False), NOW.date()) for lane, days in found.items()]
        )
        unit.commit()
    return fake


def said(units: Units, shipment: Shipment, now: datetime = NOW) -> Shipment:
    with units.read(MERCHANT) as unit:
        return with_expected([shipment], unit, now)[0]


def test_a_parcel_that_left_is_said_to_arrive_as_its_lane_took(units: Units) -> None:
    found = said(units, a_shipment(shipped_at=SENT))
    assert (found.expected, found.first_expected) == (OURS, OURS)
    with units.read(MERCHANT) as unit:
        assert expected_days(a_shipment(shipped_at=SENT), unit, NOW) == OURS


def test_the_carriers_own_forecast_stays(units: Units) -> None:
    told = a_shipment(shipped_at=SENT, expected=CARRIERS, first_expected=CARRIERS)
    assert said(units, told) is told


def test_what_we_said_once_does_not_creep_with_the_lane(units: Units) -> None:
    first = said(units, a_shipment(shipped_at=SENT))
    with units(MERCHANT) as unit:
        unit.lanes.replace([LaneDays(LANE, Fitted(DayRange(7, 9), 40, is_six_day=False), NOW.date())])
        unit.commit()
    assert said(units, first, NOW + timedelta(days=1)) == first


@pytest.mark.parametrize(
    "facts",
    [
        {"shipped_at": None},
        {"destination": None},
        {"destination": "FR"},
        {"purpose": Purpose.RETURN},
        {"is_void": True},
        {"shipped_at": SENT - timedelta(days=20)},
    ],
)
def test_where_nobody_can_say_nothing_is_said(units: Units, facts: dict[str, object]) -> None:
    shipment = replace(a_shipment(shipped_at=SENT), **facts)  # type: ignore[arg-type]  # fields of the shipment
    assert said(units, shipment).expected is None


def test_a_parcel_that_has_arrived_is_expected_no_more(units: Units) -> None:
    there = a_shipment(shipped_at=SENT).with_reports([a_report(DeliveryStatus.DELIVERED, SENT + timedelta(hours=1))])
    assert said(units, there).expected is None


def test_many_parcels_are_said_with_one_question(units: Units) -> None:
    parcels = [a_shipment(f"p{number}", shipped_at=SENT) for number in range(3)]
    with units.read(MERCHANT) as unit:
        found = with_expected([*parcels, a_shipment("p4")], unit, NOW)
    assert [each.id for each in found] == ["p0", "p1", "p2", "p4"]
    assert [each.expected for each in found] == [OURS, OURS, OURS, None]


def test_what_is_ordered_now_arrives_as_everything_the_shop_sends_there(units: Units) -> None:
    with units.read(MERCHANT) as unit:
        found = expected_for(a_shop(), "DE", unit, NOW)
        assert expected_for(a_shop(), "FR", unit, NOW) is None
        assert expected_for(a_shop("Another"), "DE", unit, NOW) is None
    assert found is not None
    assert (found.first, found.last) == (date(2026, 11, 12), date(2026, 11, 17))


def test_a_parcel_on_record_is_said_once_something_was_told_of_it_or_follows_from_its_order(units: Units) -> None:
    parcel = a_shipment(shipped_at=SENT)
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shipments.save(
            [parcel, replace(a_shipment("other", shipped_at=SENT), numbers=(TrackedNumber("1", "dhl"),))]
        )
        unit.commit()
    moving = a_report(DeliveryStatus.IN_TRANSIT, SENT)
    told = Told(parcel.number.number, is_known=True, reports=(moving,))
    apply_told([told], None, merchant=MERCHANT, units=units, now=NOW)
    for expected_now in (1, 0):
        with units(MERCHANT) as unit:
            known = unit.shipments.some([parcel.id, ShipmentId("other")])
            assert [each.expected for each in known if each.id == parcel.id] == [OURS]
            assert say_expected(known, unit, NOW) == expected_now
            unit.commit()
