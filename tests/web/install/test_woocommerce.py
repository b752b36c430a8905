"""The key handshake as recorded of WooCommerce 10.5: asked, sent, proved, and each way in which it comes to nothing."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from plugin.domain.connection import Connection
from plugin.domain.effects import ProveKeys
from plugin.domain.key_request import KeyRequest
from plugin.domain.order import Platform
from plugin.domain.shop import ProvenShop, Role
from plugin.jobs import handlers
from plugin.jobs.schedule import periodic
from plugin.usecases.install_shop import install_shop
from plugin.web.deps import provide
from tests.build import MERCHANT
from tests.support.admin import RIVAL, Browser, Installation
from tests.support.woocommerce_auth import Keys, Reply
from tests.support.woocommerce_page import PUBLIC, KeyPage

FOREIGN = Keys("ck_" + "c3" * 20, "cs_" + "d4" * 20)


@pytest.fixture
def owner(installation: Installation) -> Browser:
    return installation.signed_in(Role.OWNER)


def ask(owner: Browser, address: str) -> TestResponse:
    return owner.send("/admin/shops/keys", form_at="/admin/shops", shop_address=address)


def page_of(answer: TestResponse) -> str:
    assert answer.status_code == HTTPStatus.CREATED
    found = re.search(r'href="([^"]+/wc-auth/[^"]+)"', answer.text)
    assert found
    return html.unescape(found[1])


def work(installation: Installation) -> None:
    """Carry out what waits for the worker."""
    while installation.jobs.waiting:
        effect = installation.jobs.waiting.pop(0)
        if isinstance(effect, ProveKeys):
            handlers.run(effect, installation.deps)


def shown(owner: Browser) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", owner.get("/admin/shops").text).split())


def connections(installation: Installation) -> list[Connection]:
    with installation.deps.units.read(MERCHANT) as unit:
        return list(unit.connections.all())


def asking(installation: Installation) -> KeyRequest:
    with installation.deps.units.read(MERCHANT) as unit:
        return unit.key_requests.since(installation.clock.now() - timedelta(days=1))[0]


def test_the_whole_handshake_connects_the_shop_it_was_begun_with(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    assert "Waiting for the shop" in shown(owner)
    status, back = key_page.approve(page)
    assert (status, back.status_code, back.location) == (
        302,
        HTTPStatus.SEE_OTHER,
        f"/admin/shops/asked/{asking(installation).id}",
    )
    assert connections(installation) == []
    assert "Keys being checked" in shown(owner)
    work(installation)
    (connection,) = connections(installation)
    assert (connection.credentials.key, connection.credentials.way) == (key_page.shop.keys.key, "oauth")
    assert "Woo Test Store" in shown(owner)
    assert "being checked" not in shown(owner)
    assert asking(installation).keys is None


def test_the_keys_and_the_name_the_shop_is_told_are_kept_by_nobody_in_the_open(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    name = key_page.asked(page)["user_id"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{22,}", name)
    assert name not in owner.get("/admin/shops").text
    key_page.approve(page)
    with installation.storage.engine.connect() as connection:
        raw = repr(connection.exec_driver_sql("SELECT * FROM key_requests").all())
    assert name not in raw
    assert key_page.shop.keys.secret not in raw
    assert key_page.shop.keys.secret not in repr(asking(installation))


def test_a_page_approved_twice_replaces_the_keys_and_installs_once(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    key_page.approve(page)
    work(installation)
    key_page.shop.keys = Keys("ck_" + "e5" * 20, "cs_" + "f6" * 20, "read_write")
    assert key_page.approve(page)[0] == 302
    work(installation)
    (connection,) = connections(installation)
    assert connection.credentials.key == key_page.shop.keys.key
    with installation.deps.units.read(MERCHANT) as unit:
        assert len(unit.shops.all()) == 2


def test_keys_that_came_while_others_were_tried_are_tried_themselves(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    good = key_page.shop.keys
    key_page.approve(page, FOREIGN)

    def approve_again(_: object) -> None:
        key_page.shop.before = lambda _: None
        key_page.approve(page, good)

    key_page.shop.before = approve_again
    handlers.run(installation.jobs.waiting.pop(0), installation.deps)
    assert connections(installation) == []
    work(installation)
    assert [connection.credentials.key for connection in connections(installation)] == [good.key]


def test_a_no_at_the_shop_is_told(installation: Installation, owner: Browser, key_page: KeyPage) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    assert key_page.deny(page).location == f"/admin/shops/asked/{asking(installation).id}"
    assert "Declined at the shop" in shown(owner)
    key_page.approve(page)
    assert "Keys being checked" in shown(owner)


def test_a_no_from_somebody_who_does_not_know_the_name_changes_nothing(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    ask(owner, key_page.shop.address)
    path = f"/install/woocommerce/{MERCHANT}/{asking(installation).id}/return?success=0&user_id=guess"
    assert key_page.us.get(path).status_code == HTTPStatus.SEE_OTHER
    assert "Waiting for the shop" in shown(owner)


def test_keys_that_come_too_late_are_not_taken_so_that_the_shop_deletes_them(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    installation.clock.advance(timedelta(hours=1))
    status, answer = key_page.approve(page)
    assert (status, answer.status_code) == (401, HTTPStatus.FORBIDDEN)
    assert "Nothing came" in shown(owner)
    assert asking(installation).keys is None


@pytest.mark.parametrize("keys", ["another shop's", "deleted"])
def test_keys_this_shop_does_not_know_are_told_and_forgotten(
    installation: Installation, owner: Browser, key_page: KeyPage, keys: str
) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    key_page.approve(page, FOREIGN if keys == "another shop's" else None)
    key_page.shop.keys.is_revoked = True
    work(installation)
    assert connections(installation) == []
    assert "they are another shop’s, or were deleted again" in shown(owner)
    assert asking(installation).keys is None


def test_keys_of_a_scope_that_cannot_read_are_told(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    key_page.shop.keys.scope = "write"
    key_page.approve(page_of(ask(owner, key_page.shop.address)))
    work(installation)
    assert "These keys may write but not read." in shown(owner)


def test_a_shop_that_does_not_answer_is_tried_again_by_the_clock(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    key_page.approve(page_of(ask(owner, key_page.shop.address)))
    key_page.shop.misbehave("", Reply(500, b"<html>", content_type="text/html"))
    work(installation)
    assert "Keys being checked The shop does not answer." in shown(owner)
    installation.clock.advance(timedelta(minutes=1))
    periodic(installation.deps)["queue_unproven"].run(installation.clock.now())
    work(installation)
    assert len(connections(installation)) == 1


def test_a_shop_of_another_merchant_is_not_taken_over(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    deps = installation.deps
    ports = {"directory": deps.directory, "units": deps.units, "ids": deps.ids, "secrets": deps.secrets}
    proven = ProvenShop(Platform.WOOCOMMERCE, key_page.shop.address, "Theirs")
    install_shop(proven, owner=RIVAL, join_code=None, now=deps.clock.now(), **ports)  # type: ignore[arg-type]  # the four
    key_page.approve(page_of(ask(owner, key_page.shop.address)))
    work(installation)
    assert "already connected to another merchant" in shown(owner)
    assert connections(installation) == []


def test_a_stranger_who_guesses_an_address_gets_no_keys_in(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    told = key_page.asked(page)
    assert key_page.approve(page, FOREIGN, user_id="guess")[0] == 401
    for callback in (told["callback_url"] + "x", told["callback_url"].replace(MERCHANT, "nobody")):
        assert key_page.post(callback, b'{"user_id":"a","consumer_key":"b","consumer_secret":"c"}').status_code == 403
    assert asking(installation).keys is None
    assert installation.jobs.waiting == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"user_id":7}', b'{"user_id":"|","consumer_key":"a","consumer_secret":"b"}']
)
def test_what_is_no_message_of_a_shop_is_refused(installation: Installation, key_page: KeyPage, body: bytes) -> None:
    assert key_page.post(f"{PUBLIC}/install/woocommerce/{MERCHANT}/any", body).status_code == HTTPStatus.BAD_REQUEST
    large = b'{"user_id":"' + b"x" * 20_000 + b'"}'
    assert key_page.post(f"{PUBLIC}/install/woocommerce/{MERCHANT}/any", large).status_code == 413
    assert installation.jobs.waiting == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", ["/install/woocommerce/m/a", "/install/woocommerce/m/a/", "/install/woocommerce//m/a"])
def test_the_callback_never_redirects(key_page: KeyPage, method: str, path: str) -> None:
    answer = key_page.us.open(path, method=method)
    assert answer.status_code not in range(300, 400)
    assert "Location" not in answer.headers


def test_a_slash_at_the_end_is_the_same_address(owner: Browser, key_page: KeyPage) -> None:
    page = page_of(ask(owner, key_page.shop.address))
    callback = urlencode({"callback_url": key_page.asked(page)["callback_url"]})
    assert callback in page
    assert key_page.approve(page.replace(callback, f"{callback}%2F"))[0] == 302


def test_without_a_public_address_pasted_keys_are_offered_instead(
    installation: Installation, owner: Browser, key_page: KeyPage
) -> None:
    provide(installation.app, replace(installation.deps, public_url=None))
    text = shown(owner)
    assert "Whoever runs Aftercare can set PUBLIC_URL; until then, paste keys." in text
    assert "Go to the shop’s page" not in text
    assert ask(owner, key_page.shop.address).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_address_without_a_shop_is_told_at_its_field(owner: Browser, key_page: KeyPage) -> None:
    answer = ask(owner, f"{key_page.shop.address}/nothing-here")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert re.search(r'id="f-shop_address"[^>]*aria-invalid="true"', answer.text)
    assert "No WooCommerce answers there." in answer.text
