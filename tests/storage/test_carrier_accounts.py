"""Carrier accounts are kept sealed, asked by one worker at a time, found by their push token; so is what they push."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.account import Breaker, CarrierAccount
from plugin.domain.tracking.push import Push, PushId
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import Asking, TrackedNumber
from plugin.ports.carrier_accounts import DuePush
from plugin.ports.unit_of_work import Units
from plugin.storage import KeyRing, Storage
from plugin.storage.tables import carrier_accounts, carrier_pushes
from plugin.usecases.tracking.drain_pushes import drain_pushes
from tests.build import MERCHANT, NOW, a_stored_order
from tests.fakes.carriers import FakeCarriers, a_kind
from tests.storage.conftest import OpenStorage, Ports
from tests.support.shipments import a_report, a_shipment

ACCOUNT = CarrierAccount("ups", {"client": "shop-7", "secret": "hush-hush"}, "push-token-of-ups", NOW)
PUSH = Push(PushId("push1"), "ups", b'{"number": "1Z"}', NOW, NOW)
MINUTE = timedelta(minutes=1)
LATER = NOW + 4 * MINUTE


def save(units: Units, *accounts: CarrierAccount) -> None:
    with units(MERCHANT) as unit:
        for account in accounts:
            unit.carrier_accounts.save(account)
        unit.commit()


def push(units: Units, *pushes: Push) -> list[bool]:
    with units(MERCHANT) as unit:
        added = [unit.carrier_pushes.add(each) for each in pushes]
        unit.commit()
    return added


def kept(units: Units, kind: str = "ups") -> CarrierAccount | None:
    with units.read(MERCHANT) as unit:
        return unit.carrier_accounts.get(kind)


def test_an_account_comes_back_as_it_was_saved_and_in_its_turn(units: Units) -> None:
    breaker = Breaker(3, NOW, LATER, "unavailable")
    whole = replace(ACCOUNT, is_on=False, rank=2, breaker=breaker, asked_at=NOW, pushed_at=LATER)
    first = replace(ACCOUNT, kind="17track", push_token="another", rank=1)
    save(units, whole, first)
    assert kept(units) == replace(whole, version=1)
    with units.read(MERCHANT) as unit:
        assert [each.kind for each in unit.carrier_accounts.all()] == ["17track", "ups"]
        assert unit.carrier_accounts.get("dhl") is None


def test_who_changes_an_account_that_has_moved_on_is_told(units: Units) -> None:
    save(units, ACCOUNT)
    save(units, replace(ACCOUNT, version=1, rank=5))
    for late in (replace(ACCOUNT, version=1, rank=7), ACCOUNT):
        with pytest.raises(Conflict):
            save(units, late)
    with pytest.raises(Conflict):
        save(units, replace(ACCOUNT, kind="17track"))
    assert kept(units) == replace(ACCOUNT, version=2, rank=5)


def test_keys_and_push_tokens_are_nowhere_in_the_database_as_they_are(storage: Storage) -> None:
    save(storage.units, ACCOUNT)
    push(storage.units, PUSH)
    with storage.engine.connect() as connection:
        row, pushed = (
            connection.execute(select(carrier_accounts)).one(),
            connection.execute(select(carrier_pushes)).one(),
        )
    for secret in (b"hush-hush", b"push-token-of-ups"):
        assert all(secret not in cell for cell in row if isinstance(cell, bytes))
    assert all(b"number" not in cell for cell in pushed if isinstance(cell, bytes))


def test_accounts_open_after_the_keys_were_rotated(
    sqlite_url: str, opened: OpenStorage, sqlite_storage: Storage
) -> None:
    save(sqlite_storage.units, ACCOUNT)
    push(sqlite_storage.units, PUSH)
    ring: KeyRing = sqlite_storage.means.data_keys.ring
    rotated = opened(sqlite_url, ring.rotated())
    assert rotated.rotate_keys()
    fresh = opened(sqlite_url, rotated.means.data_keys.ring.without_old())
    assert kept(fresh.units) == replace(ACCOUNT, version=1)
    with fresh.units.read(MERCHANT) as unit:
        assert unit.carrier_pushes.get(PUSH.id) == PUSH
    assert fresh.push_addresses.account_by_token(ACCOUNT.push_token) == (MERCHANT, replace(ACCOUNT, version=1))


def test_one_worker_at_a_time_asks_an_account_and_tells_how_it_went(units: Units) -> None:
    save(units, ACCOUNT)
    with units(MERCHANT) as unit:
        mine = unit.carrier_accounts.lease("ups", NOW, LATER)
        assert mine == replace(ACCOUNT, version=1)
        assert unit.carrier_accounts.lease("ups", NOW + MINUTE, LATER) is None
        assert unit.carrier_accounts.lease("dhl", NOW, LATER) is None
        told = replace(mine, breaker=Breaker(1, NOW, None, "unavailable"), asked_at=NOW, rank=9)
        assert not unit.carrier_accounts.settle(told, NOW)
        assert unit.carrier_accounts.settle(told, LATER)
        assert not unit.carrier_accounts.settle(told, LATER)
        assert unit.carrier_accounts.lease("ups", NOW + MINUTE, LATER) == replace(told, rank=0)
        unit.commit()


def test_a_turn_that_runs_out_is_handed_on_and_its_word_comes_too_late(units: Units) -> None:
    save(units, ACCOUNT)
    with units(MERCHANT) as unit:
        assert unit.carrier_accounts.lease("ups", NOW, LATER)
        assert unit.carrier_accounts.lease("ups", LATER, LATER + MINUTE)
        assert not unit.carrier_accounts.settle(replace(ACCOUNT, version=1, asked_at=NOW), LATER)
        unit.commit()


def test_a_change_by_the_merchant_is_not_undone_by_who_asked_with_the_old_keys(units: Units) -> None:
    save(units, ACCOUNT)
    with units(MERCHANT) as unit:
        mine = unit.carrier_accounts.lease("ups", NOW, LATER)
        assert mine
        unit.commit()
    save(units, replace(ACCOUNT, version=1, keys={"client": "shop-8"}))
    with units(MERCHANT) as unit:
        assert not unit.carrier_accounts.settle(replace(mine, breaker=Breaker(1, NOW, None, "bad_keys")), LATER)
        assert unit.carrier_accounts.lease("ups", NOW, LATER)
        unit.commit()
    found = kept(units)
    assert found is not None
    assert (found.keys, found.breaker) == ({"client": "shop-8"}, Breaker())


def test_a_push_address_finds_its_account_and_nobody_elses(ports: Ports) -> None:
    save(ports.units, ACCOUNT)
    assert ports.push_addresses.account_by_token("push-token-of-ups") == (MERCHANT, replace(ACCOUNT, version=1))
    assert ports.push_addresses.account_by_token("push-token-of-up") is None
    assert ports.push_addresses.account_by_token("") is None


def test_a_push_is_kept_once_until_it_is_done_and_then_news_again(units: Units) -> None:
    save(units, ACCOUNT)
    again = replace(PUSH, id=PushId("push2"))
    assert push(units, PUSH, again) == [True, False]
    with units(MERCHANT) as unit:
        assert unit.carrier_pushes.get(PUSH.id) == PUSH
        unit.carrier_pushes.done(PUSH.id)
        assert unit.carrier_pushes.get(PUSH.id) is None
        unit.carrier_accounts.pushed("ups", LATER)
        unit.commit()
    assert push(units, again) == [True]
    account = kept(units)
    assert account is not None
    assert account.pushed_at == LATER


def test_a_push_to_an_account_that_is_gone_is_not_kept(units: Units) -> None:
    with pytest.raises(NotFound):
        push(units, PUSH)


def test_a_due_push_is_handed_to_one_worker_until_its_lease_runs_out_or_it_is_put_off(ports: Ports) -> None:
    save(ports.units, ACCOUNT)
    push(ports.units, PUSH, replace(PUSH, id=PushId("push2"), body=b"{}", due_at=NOW - MINUTE))
    first, second = DuePush(MERCHANT, PushId("push2"), 1), DuePush(MERCHANT, PUSH.id, 1)
    lease = ports.push_lease.lease_pushes
    assert lease(NOW - 2 * MINUTE, LATER, 10) == []
    assert lease(NOW, LATER, 10) == [first, second]
    assert lease(NOW, LATER, 10) == []
    assert lease(LATER, LATER + MINUTE, 1) == [replace(first, attempts=2)]
    with ports.units(MERCHANT) as unit:
        unit.carrier_pushes.retry_at(PushId("push2"), LATER + MINUTE, "conflict")
        found = unit.carrier_pushes.get(PushId("push2"))
        assert found is not None
        assert (found.attempts, found.fault, found.due_at) == (2, "conflict", LATER + MINUTE)
        unit.commit()
    assert lease(LATER + MINUTE, LATER + 2 * MINUTE, 10) == [replace(second, attempts=2), replace(first, attempts=3)]


def test_what_nobody_can_read_is_parked_shown_tried_again_and_one_day_forgotten(ports: Ports) -> None:
    save(ports.units, ACCOUNT)
    push(ports.units, PUSH, replace(PUSH, id=PushId("push2"), body=b"{}", received_at=LATER))
    with ports.units(MERCHANT) as unit:
        unit.carrier_pushes.park(PUSH.id, "not_json", "data")
        unit.carrier_pushes.park(PushId("push2"), "not_json", "")
        parked = unit.carrier_pushes.parked(10)
        assert [(each.id, each.fault, each.fault_field) for each in parked] == [
            ("push2", "not_json", ""),
            ("push1", "not_json", "data"),
        ]
        assert len(unit.carrier_pushes.parked(1)) == 1
        unit.commit()
    assert ports.push_lease.lease_pushes(LATER, LATER + MINUTE, 10) == []
    with ports.units(MERCHANT) as unit:
        assert unit.carrier_pushes.forget(LATER) == 1
        assert unit.carrier_pushes.revive(LATER) == 1
        unit.commit()
    assert ports.push_lease.lease_pushes(LATER, LATER + MINUTE, 10) == [DuePush(MERCHANT, PushId("push2"), 1)]


def test_a_push_that_does_not_open_keeps_no_other_waiting_and_is_parked_in_the_end(storage: Storage) -> None:
    save(storage.units, ACCOUNT)
    push(storage.units, PUSH, replace(PUSH, id=PushId("push2"), body=b"fine", due_at=LATER))
    with storage.engine.begin() as connection:
        another = select(carrier_pushes.c.body).where(carrier_pushes.c.id == "push2").scalar_subquery()
        connection.execute(update(carrier_pushes).where(carrier_pushes.c.id == PUSH.id).values(body=another))
    carriers, now, came = FakeCarriers({"ups": a_kind("ups")}, pushes={b"fine": []}), LATER, Counter[str]()
    for _ in range(9):
        came += drain_pushes(storage.push_lease, carriers, units=storage.units, now=now, limit=10)
        now += 60 * MINUTE
    assert came == {"applied": 1, "retried": 8, "parked": 1}
    with storage.units.read(MERCHANT) as unit:
        (parked,) = unit.carrier_pushes.parked(10)
    assert (parked.id, parked.fault, parked.fault_field) == (PUSH.id, "apply_failed", "CannotOpen")


def test_an_account_goes_with_its_keys_and_with_what_it_pushed(units: Units) -> None:
    save(units, ACCOUNT)
    push(units, PUSH)
    with units(MERCHANT) as unit:
        unit.carrier_accounts.remove("ups")
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.carrier_accounts.all() == []
        assert unit.carrier_pushes.get(PUSH.id) is None


def test_waking_parcels_has_their_turn_come_and_overtakes_nobodys_save(ports: Ports) -> None:
    later = Asking(LATER)
    told = replace(a_shipment("told"), asking=later).with_reports([a_report(DeliveryStatus.IN_TRANSIT)])
    with ports.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shipments.save([replace(a_shipment(), asking=later), told])
        unit.commit()
    with ports.units.read(MERCHANT) as unit:
        before = unit.shipments.get(a_shipment().id)
    with ports.units(MERCHANT) as unit:
        assert unit.shipments.wake(NOW) == 1
        assert unit.shipments.wake(NOW) == 0
        unit.commit()
    assert [each.shipment for each in ports.shipment_lease.lease(NOW, LATER, 10)] == [a_shipment().id]
    with ports.units(MERCHANT) as unit:
        unit.shipments.save([replace(before, service="Express")])
        unit.commit()


@pytest.mark.parametrize(
    ("carriers", "woken"),
    [((), {"dhl", "sent", "nobody"}), (("dhl", "gls"), {"dhl", "sent", "nobody"}), (("ups",), {"nobody"})],
)
def test_those_told_of_are_woken_by_their_carrier_unless_they_arrived_or_wait_longer(
    ports: Ports, carriers: tuple[str, ...], woken: set[str]
) -> None:
    way = replace(a_shipment("dhl"), asking=Asking(LATER)).with_reports([a_report(DeliveryStatus.IN_TRANSIT)])
    handed = (TrackedNumber("1", "gls", Leg.ORIGIN), TrackedNumber("2", "post"))
    parcels = [
        way,
        replace(way, id=ShipmentId("sent"), numbers=handed),
        replace(way, id=ShipmentId("nobody"), numbers=(TrackedNumber("3"),)),
        replace(way, id=ShipmentId("patient"), asking=Asking(LATER + MINUTE)),
        replace(way, id=ShipmentId("there")).with_reports([a_report()]),
        replace(way, id=ShipmentId("untold")).with_reports([]),
        replace(way, id=ShipmentId("over"), asking=Asking()),
    ]
    with ports.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shipments.save([replace(each, belongs_to=each.id) for each in parcels])
        assert unit.shipments.wake_told(NOW, LATER, carriers) == len(woken)
        unit.commit()
    assert {each.shipment for each in ports.shipment_lease.lease(NOW, LATER, 10)} == woken
