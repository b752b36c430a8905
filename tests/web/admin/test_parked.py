"""Parked records in the admin: listed with their reason, shown whole, read again, dismissed."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from plugin.domain.shop import Role
from tests.build import MERCHANT
from tests.support.admin import Installation
from tests.support.repository import ROOT

ORDER = (ROOT / "tests/payloads/woocommerce/orders.jsonl").read_bytes().splitlines()[0]


def parked(installation: Installation) -> int:
    with installation.deps.units.read(MERCHANT) as unit:
        return len(unit.parked.codes())


def test_an_empty_list_says_so(light: Installation) -> None:
    assert "Nothing is parked" in light.signed_in().get("/admin/parked").text


def test_the_reason_is_told_in_words_even_when_its_code_is_new(light: Installation) -> None:
    light.park(b"1", "absurd_date")
    light.park(b"2", "a_code_of_tomorrow")
    page = light.signed_in().get("/admin/parked").text
    assert "A date lies impossibly far away" in page
    assert "It could not be read" in page


@pytest.mark.parametrize("body", [b"</code><script>alert(1)</script>", b"\xff\x00\xfe<b>", "\u202e<i>".encode(), b""])
def test_a_hostile_body_is_shown_as_text(installation: Installation, body: bytes) -> None:
    record = installation.park(body)
    answer = installation.signed_in(Role.VIEWER).get(f"/admin/parked/{record}")
    assert answer.status_code == HTTPStatus.OK
    shown = answer.text.split('<pre class="raw"')[1].split("</pre>")[0]
    assert shown.count("<") == 2  # <code> and its end
    assert "script-src 'nonce-" in answer.headers["Content-Security-Policy"]


def test_what_can_be_read_by_now_is_stored_and_the_rest_stays(installation: Installation) -> None:
    readable, broken = installation.park(ORDER), installation.park(b"{")
    browser = installation.signed_in(Role.AGENT)
    browser.send("/admin/parked/retry", record=[readable, broken])
    page = browser.get("/admin/parked").text
    assert "1 record could be read. What still cannot be read stays here." in page
    assert parked(installation) == 1
    browser.send("/admin/parked/retry", all="1")
    assert "Nothing more can be read yet" in browser.get("/admin/parked").text


def test_dismissing_deletes_the_chosen_ones_alone(installation: Installation) -> None:
    chosen, other = installation.park(b"1"), installation.park(b"2")
    browser = installation.signed_in(Role.AGENT)
    browser.send("/admin/parked/dismiss", record=chosen)
    assert "1 record is deleted" in browser.get("/admin/parked").text
    assert browser.get(f"/admin/parked/{chosen}").status_code == HTTPStatus.NOT_FOUND
    assert browser.get(f"/admin/parked/{other}").status_code == HTTPStatus.OK


@pytest.mark.parametrize("action", ["retry", "dismiss"])
def test_choosing_nothing_does_nothing_and_says_so(light: Installation, action: str) -> None:
    light.park(ORDER)
    browser = light.signed_in()
    browser.send(f"/admin/parked/{action}")
    assert "Tick at least one row" in browser.get("/admin/parked").text
    assert parked(light) == 1


def test_a_long_list_says_how_many_there_are(light: Installation) -> None:
    for number in range(201):
        light.park(str(number).encode())
    assert "The newest 200 of 201." in light.signed_in().get("/admin/parked").text
