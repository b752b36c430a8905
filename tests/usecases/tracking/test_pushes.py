"""What accounts push is kept, applied once however often it comes, and shown where nobody can read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.shipment import Asking
from plugin.ports.carrier import Told
from plugin.usecases.tracking.accept_push import accept_push
from plugin.usecases.tracking.drain_pushes import NOT_INSTALLED, drain_pushes, sweep_pushes
from tests.build import MERCHANT, NOW, PLACED
from tests.fakes.carrier_accounts import FakePushLease
from tests.fakes.carriers import FakeCarriers, a_kind
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits
from tests.support.shipments import NUMBER, a_report, a_shipment

ACCOUNT = CarrierAccount("17track", {"secret": "s"}, "token", PLACED)
DELIVERED = Told(NUMBER, is_known=True, carrier="dhl", reports=(a_report(),))
IDS = FakeIds()


@pytest.fixture
def carriers(units: FakeUnits) -> FakeCarriers:
    with units(MERCHANT) as unit:
        unit.shipments.save([replace(a_shipment(), asking=Asking(NOW + timedelta(hours=5), None, 3))])
        unit.carrier_accounts.save(ACCOUNT)
        unit.commit()
    return FakeCarriers({"17track": a_kind("17track")}, pushes={b"delivered": [DELIVERED]})


def push(units: FakeUnits, body: bytes) -> bool:
    return accept_push(body, ACCOUNT, merchant=MERCHANT, units=units, ids=IDS, now=NOW)


def drain(units: FakeUnits, carriers: FakeCarriers, after: timedelta = timedelta()) -> Counter[str]:
    return drain_pushes(FakePushLease(units), carriers, units=units, now=NOW + after, limit=10)


def test_a_push_is_applied_to_its_parcel_and_forgotten(units: FakeUnits, carriers: FakeCarriers) -> None:
    assert push(units, b"delivered")
    assert drain(units, carriers) == {"applied": 1}
    assert drain(units, carriers) == {}
    with units.read(MERCHANT) as unit:
        parcel = unit.shipments.get(a_shipment().id)
        account = unit.carrier_accounts.get("17track")
        assert unit.carrier_pushes.parked(10) == []
    assert parcel.whereabouts.status is DeliveryStatus.DELIVERED
    assert (parcel.asking.asked_at, parcel.asking.misses) == (None, 0)
    assert account is not None
    assert account.pushed_at == NOW


def test_repeats_are_kept_once_and_applied_again_they_change_nothing(units: FakeUnits, carriers: FakeCarriers) -> None:
    assert [push(units, b"delivered") for _ in range(3)] == [True, False, False]
    drain(units, carriers)
    with units.read(MERCHANT) as unit:
        once = unit.shipments.get(a_shipment().id)
    assert push(units, b"delivered")
    assert drain(units, carriers) == {"applied": 1}
    with units.read(MERCHANT) as unit:
        again = unit.shipments.get(a_shipment().id)
    assert (again.reports, again.whereabouts) == (once.reports, once.whereabouts)


def test_what_nobody_can_read_is_parked_with_its_reason_until_it_is_tried_again(
    units: FakeUnits, carriers: FakeCarriers
) -> None:
    push(units, b"new format")
    assert drain(units, carriers) == {"parked": 1}
    with units(MERCHANT) as unit:
        (parked,) = unit.carrier_pushes.parked(10)
        kept = unit.carrier_pushes.get(parked.id)
        assert (parked.fault, parked.fault_field) == ("not_json", "data")
        assert kept is not None
        assert kept.body == b"new format"
        assert unit.carrier_pushes.revive(NOW) == 1
        unit.commit()
    carriers.pushes[b"new format"] = [DELIVERED]
    assert drain(units, carriers) == {"applied": 1}


def test_a_push_whose_adapter_is_not_installed_is_parked_saying_so(units: FakeUnits, carriers: FakeCarriers) -> None:
    push(units, b"delivered")
    carriers.known = {}
    assert drain(units, carriers) == {"parked": 1}
    with units.read(MERCHANT) as unit:
        assert [each.fault for each in unit.carrier_pushes.parked(10)] == [NOT_INSTALLED]


def test_numbers_that_are_nobodys_and_messages_about_nothing_are_done_with(
    units: FakeUnits, carriers: FakeCarriers
) -> None:
    carriers.pushes |= {b"strange": [Told("1Z12345E1512345676", is_known=True)], b"test": []}
    push(units, b"strange")
    push(units, b"test")
    assert drain(units, carriers) == {"strange": 1, "applied": 1}


def test_a_fault_of_ours_is_tried_again_later_and_parked_in_the_end_whole(
    units: FakeUnits, carriers: FakeCarriers
) -> None:
    class Broken(FakeCarriers):
        def push(self, account: CarrierAccount) -> None:
            raise ZeroDivisionError(account.kind)

    push(units, b"delivered")
    broken, later = Broken(carriers.known), timedelta()
    for _ in range(8):
        assert drain(units, broken, later) == {"retried": 1}
        assert drain(units, broken, later) == {}
        later += timedelta(hours=1)
    assert drain(units, broken, later) == {"parked": 1}
    with units.read(MERCHANT) as unit:
        (parked,) = unit.carrier_pushes.parked(10)
        kept = unit.carrier_pushes.get(parked.id)
    assert (parked.fault, parked.fault_field, parked.attempts) == ("apply_failed", "ZeroDivisionError", 9)
    assert kept is not None
    assert kept.body == b"delivered"


def test_a_worker_that_dies_leaves_a_push_to_the_next(units: FakeUnits, carriers: FakeCarriers) -> None:
    push(units, b"delivered")
    assert FakePushLease(units).lease_pushes(NOW, NOW + timedelta(seconds=30), 10)
    assert drain(units, carriers) == {}
    assert drain(units, carriers, timedelta(seconds=30)) == {"applied": 1}


def test_what_has_been_parked_for_a_month_is_forgotten(units: FakeUnits, carriers: FakeCarriers) -> None:
    push(units, b"unread")
    drain(units, carriers)
    assert sweep_pushes(merchant=MERCHANT, units=units, now=NOW + timedelta(days=30)) == 0
    assert sweep_pushes(merchant=MERCHANT, units=units, now=NOW + timedelta(days=31)) == 1
