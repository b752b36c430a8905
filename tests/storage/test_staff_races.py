"""Staff who are changed by two at once: a shop keeps an owner, and what was ended stays so."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from plugin.domain.access import SignedOut
from plugin.domain.ids import StaffId
from plugin.domain.shop import Role, StaffMember
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.shopify_identity import AdminCaller
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.ids import TimeOrderedIds
from plugin.usecases.choose_language import choose_language
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.open_session import open_session
from plugin.usecases.remove_staff import LastOwner, remove_staff
from plugin.usecases.resume_session import resume_session
from plugin.usecases.revoke_other_sessions import revoke_other_sessions
from plugin.usecases.shopify.admit_staff import Admitted, admit_staff
from plugin.usecases.shopify.take_in_shop import InstallMeans
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeSecrets
from tests.storage.pausing import while_pausing
from tests.usecases.shopify.test_admit_staff import FakeExchange

ANNA = StaffMember(StaffId("anna"), "anna@shop.example", Role.OWNER, "en", NOW)
BO = replace(ANNA, id=StaffId("bo"), email="bo@shop.example")


@pytest.fixture
def units(storage: Storage) -> Units:
    with storage.units(MERCHANT) as unit:
        unit.staff.save(ANNA)
        unit.staff.save(BO)
        unit.commit()
    return storage.units


def remove(member: StaffMember, units: Units) -> None:
    remove_staff(member.id, merchant=MERCHANT, units=units, now=NOW)


def speak(language: str, member: StaffMember, units: Units) -> None:
    choose_language(language, of=member.id, merchant=MERCHANT, units=units)


def known(member: StaffMember, units: Units) -> StaffMember:
    with units.read(MERCHANT) as unit:
        return unit.staff.get(member.id)


def test_of_two_owners_who_remove_each_other_at_once_one_stays(units: Units) -> None:
    with pytest.raises(LastOwner):
        while_pausing(units, partial(remove, ANNA), lambda: remove(BO, units))
    assert known(ANNA, units).removed_at == NOW
    assert known(BO, units) == BO


def test_a_language_that_is_chosen_before_or_during_ones_removal_takes_nothing_back(units: Units) -> None:
    while_pausing(units, partial(speak, "fr", BO), lambda: remove(BO, units))
    assert known(BO, units) == replace(BO, language="fr", removed_at=NOW)
    with units(MERCHANT) as unit:
        unit.staff.save(BO)
        unit.commit()
    while_pausing(units, partial(remove, BO), lambda: speak("fr", BO, units))
    assert known(BO, units) == replace(BO, removed_at=NOW)


def test_who_is_invited_while_they_are_removed_comes_back_as_what_they_are_invited_as(units: Units) -> None:
    def invite() -> None:
        ids, secrets = TimeOrderedIds(), FakeSecrets()
        invite_staff(BO.email, Role.VIEWER, "en", merchant=MERCHANT, units=units, ids=ids, secrets=secrets, now=NOW)

    while_pausing(units, partial(remove, BO), invite)
    assert (known(BO, units).role, known(BO, units).removed_at) == (Role.VIEWER, None)


def test_who_opens_the_app_for_the_first_time_while_they_are_removed_stays_out(storage: Storage) -> None:
    means = InstallMeans(storage.directory, storage.units, TimeOrderedIds(), FakeSecrets())

    def admit(user: str) -> Admitted:
        caller = AdminCaller(ShopDomain("some-shop.myshopify.com"), user, "a.session.token")
        return admit_staff(caller, "de", tokens=FakeExchange(), means=means, now=NOW)  # type: ignore[arg-type]  # of the port what is asked here

    merchant = admit("42").shop.merchant
    with storage.units(merchant) as unit:
        unit.staff.save(replace(ANNA, email="43@shop.example"))
        unit.commit()
    with pytest.raises(SignedOut):
        while_pausing(
            storage.units,
            lambda paused: remove_staff(ANNA.id, merchant=merchant, units=paused, now=NOW),
            lambda: admit("43"),
        )
    with storage.units.read(merchant) as unit:
        assert [each.email for each in unit.staff.all()] == ["42@shop.example"]


def test_a_page_that_is_seen_while_its_session_is_ended_elsewhere_does_not_revive_it(units: Units) -> None:
    secrets, later = FakeSecrets(), NOW + timedelta(hours=1)
    with units(MERCHANT) as unit:
        laptop, phone = (
            open_session(ANNA, "Firefox", unit, ids=TimeOrderedIds(), secrets=secrets, now=NOW).token for _ in range(2)
        )
        unit.commit()
    here = resume_session(str(laptop), units=units, secrets=secrets, now=NOW)
    while_pausing(
        units,
        lambda paused: revoke_other_sessions(here, units=paused, now=later),
        lambda: resume_session(str(phone), units=units, secrets=secrets, now=later),
    )
    with pytest.raises(SignedOut):
        resume_session(str(phone), units=units, secrets=secrets, now=later)
