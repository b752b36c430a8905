"""An owner connects a shop on the shops page, sees how it is doing, replaces dead keys, and lets it go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from plugin.domain.order import Platform
from plugin.domain.shop import ProvenShop, Role
from plugin.jobs.schedule import periodic
from plugin.usecases.install_shop import install_shop
from tests.build import MERCHANT
from tests.support.admin import RIVAL, Browser, Installation
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving


@pytest.fixture
def shop() -> Iterator[WooCommerceShop]:
    shop = recorded_shop()
    shop.orders = dict(list(shop.orders.items())[:20])
    with serving(shop) as shop:
        yield shop


def connect(browser: Browser, shop: WooCommerceShop, **changes: str) -> TestResponse:
    typed = {"address": shop.address, "key": shop.keys.key, "secret": shop.keys.secret, **changes}
    return browser.send("/admin/shops/connect", **typed)


def work(installation: Installation) -> None:
    """Let the worker's clock strike once."""
    poll = periodic(installation.deps)["poll_shops"].run
    poll(installation.clock.now())


def shown(browser: Browser) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", browser.get("/admin/shops").text).split())


def test_a_shop_that_was_connected_is_read_and_everybody_sees_when(
    installation: Installation, shop: WooCommerceShop
) -> None:
    owner = installation.signed_in(Role.OWNER)
    assert connect(owner, shop).status_code == HTTPStatus.SEE_OTHER
    assert "The shop is connected and is being read." in shown(owner)
    assert "Being read" in shown(owner)
    work(installation)
    assert "Connected Last read 21 Nov 2026, 12:00 UTC" in shown(installation.signed_in(Role.VIEWER))
    with installation.deps.units.read(MERCHANT) as unit:
        found = unit.shops.by_name("Woo Test Store")
        assert found
        assert len(unit.orders.batch(found.id, None, 100)) >= 15


def test_a_refusal_is_told_at_its_field_and_no_key_is_shown_again(light: Installation, shop: WooCommerceShop) -> None:
    owner = light.signed_in(Role.OWNER)
    wrong = "cs_" + "0" * 40
    answer = connect(owner, shop, secret=wrong)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert re.search(r'id="f-key"[^>]*aria-invalid="true"', answer.text)
    assert "The shop refuses these keys." in answer.text
    assert f'value="{shop.address}"' in answer.text
    assert shop.keys.key not in answer.text
    assert wrong not in answer.text
    answer = connect(owner, shop, address="https://user:secret@shop.example")
    assert re.search(r'id="f-address"[^>]*aria-invalid="true"', answer.text)
    assert "This is no address of a shop." in answer.text


def test_a_shop_nobody_reaches_is_told_as_well(light: Installation, shop: WooCommerceShop) -> None:
    shop.misbehave("", Reply(403, b"<html>No</html>", content_type="text/html"))
    answer = connect(light.signed_in(Role.OWNER), shop)
    assert "turns us away" in answer.text
    assert "HTTP 403" in answer.text


def test_dead_keys_stop_the_reading_and_new_ones_mend_it(installation: Installation, shop: WooCommerceShop) -> None:
    owner = installation.signed_in(Role.OWNER)
    connect(owner, shop)
    work(installation)
    shop.keys.is_revoked = True
    installation.clock.advance(timedelta(minutes=6))
    work(installation)
    assert "Stopped Last read 21 Nov 2026, 12:00 UTC The shop refuses these keys." in shown(owner)
    shop.keys.is_revoked = False
    installation.clock.advance(timedelta(minutes=1))
    connect(owner, shop)
    work(installation)
    assert "Connected Last read 21 Nov 2026, 12:07 UTC" in shown(owner)
    assert "refuses" not in shown(owner)


def test_a_shop_let_go_is_read_no_more(installation: Installation, shop: WooCommerceShop) -> None:
    owner = installation.signed_in(Role.OWNER)
    connect(owner, shop)
    with installation.deps.units.read(MERCHANT) as unit:
        found = unit.shops.by_name("Woo Test Store")
    assert found
    answer = owner.send(f"/admin/shops/{found.id}/disconnect")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    asked = len(shop.asked)
    work(installation)
    assert len(shop.asked) == asked
    assert owner.send(f"/admin/shops/{found.id}/disconnect").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
def test_only_owners_connect_and_disconnect(light: Installation, shop: WooCommerceShop, role: Role) -> None:
    browser = light.signed_in(role)
    assert connect(browser, shop).status_code == HTTPStatus.FORBIDDEN
    assert browser.send("/admin/shops/any/disconnect").status_code == HTTPStatus.FORBIDDEN
    assert "Connect a WooCommerce shop" not in browser.get("/admin/shops").text
    assert shop.asked == []


def test_a_shop_of_another_merchant_here_is_not_taken_over(light: Installation, shop: WooCommerceShop) -> None:
    deps = light.deps
    ports = {"directory": deps.directory, "units": deps.units, "ids": deps.ids, "secrets": deps.secrets}
    proven = ProvenShop(Platform.WOOCOMMERCE, shop.address, "Theirs")
    install_shop(proven, owner=RIVAL, join_code=None, now=deps.clock.now(), **ports)  # type: ignore[arg-type]  # the four
    answer = connect(light.signed_in(Role.OWNER), shop)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "belongs to another merchant" in answer.text
    with deps.units.read(RIVAL) as unit:
        assert unit.connections.all() == []
