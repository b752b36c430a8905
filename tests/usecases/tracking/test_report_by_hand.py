"""What somebody of the staff knows of a parcel is one report more, believed last, and struck as easily."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.effects import FollowShipments
from plugin.domain.errors import NotFound
from plugin.domain.order import DeliveryStatus as S
from plugin.domain.times import Source
from plugin.domain.tracking.number import NotATrackingNumber
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import Shipment, TrackedNumber
from plugin.usecases.tracking.correct_number import TooManyNumbers, correct_number, restore_numbers
from plugin.usecases.tracking.report_by_hand import (
    ByHand,
    ParcelForgotten,
    ReportOutOfTime,
    report_by_hand,
    strike_report,
)
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits
from tests.support.shipments import NUMBER, a_report, a_shipment

YESTERDAY = NOW - timedelta(days=1)
OTHER = "LX123456785CN"


def keep(units: FakeUnits, shipment: Shipment) -> None:
    with units(MERCHANT) as unit:
        unit.shipments.save([shipment])
        unit.commit()


def kept(units: FakeUnits) -> Shipment:
    with units.read(MERCHANT) as unit:
        return unit.shipments.get(a_shipment().id)


def say(units: FakeUnits, said: ByHand) -> str:
    return report_by_hand(said, a_shipment().id, merchant=MERCHANT, units=units, ids=FakeIds(), now=NOW)


def test_it_moves_a_parcel_nobody_else_tells_of_and_what_follows_is_queued(units: FakeUnits) -> None:
    keep(units, a_shipment())
    name = say(units, ByHand(S.DELIVERED, YESTERDAY, " She has it "))
    delivered = kept(units).whereabouts.delivered
    assert delivered
    assert (delivered.at, delivered.source) == (YESTERDAY, Source.MERCHANT)
    assert [(each.message, each.number) for each in kept(units).reports] == [("She has it", NUMBER)]
    assert FollowShipments(MERCHANT, (a_shipment().id,)) in units.tables[MERCHANT].effects
    strike_report(name, a_shipment().id, merchant=MERCHANT, units=units)
    assert kept(units).reports == ()
    assert kept(units).whereabouts.delivered is None


def test_a_carrier_s_scan_is_believed_before_it(units: FakeUnits) -> None:
    scan = a_report(S.DELIVERED, YESTERDAY)
    keep(units, a_shipment().with_reports([scan]))
    say(units, ByHand(S.DELIVERED, NOW))
    delivered = kept(units).whereabouts.delivered
    assert delivered
    assert delivered.source is Source.CARRIER


@pytest.mark.parametrize("at", [NOW + timedelta(minutes=1), NOW - timedelta(days=900)])
def test_nothing_happens_in_the_future_or_long_before_it_was_sent(units: FakeUnits, at: object) -> None:
    keep(units, a_shipment())
    with pytest.raises(ReportOutOfTime):
        say(units, ByHand(S.IN_TRANSIT, at))  # type: ignore[arg-type]  # instants
    assert kept(units).reports == ()


def test_nothing_more_is_written_down_of_somebody_erased(units: FakeUnits) -> None:
    keep(units, a_shipment(is_forgotten=True))
    with pytest.raises(ParcelForgotten):
        say(units, ByHand(S.IN_TRANSIT, YESTERDAY))


def test_what_others_told_cannot_be_struck(units: FakeUnits) -> None:
    keep(units, a_shipment().with_reports([a_report(id="scan1")]))
    for name in ("scan1", "by-hand:none"):
        with pytest.raises(NotFound):
            strike_report(name, a_shipment().id, merchant=MERCHANT, units=units)
    assert len(kept(units).reports) == 1


def correct(units: FakeUnits, text: str, carrier: str | None = None) -> tuple[TrackedNumber, ...]:
    return correct_number(text, carrier, a_shipment().id, merchant=MERCHANT, units=units, now=NOW)


def test_a_number_gets_another_carrier_and_is_asked_about_at_once(units: FakeUnits) -> None:
    keep(units, a_shipment(numbers=(TrackedNumber(NUMBER, "dpd", is_confirmed=True),)))
    before = correct(units, NUMBER.lower(), "gls")
    assert kept(units).numbers == (TrackedNumber(NUMBER, "gls"),)
    assert kept(units).asking.next_at == NOW
    restore_numbers(before, a_shipment().id, merchant=MERCHANT, units=units, now=NOW)
    assert kept(units).numbers == (TrackedNumber(NUMBER, "dpd", is_confirmed=True),)


def test_another_number_is_that_of_the_last_mile_and_the_shop_s_stays(units: FakeUnits) -> None:
    keep(units, a_shipment())
    correct(units, "lx 123 456 785 cn")
    assert kept(units).numbers == (TrackedNumber(NUMBER, "dhl", Leg.ORIGIN), TrackedNumber(OTHER, "china-post"))
    assert kept(units).number.number == OTHER


def test_what_is_no_number_or_one_too_many_is_refused(units: FakeUnits) -> None:
    keep(units, a_shipment(numbers=tuple(TrackedNumber(f"YT260782127201230{turn}") for turn in range(4))))
    with pytest.raises(NotATrackingNumber):
        correct(units, "by post")
    with pytest.raises(TooManyNumbers):
        correct(units, OTHER)


def test_a_void_parcel_is_corrected_and_not_asked_about(units: FakeUnits) -> None:
    quiet = replace(a_shipment().asking, next_at=None)
    keep(units, a_shipment(is_void=True, asking=quiet))
    correct(units, NUMBER, "gls")
    assert kept(units).asking.next_at is None
