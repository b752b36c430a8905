"""Work inside Shopify's frame: notices and undo without cookies, files by passes, access, letting go, setup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from integrations.platforms.shopify.granting import ShopifyScopes
from integrations.platforms.shopify.scopes import INSTALLED
from plugin.domain.clocks.engine import Law
from plugin.domain.order import Platform
from plugin.domain.shop import Role, Shop
from plugin.web.admin.pages import GOES, SENT_FOR
from plugin.web.deps import provide
from tests.build import an_order
from tests.integrations.shopify.signing import CLIENT, SHOP
from tests.support.claim_cases import open_case
from tests.support.shopify_frame import Frame, framed

TABLE = f"/admin/claims/export.csv?from_shop={SHOP}"


@pytest.fixture
def frame(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Frame]:
    with framed(sqlite_url, tmp_path, law) as opened:
        opened.open()
        yield opened


def sent(frame: Frame, path: str, user: str = "42", **form: str) -> TestResponse:
    """As a script of ours sends a form."""
    told = {"Authorization": f"Bearer {frame.token(sub=user)}", SENT_FOR: "1"}
    return frame.installation.app.test_client().post(path, headers=told, data=form)


def shop(frame: Frame) -> Shop:
    found = frame.installation.deps.directory.shop_by_address(Platform.SHOPIFY, SHOP.name)
    assert found
    return found


def seen(frame: Frame, where: str, user: str = "42") -> str:
    """What a document shows that the frame was sent on to."""
    joined = "&" if "?" in where else "?"
    return frame.get(f"{where}{joined}id_token={frame.token(sub=user)}").text


def test_a_notice_is_shown_once_by_the_page_that_names_it_and_to_its_reader_alone(frame: Frame) -> None:
    answer = sent(frame, "/admin/shops/join-code")
    assert answer.status_code == HTTPStatus.CREATED
    gone_on = sent(frame, "/admin/staff/invite", email="bo@shop.example", role="agent", language="en")
    assert (gone_on.status_code, gone_on.data) == (HTTPStatus.NO_CONTENT, b"")
    where = gone_on.headers[GOES]
    told = 'class="notice'
    assert told not in seen(frame, where, user="43")
    assert told not in frame.open("/admin/staff").text
    assert [told in seen(frame, where) for _ in range(2)] == [True, False]


def test_what_a_notice_names_falsely_or_too_late_is_not_shown(frame: Frame) -> None:
    where = sent(frame, "/admin/staff/invite", email="bo@shop.example", role="agent", language="en").headers[GOES]
    name = where.partition("notice=")[2]
    assert re.fullmatch(r"[0-9a-f]{24}", name)
    assert 'class="notice' not in seen(frame, where.replace(name, "f" * 24))
    frame.installation.clock.advance(timedelta(minutes=11))
    assert 'class="notice' not in seen(frame, where)


def test_a_change_is_undone_from_the_frame_once(frame: Frame) -> None:
    here = shop(frame)
    (order,) = [*frame.installation.keep(an_order(), at=here.merchant, shop=here.id)]
    day = frame.installation.clock.now().date().isoformat()
    marked = seen(frame, sent(frame, f"/admin/orders/{order}/delivered", on=day).headers[GOES])
    undo = re.search(r'name="undo" value="(\w+)"', marked)
    assert undo
    assert "can no longer" in seen(
        frame, sent(frame, "/admin/orders/undo", user="43", undo=undo[1]).headers[GOES], "43"
    )
    for can in (True, False):
        said = seen(frame, sent(frame, "/admin/orders/undo", undo=undo[1]).headers[GOES])
        assert ("can no longer" in said) is not can
    with frame.installation.deps.units.read(here.merchant) as unit:
        assert unit.orders.get(order).marks == ()


def test_a_file_comes_by_an_address_of_a_minute_that_holds_no_session_token(frame: Frame) -> None:
    address = sent(frame, "/admin/file", to=TABLE).headers[GOES]
    assert frame.token().partition(".")[0] not in address
    answer = frame.get(address)
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in answer.headers
    frame.installation.clock.advance(timedelta(seconds=61))
    assert frame.get(address).status_code == HTTPStatus.FOUND


def test_a_pass_opens_nothing_but_its_own_address(frame: Frame) -> None:
    address = sent(frame, "/admin/file", to=TABLE).headers[GOES]
    given = address.partition("pass=")[2]
    forged = given.replace(shop(frame).merchant, "merchant1")
    for other in (
        f"/admin/shops/plugin.zip?from_shop={SHOP}&pass={given}",
        f"/admin/claims/export.csv?from_shop=other.myshopify.com&pass={given}",
        f"/admin/orders?from_shop={SHOP}&pass={given}",
        f"{TABLE}&pass={forged}",
        f"{TABLE}&pass={given[:-1]}",
        f"{TABLE}&pass=",
        f"{TABLE}&more=1&pass={given}",
        f"{address}&more=1",
    ):
        assert frame.get(other).status_code == HTTPStatus.FOUND, other


def test_links_keep_saying_in_which_admin_they_are(frame: Frame) -> None:
    told = {"embedded": "1", "shop": SHOP.name, "id_token": frame.token()}
    page = frame.get("/admin/", **told, host="YWRtaW4uc2hvcGlmeS5jb20")
    assert f"/admin/orders?from_shop={SHOP}&amp;host=YWRtaW4uc2hvcGlmeS5jb20" in page.text
    assert "host=" not in frame.get("/admin/", **told, host='"><script>').text


@pytest.mark.parametrize("wanted", ["/admin/orders", "//evil.example", "https://evil.example/admin/", "/static/x", ""])
def test_a_pass_is_given_for_files_alone(frame: Frame, wanted: str) -> None:
    assert sent(frame, "/admin/file", to=wanted).status_code == HTTPStatus.BAD_REQUEST


def test_a_pass_ends_with_its_holders_work_here_and_with_the_shops(frame: Frame) -> None:
    address = sent(frame, "/admin/file", to=TABLE).headers[GOES]
    here, member = shop(frame), frame.staff()[0]
    for removed in (frame.installation.clock.now(), None):
        with frame.installation.deps.units(here.merchant) as unit:
            unit.staff.save(replace(member, removed_at=removed))
            unit.commit()
        assert (frame.get(address).status_code == HTTPStatus.OK) is (removed is None)
    sent(frame, f"/admin/shops/{here.id}/disconnect")
    assert frame.get(address).status_code == HTTPStatus.FOUND


def test_nobody_signed_in_by_cookie_is_given_a_pass(frame: Frame) -> None:
    assert frame.installation.signed_in().send("/admin/file", to=TABLE).status_code == HTTPStatus.BAD_REQUEST


def test_a_framed_letter_has_a_pass_and_may_stand_in_our_page_in_the_shops_admin(frame: Frame) -> None:
    page = frame.open("/admin/mail/letters/confirmation").text
    framed_at = re.search(r'<iframe[^>]+src="([^"]+)"', page)
    assert framed_at
    letter = frame.get(framed_at[1].replace("&amp;", "&"))
    assert letter.status_code == HTTPStatus.OK
    policy = letter.headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {SHOP.url} https://admin.shopify.com" in policy
    assert "sandbox" in policy


def test_a_shop_that_was_let_go_stays_so_until_an_owner_connects_it(frame: Frame) -> None:
    here, asked = shop(frame), len(frame.endpoint.asked)
    sent(frame, f"/admin/shops/{here.id}/disconnect")
    for page in (frame.open(), frame.open("/admin/orders"), frame.open(sub="99")):
        assert "This shop is disconnected" in page.text
        assert "s-app-nav" not in page.text
    assert "/admin/shopify/connect" not in frame.open(sub="99").text
    assert "disconnected" in sent(frame, "/admin/shopify/connect", user="99").text
    assert len(frame.endpoint.asked) == asked
    again = sent(frame, "/admin/shopify/connect")
    assert again.status_code == HTTPStatus.NO_CONTENT
    assert "This shop is disconnected" not in frame.open().text
    with frame.installation.deps.units.read(here.merchant) as unit:
        assert unit.connections.get(here.id)
        assert unit.disconnections.get(here.id) is None


def test_the_list_of_shops_tells_an_app_let_go_as_what_it_is(frame: Frame) -> None:
    here = shop(frame)
    sent(frame, f"/admin/shops/{here.id}/disconnect")
    browser = frame.installation.browser()
    _, token = frame.installation.invite(Role.OWNER, "olga@shop.example", at=here.merchant)
    browser.send(f"/admin/sign-in/{token}", form_at=f"/admin/sign-in/{token}")
    page = browser.get("/admin/shops").text
    assert "To connect it again, open Aftercare" in page
    assert "Webhooks taken away" not in page
    browser.send(f"/admin/shops/{here.id}/disconnected")
    assert "This shop is disconnected" in frame.open().text


def test_home_goes_to_shopifys_grant_once_where_too_little_was_granted(frame: Frame) -> None:
    app = frame.installation.deps.shopify
    assert app
    provide(
        frame.installation.app, replace(frame.installation.deps, shopify=replace(app, scopes=ShopifyScopes(CLIENT)))
    )
    assert "data-to" not in frame.open("/admin/orders").text
    frame.installation.clock.advance(timedelta(hours=1))
    assert f'data-to="{SHOP.url}/admin/oauth/install?client_id={CLIENT}"' in frame.open().text
    frame.installation.clock.advance(timedelta(minutes=1))
    refused = frame.open().text
    assert "data-to" not in refused
    assert "read_products" in refused
    assert 'target="_top"' in refused
    frame.endpoint.scopes = ",".join(INSTALLED)
    frame.installation.clock.advance(timedelta(minutes=1))
    assert "may not do enough" not in frame.open().text


def test_what_a_merchant_allowed_besides_counts_at_once(frame: Frame) -> None:
    app = frame.installation.deps.shopify
    assert app
    scopes = ShopifyScopes(CLIENT)
    provide(frame.installation.app, replace(frame.installation.deps, shopify=replace(app, scopes=scopes)))
    frame.endpoint.scopes = ",".join([*INSTALLED, *scopes.optional["store_credit"]])
    sent(frame, "/admin/shopify/access")
    page = frame.open().text
    assert page.count("data-scopes=") == 2
    assert f'data-scopes="{",".join(scopes.optional["replacements"])}"' in page


def test_steps_that_no_app_can_see_are_done_by_somebodys_word_until_it_is_taken_back(frame: Frame) -> None:
    here = shop(frame)
    assert f"/admin/themes/current/editor?context=apps&amp;activateAppId={CLIENT}/embed" in frame.open().text
    for step, said in (("theme", "done"), ("checkout", "done"), ("account", "done"), ("native", "on")):
        assert sent(frame, f"/admin/setup/{here.id}/{step}", said=said).status_code == HTTPStatus.NO_CONTENT
    page = frame.open().text
    assert page.count("Somebody here said so on") == 4
    assert "one number of days" in page
    sent(frame, f"/admin/setup/{here.id}/native", said="hidden")
    assert "stay on, as you wish" in frame.open().text
    sent(frame, f"/admin/setup/{here.id}/theme")
    assert frame.open().text.count("Somebody here said so on") == 3


@pytest.mark.parametrize(("step", "said"), [("theme", "off"), ("native", "done"), ("theme", "odd"), ("odd", "done")])
def test_nothing_else_can_be_said_of_a_step(frame: Frame, step: str, said: str) -> None:
    refused = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}
    assert sent(frame, f"/admin/setup/{shop(frame).id}/{step}", said=said).status_code in refused


def test_a_large_photo_comes_up_from_the_frame_and_none_from_elsewhere(frame: Frame) -> None:
    here = shop(frame)
    (order,) = frame.installation.keep(an_order(), at=here.merchant, shop=here.id)
    claim = open_case(frame.installation, order, quantity=1, at=here.merchant)
    content = noise(1100)
    assert len(content) > 2 * 1024 * 1024, "more than any other form may bring"
    for token, wanted in ((frame.token(), HTTPStatus.NO_CONTENT), ("made-up", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)):
        told = {"Authorization": f"Bearer {token}", SENT_FOR: "1"}
        photo = FileStorage(BytesIO(content), "box.png", content_type="image/png")
        boundary, body = encode_multipart({"form": "files", "seen": "1", "file": photo})
        kind, client = f"multipart/form-data; boundary={boundary}", frame.installation.app.test_client()
        path = f"/admin/claims/{claim.id}/files"
        answer = client.post(path, headers=told, data=body, content_type=kind, buffered=True)
        assert answer.status_code == wanted


def noise(side: int) -> bytes:
    out = BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()
