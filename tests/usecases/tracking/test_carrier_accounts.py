"""Accounts with carriers are opened, changed, ordered, tried and closed; a kept secret stays with its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.errors import NotFound
from plugin.domain.ids import ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import CLOSED, CarrierFault, failed
from plugin.domain.tracking.number import NotATrackingNumber
from plugin.domain.tracking.shipment import Asking, TrackedNumber
from plugin.ports.carrier import AskedParcel, Told
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from plugin.usecases.tracking.save_carrier_account import (
    UnusableKeys,
    WrongKey,
    prefer_carrier_account,
    remove_carrier_account,
    save_carrier_account,
    switch_carrier_account,
)
from plugin.usecases.tracking.try_carrier_account import Tried, try_carrier_account
from tests.build import MERCHANT, NOW
from tests.fakes.carriers import FakeCarriers, a_kind
from tests.fakes.shipments import FakeShipmentLease
from tests.fakes.sources import FakeSecrets
from tests.fakes.units import FakeUnits
from tests.support.shipments import NUMBER, a_report, a_shipment

UPS = a_kind("ups", "ups")
KEYS = {"client": "shop-7", "secret": "hush"}
Steps = Sequence[Callable[[FakeUnits], None]]
SECRETS = FakeSecrets()
IN_TRANSIT = a_report(DeliveryStatus.IN_TRANSIT)


def save(units: FakeUnits, typed: dict[str, str], kind: str = "ups") -> CarrierAccount:
    return save_carrier_account(
        replace(UPS, kind=kind), typed, merchant=MERCHANT, units=units, secrets=SECRETS, now=NOW
    )


def switch(units: FakeUnits, *, is_on: bool) -> None:
    switch_carrier_account("ups", is_on=is_on, covers=UPS.covers, merchant=MERCHANT, units=units, now=NOW)


def account(units: FakeUnits, kind: str = "ups") -> CarrierAccount:
    with units.read(MERCHANT) as unit:
        found = unit.carrier_accounts.get(kind)
    assert found is not None
    return found


def fail(units: FakeUnits, fault: CarrierFault = CarrierFault.BAD_KEYS) -> None:
    with units(MERCHANT) as unit:
        known = unit.carrier_accounts.get("ups")
        assert known
        unit.carrier_accounts.save(replace(known, breaker=failed(CLOSED, fault, NOW)))
        unit.commit()


def test_an_account_is_opened_with_an_address_of_its_own_behind_the_others(units: FakeUnits) -> None:
    one, other = save(units, KEYS), save(units, {**KEYS, "site": " de "}, "dhl")
    assert (one.keys, one.since, one.rank, one.is_on) == (KEYS, NOW, 0, True)
    assert (other.keys["site"], other.rank) == ("de", 1)
    assert one.push_token != other.push_token


def test_what_is_missing_or_too_long_is_told_at_its_field(units: FakeUnits) -> None:
    with pytest.raises(UnusableKeys) as refused:
        save(units, {"client": "x" * 501, "secret": " "})
    assert refused.value.wrong == {"client": WrongKey.TOO_LONG, "secret": WrongKey.MISSING}


def test_an_empty_secret_keeps_the_saved_one_unless_it_belongs_to_other_keys(units: FakeUnits) -> None:
    first = save(units, KEYS)
    again = save(units, {"client": "shop-7", "secret": "", "site": "at"})
    assert again.keys == {**KEYS, "site": "at"}
    assert again.push_token == first.push_token
    with pytest.raises(UnusableKeys) as refused:
        save(units, {"client": "shop-8", "secret": "", "site": "at"})
    assert refused.value.wrong == {"secret": WrongKey.SECRET_AGAIN}


def test_new_keys_and_switching_have_it_asked_again(units: FakeUnits) -> None:
    save(units, KEYS)
    fail(units)
    save(units, KEYS)
    assert account(units).breaker == CLOSED
    fail(units)
    switch(units, is_on=False)
    assert (account(units).is_on, account(units).breaker) == (False, CLOSED)
    switch(units, is_on=True)
    assert account(units).is_on


def test_parcels_nobody_has_told_of_are_asked_about_as_soon_as_there_is_an_account(units: FakeUnits) -> None:
    later = Asking(NOW + timedelta(hours=6))
    told = replace(a_shipment("told"), asking=later).with_reports([a_report(DeliveryStatus.IN_TRANSIT)])
    over = replace(a_shipment("over"), asking=Asking())
    with units(MERCHANT) as unit:
        unit.shipments.save([replace(a_shipment(), asking=later), told, over])
        unit.commit()
    save(units, KEYS)
    due = FakeShipmentLease(units).lease(NOW, NOW + timedelta(minutes=1), 10)
    assert [each.shipment for each in due] == [a_shipment().id]


def save_waiting(units: FakeUnits) -> None:
    """Keep a parcel of UPS, one of DHL and one that arrived, all told of and with their turn in six hours."""
    told = replace(a_shipment(), asking=Asking(NOW + timedelta(hours=6))).with_reports([IN_TRANSIT])
    own = {name: (TrackedNumber(f"{name}1", name),) for name in ("ups", "dhl")}
    waiting = [replace(told, id=ShipmentId(name), belongs_to=name, numbers=own[name]) for name in own]
    there = replace(waiting[0], id=ShipmentId("there"), belongs_to="there").with_reports([a_report()])
    with units(MERCHANT) as unit:
        unit.shipments.save([*waiting, there])
        unit.commit()


def due(units: FakeUnits) -> list[str]:
    return [each.shipment for each in FakeShipmentLease(units).lease(NOW, NOW + timedelta(minutes=1), 10)]


def save_again(units: FakeUnits) -> None:
    save(units, KEYS)


def save_others(units: FakeUnits) -> None:
    save(units, {**KEYS, "secret": "other"})


def answer(units: FakeUnits) -> None:
    attempt(units, FakeCarriers({"ups": UPS}, {"ups": tells}))


def switch_off(units: FakeUnits) -> None:
    switch(units, is_on=False)


def switch_on(units: FakeUnits) -> None:
    switch(units, is_on=True)


@pytest.mark.parametrize("steps", [(fail, save_again), (save_others,), (switch_off, switch_on), (fail, answer)])
def test_an_account_that_is_asked_again_has_its_parcels_asked_about_at_once(units: FakeUnits, steps: Steps) -> None:
    save(units, KEYS)
    save_waiting(units)
    for step in steps:
        step(units)
    assert due(units) == ["ups"]


@pytest.mark.parametrize("steps", [(save_again,), (fail, switch_off), (switch_off, save_again)])
def test_an_account_that_was_asked_all_along_or_still_is_not_wakes_nothing(units: FakeUnits, steps: Steps) -> None:
    save(units, KEYS)
    save_waiting(units)
    for step in steps:
        step(units)
    assert due(units) == []


def test_one_is_asked_a_place_earlier_at_a_time(units: FakeUnits) -> None:
    for kind in ("ups", "dhl", "gls"):
        save(units, KEYS, kind)
    for expected in (["ups", "gls", "dhl"], ["gls", "ups", "dhl"], ["gls", "ups", "dhl"]):
        prefer_carrier_account("gls", merchant=MERCHANT, units=units)
        with units.read(MERCHANT) as unit:
            assert [each.kind for each in unit.carrier_accounts.all()] == expected


def test_a_removed_account_is_gone_and_what_is_not_there_cannot_be_changed(units: FakeUnits) -> None:
    save(units, KEYS)
    remove_carrier_account("ups", merchant=MERCHANT, units=units)
    for act in (remove_carrier_account, prefer_carrier_account):
        with pytest.raises(NotFound):
            act("ups", merchant=MERCHANT, units=units)
    with pytest.raises(NotFound):
        switch(units, is_on=True)


def tells(parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
    report = a_report(DeliveryStatus.IN_TRANSIT, heard_at=now)
    return [Told(each.number, is_known=True, carrier="dhl", reports=(report,)) for each in parcels]


def attempt(units: FakeUnits, carriers: FakeCarriers, number: str = NUMBER) -> Tried:
    return try_carrier_account("ups", number, merchant=MERCHANT, carriers=carriers, units=units, now=NOW)


def test_an_account_that_answers_a_try_is_asked_again_and_our_parcel_hears_it(units: FakeUnits) -> None:
    save(units, KEYS)
    fail(units)
    with units(MERCHANT) as unit:
        unit.shipments.save([a_shipment()])
        unit.commit()
    carriers = FakeCarriers({"ups": UPS}, {"ups": tells})
    assert attempt(units, carriers, f" {NUMBER.lower()} ") == Tried(events=1)
    assert (account(units).breaker, account(units).asked_at) == (CLOSED, NOW)
    assert carriers.asked == [("ups", (AskedParcel(NUMBER, "ups"),))]
    with units.read(MERCHANT) as unit:
        assert unit.shipments.get(a_shipment().id).whereabouts.status is DeliveryStatus.IN_TRANSIT


def test_a_number_nobody_there_knows_proves_the_keys_all_the_same(units: FakeUnits) -> None:
    save(units, KEYS)
    carriers = FakeCarriers({"ups": UPS}, {"ups": lambda _parcels, _now: []})
    assert attempt(units, carriers) == Tried()
    assert account(units).asked_at == NOW


@pytest.mark.parametrize(
    ("error", "fault", "kept"),
    [
        (Rejected("bad_keys", detail="401"), CarrierFault.BAD_KEYS, "bad_keys"),
        (Rejected("no_quota"), CarrierFault.NO_QUOTA, "no_quota"),
        (Rejected("not_understood"), CarrierFault.REJECTED, None),
        (Unavailable("carrier_unavailable"), CarrierFault.UNAVAILABLE, "unavailable"),
        (Unavailable("carrier_busy", 5), CarrierFault.RATE_LIMITED, "rate_limited"),
        (Unreadable("not_json", "body"), CarrierFault.UNREADABLE, "unreadable"),
    ],
)
def test_what_goes_wrong_with_a_try_is_told_and_kept_where_it_is_the_accounts(
    units: FakeUnits, error: Exception, fault: CarrierFault, kept: str | None
) -> None:
    save(units, KEYS)
    tried = attempt(units, FakeCarriers({"ups": UPS}, {"ups": error}))
    assert (tried.fault, tried.events) == (fault, None)
    assert account(units).breaker.fault == kept


def test_a_try_needs_a_number_and_an_adapter(units: FakeUnits) -> None:
    save(units, KEYS)
    with pytest.raises(NotATrackingNumber):
        attempt(units, FakeCarriers(), "none")
    assert attempt(units, FakeCarriers()) == Tried(CarrierFault.NOT_INSTALLED)
