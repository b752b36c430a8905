"""What was told reaches the parcels it is about, once, with what has to follow queued beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plugin.domain.effects import FollowShipments
from plugin.domain.errors import Conflict
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.pace import asked, told
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Asking, Shipment
from plugin.ports.carrier import Forecast, Told
from plugin.usecases.tracking.apply_told import Applied, Heard, apply_told, keep_heard
from tests.build import MERCHANT, NOW, PLACED
from tests.fakes.units import FakeUnits
from tests.support.shipments import NUMBER, a_report, a_shipment

_S = DeliveryStatus
ACCOUNT = CarrierAccount("17track", {}, "token", PLACED)


def save(units: FakeUnits, *shipments: Shipment) -> None:
    with units(MERCHANT) as unit:
        unit.shipments.save(shipments)
        unit.commit()


def hear(units: FakeUnits, *reports: Report, account: CarrierAccount | None = ACCOUNT, **facts: object) -> Applied:
    heard = replace(Told(NUMBER, is_known=True, reports=reports), **facts)  # type: ignore[arg-type]  # fields of it
    return apply_told([heard], account, merchant=MERCHANT, units=units, now=NOW)


def on_record(units: FakeUnits) -> Shipment:
    with units.read(MERCHANT) as unit:
        return unit.shipments.get(a_shipment().id)


def test_a_delivery_moves_the_parcel_and_queues_what_follows(units: FakeUnits) -> None:
    save(units, a_shipment())
    applied = hear(units, a_report())
    (heard,) = applied.moved
    assert (heard.before.status, heard.shipment.whereabouts.status) == (_S.UNKNOWN, _S.DELIVERED)
    assert heard.reports == (a_report(),)
    assert on_record(units) == heard.shipment
    assert units.effects(MERCHANT) == [FollowShipments(MERCHANT, (heard.shipment.id,))]


def test_what_is_no_news_changes_the_schedule_alone(units: FakeUnits) -> None:
    save(units, a_shipment())
    first = hear(units, a_report()).heard[0].shipment
    again = hear(units, a_report(heard_at=NOW))
    assert again.moved == ()
    assert on_record(units) == replace(first, asking=asked(first, NOW, has_news=False), version=3)
    assert len(units.effects(MERCHANT)) == 1


def test_a_forecast_alone_has_the_parcel_looked_at_when_its_last_day_is_over(units: FakeUnits) -> None:
    save(units, a_shipment())
    for count, last in enumerate((date(2026, 11, 12), date(2026, 11, 12), date(2026, 11, 14))):
        applied = hear(units, forecast=Forecast(last, last))
        assert (applied.moved, len(units.effects(MERCHANT))) == ((), (1, 1, 2)[count])
    assert units.effects(MERCHANT) == [FollowShipments(MERCHANT, (a_shipment().id,))] * 2


def test_who_is_pushed_to_asks_less_and_a_push_is_no_answer(units: FakeUnits) -> None:
    save(units, a_shipment(asking=Asking(NOW, PLACED, 3)))
    heard = Told(NUMBER, is_known=True, reports=(a_report(_S.IN_TRANSIT, NOW - timedelta(hours=1)),))
    apply_told([heard], ACCOUNT, merchant=MERCHANT, units=units, now=NOW, is_pushed=True)
    known = on_record(units)
    assert known.asking == told(known, NOW)
    assert known.asking.asked_at == PLACED
    hear(units, account=replace(ACCOUNT, pushed_at=NOW))
    assert on_record(units).asking.next_at == NOW + timedelta(days=1)


def test_a_persons_word_leaves_the_schedule_alone(units: FakeUnits) -> None:
    save(units, a_shipment())
    hear(units, a_report(), account=None)
    assert on_record(units).asking == a_shipment().asking


def test_two_orders_in_one_parcel_both_hear_of_it(units: FakeUnits) -> None:
    save(units, a_shipment(), a_shipment("shipment2"))
    assert len(hear(units, a_report()).moved) == 2


def test_a_number_that_is_used_again_is_the_newest_parcels(units: FakeUnits) -> None:
    old = a_shipment("shipment2", created_at=NOW - timedelta(days=500))
    save(units, a_shipment(), old)
    assert [each.shipment.id for each in hear(units, a_report()).heard] == [a_shipment().id]


@pytest.mark.parametrize("facts", [{"number": "1Z999AA10123456784"}, {"is_known": False}])
def test_what_is_nobodys_changes_nothing(units: FakeUnits, facts: dict[str, object]) -> None:
    save(units, a_shipment())
    assert hear(units, a_report(), **facts).heard == ()
    assert on_record(units).version == 1


@pytest.mark.parametrize("gone", [{"is_void": True}, {"is_forgotten": True}])
def test_a_parcel_that_counts_no_more_hears_nothing(units: FakeUnits, gone: dict[str, object]) -> None:
    save(units, a_shipment(**gone))
    assert hear(units, a_report()).heard == ()


def test_whoever_was_slower_changes_nothing(units: FakeUnits) -> None:
    save(units, a_shipment())
    stale = on_record(units)
    hear(units, a_report())
    with units(MERCHANT) as unit, pytest.raises(Conflict):
        keep_heard([Heard(stale, stale.whereabouts, ())], unit)
    assert on_record(units).version == 2
