"""Settings > Carriers: what each account tells of itself, and what an owner does about it; secrets never come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest

from plugin.domain.shop import Role
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import CLOSED, CarrierFault, failed
from plugin.ports.carrier import Told
from plugin.ports.errors import Rejected
from plugin.web.deps import provide
from tests.build import MERCHANT, NOW
from tests.fakes.carriers import FakeCarriers, a_kind
from tests.support.admin import Browser, Installation
from tests.support.shipments import NUMBER

PAGE = "/admin/carriers"
KEYS = {"kind": "ups", "client": "shop-7", "secret": "hush-hush-of-nordkap"}


@pytest.fixture
def carriers(light: Installation) -> Iterator[FakeCarriers]:
    fake = FakeCarriers({"ups": a_kind("ups", "ups"), "17track": a_kind("17track")}, {"ups": lambda _p, _n: []})
    fake.left_out = {"gls": a_kind("gls", "gls")}
    before, light.deps = light.deps, replace(light.deps, carriers=fake, public_url="https://aftercare.example")
    provide(light.app, light.deps)
    yield fake
    light.deps = before
    provide(light.app, before)


@pytest.fixture
def owner(light: Installation, carriers: FakeCarriers) -> Browser:
    del carriers
    return light.signed_in(Role.OWNER)


def account(light: Installation) -> CarrierAccount:
    with light.deps.units.read(MERCHANT) as unit:
        found = unit.carrier_accounts.get("ups")
    assert found is not None
    return found


def fail(light: Installation, fault: CarrierFault, ago: timedelta = timedelta(), times: int = 1) -> None:
    breaker = CLOSED
    for _ in range(times):
        breaker = failed(breaker, fault, NOW - ago)
    with light.deps.units(MERCHANT) as unit:
        unit.carrier_accounts.save(replace(account(light), breaker=breaker))
        unit.commit()


def test_without_accounts_the_page_says_what_they_are_good_for_and_where_to_begin(owner: Browser) -> None:
    page = owner.get(PAGE).text
    assert "Nobody tells of your parcels yet" in page
    assert "begin with 17TRACK or AfterShip" in page
    assert "kind=ups" in page
    assert "GLS" in page
    assert "DIRECT_CARRIERS=1 ./script/setup" in page


def test_an_account_is_opened_and_its_secret_never_shown_again(light: Installation, owner: Browser) -> None:
    assert 'name="secret" type="password" value=""' in owner.get(f"{PAGE}?kind=ups").text
    answer = owner.send(PAGE, form_at=f"{PAGE}?kind=ups", **KEYS)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert account(light).keys == {"client": "shop-7", "secret": "hush-hush-of-nordkap"}
    page = owner.get(f"{PAGE}?kind=ups").text
    assert "Ask it about a number" in page
    assert "hush-hush-of-nordkap" not in page
    assert 'value="shop-7"' in page
    assert f"https://aftercare.example/w/carriers/{account(light).push_token}" in page


def test_a_refused_form_keeps_what_was_typed_but_for_the_secret(owner: Browser) -> None:
    answer = owner.send(PAGE, **{**KEYS, "client": "", "site": "bergen-north"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Fill this in." in answer.text
    assert 'value="bergen-north"' in answer.text
    assert "hush-hush-of-nordkap" not in answer.text
    assert owner.send(PAGE, kind="nobodys").status_code == HTTPStatus.NOT_FOUND


def test_asking_now_says_in_words_how_it_went(light: Installation, carriers: FakeCarriers, owner: Browser) -> None:
    owner.send(PAGE, **KEYS)
    ask = f"{PAGE}/ups/ask"
    assert "does not know this number" in owner.send(ask, number=NUMBER).text
    carriers.answers["ups"] = lambda _p, _n: [Told(NUMBER, is_known=True)]
    assert "knows this parcel. Events told: 0." in owner.send(ask, number=NUMBER).text
    carriers.answers["ups"] = Rejected("bad_keys", detail="token refused")
    refused = owner.send(ask, number=NUMBER)
    assert refused.status_code == HTTPStatus.BAD_GATEWAY
    assert "It refuses the keys." in refused.text
    assert "(token refused)" in refused.text
    assert "Waits for you" in owner.get(PAGE).text
    assert account(light).breaker.fault == "bad_keys"
    assert "This is no tracking number" in owner.send(ask, number="none").text


def test_how_an_account_is_doing_is_told_and_home_tells_of_a_dead_one(light: Installation, owner: Browser) -> None:
    owner.send(PAGE, **KEYS)
    assert "Not asked yet" in owner.get(PAGE).text
    assert "tells nothing of your parcels" not in owner.get("/admin/").text
    fail(light, CarrierFault.UNAVAILABLE, timedelta(hours=2), times=12)
    page = owner.get(PAGE).text
    assert "It cannot be reached" in page
    assert "Failing since" in page
    home = owner.get("/admin/").text
    assert "UPS tells nothing of your parcels" in home
    assert "has not answered for more than an hour" in home
    fail(light, CarrierFault.BAD_KEYS)
    assert "It waits for you" in owner.get("/admin/").text


def test_accounts_are_switched_ordered_and_removed(light: Installation, owner: Browser) -> None:
    owner.send(PAGE, **KEYS)
    owner.send(PAGE, **{**KEYS, "kind": "17track"})
    owner.send(f"{PAGE}/17track/prefer")
    with light.deps.units.read(MERCHANT) as unit:
        assert [each.kind for each in unit.carrier_accounts.all()] == ["17track", "ups"]
    owner.send(f"{PAGE}/ups/switch", is_on="0")
    assert "Switched off" in owner.get(PAGE).text
    owner.send(f"{PAGE}/ups/switch", is_on="1")
    assert account(light).is_on
    owner.send(f"{PAGE}/ups/remove")
    with light.deps.units.read(MERCHANT) as unit:
        assert unit.carrier_accounts.get("ups") is None


def test_an_account_whose_adapter_is_gone_says_so_and_can_be_removed(
    light: Installation, carriers: FakeCarriers, owner: Browser
) -> None:
    owner.send(PAGE, **KEYS)
    del carriers.known["ups"]
    page = owner.get(PAGE).text
    assert "What asks it is not installed here." in page
    assert f"{PAGE}/ups/remove" in page
    assert f"{PAGE}/ups/ask" not in page
    assert account(light)


def test_who_may_only_look_sees_how_it_goes_and_no_address(light: Installation, owner: Browser) -> None:
    owner.send(PAGE, **KEYS)
    page = light.signed_in(Role.VIEWER).get(f"{PAGE}?kind=ups").text
    assert "UPS" in page
    assert account(light).push_token not in page
    assert "shop-7" not in page
