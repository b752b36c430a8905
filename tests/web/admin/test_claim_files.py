"""Files on a case: what shoppers sent is opened by links of a minute, what agents add is checked like theirs."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from plugin.domain.claim.claim import Claim
from plugin.domain.shop import Role
from tests.build import MERCHANT
from tests.support.admin import TOKEN, Browser, Installation
from tests.support.claim_cases import now_of, open_case, place


@pytest.fixture
def claim(light: Installation) -> Claim:
    return open_case(light, place(light))


def a_photo(side: int = 64) -> bytes:
    out = BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


def upload(browser: Browser, claim: Claim, content: bytes, name: str = "box.png") -> TestResponse:
    token = TOKEN.search(browser.get("/admin/account").text)
    assert token
    return post(browser, claim, {"csrf_token": token[1], "form": "files", "seen": "1"}, content, name)


def post(browser: Browser, claim: Claim, fields: dict[str, str], content: bytes, name: str) -> TestResponse:
    boundary, body = encode_multipart({**fields, "file": FileStorage(BytesIO(content), name, content_type="image/png")})
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.client.post(f"/admin/claims/{claim.id}/files", data=body, content_type=kind, buffered=True)


def test_a_photo_of_an_agent_is_checked_kept_and_opened_by_a_fresh_link(light: Installation, claim: Claim) -> None:
    browser, content = light.signed_in(Role.AGENT), a_photo(1100)
    assert len(content) > 2 * 1024 * 1024, "more than any other form may bring"
    assert upload(browser, claim, content).status_code == HTTPStatus.SEE_OTHER
    light.run_jobs()
    (kept,) = now_of(light, claim).evidence
    page = browser.get(f"/admin/claims/{claim.id}").text
    assert "File added" in page
    assert f'src="/s/{light_key(light)}/evidence/{kept}/file?' in page
    opened = browser.get(f"/admin/claims/{claim.id}/files/{kept}")
    assert opened.status_code == HTTPStatus.SEE_OTHER
    assert browser.get(opened.headers["Location"]).mimetype.startswith("image/")


def light_key(light: Installation) -> str:
    with light.deps.units.read(MERCHANT) as unit:
        return unit.shops.all()[0].key


def test_a_file_we_do_not_take_is_refused_at_its_field(light: Installation, claim: Claim) -> None:
    answer = upload(light.signed_in(Role.AGENT), claim, b"<html><script>alert(1)</script></html>", "box.html")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="e-files-file"' in answer.text
    assert now_of(light, claim).evidence == ()


def test_whoever_only_looks_adds_nothing_and_strangers_bring_no_more_than_before(
    light: Installation, claim: Claim
) -> None:
    assert upload(light.signed_in(Role.VIEWER), claim, a_photo()).status_code == HTTPStatus.FORBIDDEN
    stranger = post(light.browser(), claim, {}, a_photo(1100), "box.png")
    assert stranger.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert now_of(light, claim).evidence == ()
