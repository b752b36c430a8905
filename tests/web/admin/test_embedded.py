"""The merchant pages inside Shopify's admin: let in by session tokens, framed by that shop alone, without cookies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from shopify_app import ShopifyApp as TheirApp
from werkzeug.test import TestResponse

from plugin.domain.clocks.engine import Law
from plugin.domain.order import Platform
from plugin.domain.shop import Role
from plugin.web.admin import embedded
from plugin.web.deps import provide
from plugin.web.own_path import is_own_path
from tests.integrations.shopify.signing import CLIENT, SECRET, SHOP, STRANGE
from tests.support.shopify_frame import PUBLIC, Frame, framed
from tests.support.shopify_tokens import refused

AGAIN = "X-Shopify-Retry-Invalid-Session-Request"
ADMIN = "https://admin.shopify.com"
OTHER = "another-shop.myshopify.com"
THEIRS = TheirApp(client_id=CLIENT, client_secret=SECRET)


@pytest.fixture
def frame(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Frame]:
    with framed(sqlite_url, tmp_path, law) as opened:
        yield opened


def policy(answer: TestResponse) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts if part}


def test_the_first_visit_takes_shop_and_owner_in_and_shows_the_page(frame: Frame) -> None:
    answer = frame.open()
    assert answer.status_code == HTTPStatus.OK
    assert [(member.email, member.role) for member in frame.staff()] == [("42@shop.example", Role.OWNER)]
    assert "/admin/orders?from_shop=some-shop.myshopify.com" in answer.text
    assert "/admin/sign-out" not in answer.text


def test_an_embedded_page_is_framed_by_its_shop_and_loads_app_bridge_first(frame: Frame) -> None:
    answer = frame.open()
    assert policy(answer)["frame-ancestors"] == [SHOP.url, ADMIN]
    named, host = policy(answer)["script-src"]
    assert host == "https://cdn.shopify.com/shopifycloud/"
    nonce = named.removeprefix("'nonce-").removesuffix("'")
    first = answer.text.partition("<script ")[2].partition(">")[0]
    assert first == f'data-api-key="{CLIENT}" src="{embedded.APP_BRIDGE}" nonce="{nonce}"'


def test_the_pages_elsewhere_are_as_they_were(frame: Frame) -> None:
    answer = frame.installation.signed_in().get("/admin/")
    assert policy(answer)["frame-ancestors"] == ["'none'"]
    assert "cdn.shopify.com" not in answer.text + answer.headers["Content-Security-Policy"]
    assert "from_shop" not in answer.text
    assert frame.get("/admin/").location == "/admin/sign-in"


def test_no_embedded_answer_sets_a_cookie(frame: Frame) -> None:
    answers = [
        frame.open(),
        frame.open("/admin/staff"),
        frame.fetch("/admin/account/language", language="de"),
        frame.fetch("/admin/staff"),
        frame.fetch(token="none"),
        frame.get(embedded="1", shop=SHOP.name),
    ]
    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * len(answers)


def test_a_script_changes_things_by_its_token_and_is_sent_on_within_the_frame(frame: Frame) -> None:
    frame.open()
    answer = frame.fetch("/admin/account/language", language="de")
    assert (answer.status_code, answer.location) == (303, f"/admin/account?from_shop={SHOP}")
    assert frame.staff()[0].language == "de"


def test_a_form_without_either_token_changes_nothing(frame: Frame) -> None:
    frame.open()
    client = frame.installation.app.test_client()
    answer = client.post(f"/admin/account/language?from_shop={SHOP}", data={"language": "de"})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert frame.staff()[0].language == "en"


def test_a_header_opens_no_form_to_who_is_signed_in_by_cookie(frame: Frame) -> None:
    """A made-up header lets a request pass without form token; then the session token alone counts."""
    signed_in = frame.installation.signed_in(Role.OWNER)
    answer = signed_in.client.post(
        "/admin/account/language", data={"language": "de"}, headers={"Authorization": "Bearer made-up"}
    )
    assert (answer.status_code, answer.headers[AGAIN]) == (HTTPStatus.UNAUTHORIZED, "1")
    provide(frame.installation.app, replace(frame.installation.deps, shopify=None))
    answer = signed_in.client.post(
        "/admin/account/language", data={"language": "de"}, headers={"Authorization": "Bearer made-up"}
    )
    assert answer.status_code == HTTPStatus.BAD_REQUEST


def test_another_shops_pages_stay_another_shops(frame: Frame) -> None:
    frame.open()
    theirs = frame.fetch(token=frame.token(dest=f"https://{OTHER}", iss=f"https://{OTHER}/admin"))
    assert policy(theirs)["frame-ancestors"] == [f"https://{OTHER}", ADMIN]
    directory = frame.installation.deps.directory
    found = [directory.shop_by_address(Platform.SHOPIFY, name) for name in (SHOP.name, OTHER)]
    assert len({shop.merchant for shop in found if shop}) == 2


def test_a_refusal_of_shopify_at_the_exchange_asks_for_a_fresh_token(frame: Frame) -> None:
    frame.endpoint.trouble = [refused("invalid_subject_token")]
    assert frame.fetch().headers[AGAIN] == "1"
    frame.endpoint.trouble = [refused("invalid_subject_token")]
    assert frame.open().status_code == HTTPStatus.FOUND
    assert frame.staff() == []


def test_an_app_shopify_does_not_know_says_so_inside_the_frame(frame: Frame) -> None:
    frame.endpoint.trouble = [refused("invalid_client")]
    answer = frame.open()
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert policy(answer)["frame-ancestors"] == [SHOP.url, ADMIN]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/admin/nope", HTTPStatus.NOT_FOUND), ("/admin/orders/", HTTPStatus.NOT_FOUND), ("/admin/file", 405)],
)
def test_what_is_not_there_is_said_inside_the_frame_with_a_way_home(frame: Frame, path: str, status: int) -> None:
    frame.open()
    for answer in (frame.open(path), frame.fetch(path)):
        assert (answer.status_code, policy(answer)["frame-ancestors"]) == (status, [SHOP.url, ADMIN])
        assert f'<p><a href="/admin/?from_shop={SHOP}">' in answer.text
        assert answer.headers.getlist("Set-Cookie") == []
    lost = frame.get(path, from_shop=SHOP.name)
    assert parse_qs(urlsplit(lost.location).query)["shopify-reload"] == [f"{path}?from_shop={SHOP}"]
    assert frame.fetch(path, token="none").headers[AGAIN] == "1"
    outside = frame.get(path)
    assert (outside.status_code, policy(outside)["frame-ancestors"]) == (status, ["'none'"])


def test_what_is_not_there_is_said_inside_the_frame_when_shopify_lets_nobody_in(frame: Frame) -> None:
    frame.endpoint.trouble = [refused("invalid_client")]
    answer = frame.open("/admin/nope")
    assert (answer.status_code, policy(answer)["frame-ancestors"]) == (HTTPStatus.NOT_FOUND, [SHOP.url, ADMIN])


def their_answer(url: str, told: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - a type of theirs
    request = {"method": "GET", "headers": told or {}, "url": f"{PUBLIC}{url}", "body": ""}
    return THEIRS.verify_app_home_req(request, "/admin/shopify").response  # type: ignore[arg-type]  # a dict of theirs


def test_a_document_without_a_good_token_is_sent_where_shopifys_library_sends_it(frame: Frame) -> None:
    for query in (
        "embedded=1&shop=some-shop.myshopify.com&host=YWRtaW4",
        "embedded=1&shop=some-shop.myshopify.com&id_token=stale&q=a%20b%26c",
        "id_token=stale&embedded=1&shop=some-shop.myshopify.com",
    ):
        ours, theirs = frame.get(f"/admin/orders?{query}"), their_answer(f"/admin/orders?{query}")
        assert (ours.status_code, PUBLIC + ours.location) == (theirs.status, theirs.headers["Location"])


def test_scripts_are_answered_as_shopifys_library_answers_them(frame: Frame) -> None:
    for given in (frame.token(), frame.token(STRANGE), frame.token(late=timedelta(minutes=5)), "", "a.b.c"):
        ours, theirs = frame.fetch(token=given), their_answer("/admin/", {"Authorization": f"Bearer {given}"})
        assert (ours.status_code == HTTPStatus.OK) is (theirs.status == HTTPStatus.OK)
        if theirs.status != HTTPStatus.OK and given:
            assert (ours.status_code, ours.headers.get(AGAIN)) == (theirs.status, theirs.headers.get(AGAIN))


def test_a_link_inside_the_frame_comes_back_by_the_bounce_page(frame: Frame) -> None:
    sent = frame.get("/admin/orders", from_shop=SHOP.name, q="1001")
    wanted = parse_qs(urlsplit(sent.location).query)
    assert wanted["shop"] == [SHOP.name]
    assert wanted["shopify-reload"] == [f"/admin/orders?from_shop={SHOP}&q=1001"]
    listed = frame.get("/admin/orders", from_shop=SHOP.name, shop="one-of-theirs")
    assert frame.get(listed.location).status_code == HTTPStatus.OK
    page = frame.get(sent.location)
    assert page.status_code == HTTPStatus.OK
    assert policy(page)["frame-ancestors"] == [SHOP.url, ADMIN]
    assert page.text.count("<script") == 1
    assert f'<script data-api-key="{CLIENT}" src="{embedded.APP_BRIDGE}"></script>' in page.text


def test_the_bounce_page_leads_nowhere_else(frame: Frame) -> None:
    for told in (
        {},
        {"shop": SHOP.name},
        {"shopify-reload": "/admin/"},
        {"shop": "evil.com", "shopify-reload": "/admin/"},
        {"shop": SHOP.name, "shopify-reload": "https://evil.example"},
        {"shop": SHOP.name, "shopify-reload": "//evil.example"},
    ):
        assert frame.get("/admin/shopify", **told).status_code == HTTPStatus.BAD_REQUEST, told


@pytest.mark.parametrize(
    "path",
    ["", "x", "//x", "/\\x", "\\/x", "/a\tb", "/a\nb", "/a\rb", "/a b", "/a\\b", "/é", "https://x", "javascript:x"],
)
def test_what_is_no_path_of_ours_is_no_target(path: str) -> None:
    assert not is_own_path(path)
    assert is_own_path("/")
    assert is_own_path("/admin/orders?q=1%20&x=//y#z")


def test_a_member_an_owner_removed_is_refused_inside_the_frame(frame: Frame) -> None:
    frame.open()
    member = frame.staff()[0]
    shop = frame.installation.deps.directory.shop_by_address(Platform.SHOPIFY, SHOP.name)
    assert shop
    with frame.installation.deps.units(shop.merchant) as unit:
        unit.staff.save(replace(member, removed_at=frame.installation.clock.now()))
        unit.commit()
    answer = frame.open()
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert policy(answer)["frame-ancestors"] == [SHOP.url, ADMIN]
