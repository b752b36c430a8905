"""What was recorded by mistake at the desk: the way back is offered while there is one, and goes by words when not."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.goods import InspectionState, ReturnState
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role, Shop
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import PlatformActions
from tests.build import MERCHANT
from tests.support.admin import Browser, Installation
from tests.support.claim_cases import a_bought, now_of, open_case, place
from tests.web.admin.test_claims import send


@pytest.fixture
def claim(light: Installation) -> Claim:
    with light.deps.units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(goodwill=(Money(1000, "EUR"),)), light.clock.now())
        unit.commit()
    return open_case(light, place(light), words="It does not light any more")


def page_of(browser: Browser, claim: Claim) -> str:
    return browser.get(f"/admin/claims/{claim.id}").text


def give(light: Installation, browser: Browser, claim: Claim, **fields: str) -> int:
    sent = {"form": "goodwill", "currency": "EUR", "kind": "voucher", "amount": "5", "detail": "", **fields}
    path = f"/admin/claims/{claim.id}/goodwill"
    return browser.send(path, seen=now_of(light, claim).version, **sent).status_code


def test_receipt_and_inspection_are_taken_back_one_after_the_other(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    send(browser, claim, "approve", line=1, remedy="refund", payment="after_inspection")
    send(browser, now_of(light, claim), "receive", line=1, quantity=2)
    assert "Take the receipt back" in page_of(browser, claim)
    send(browser, now_of(light, claim), "dispose", line=1, to="restock")
    late = send(browser, now_of(light, claim), "not-received", line=1)
    assert late.status_code == HTTPStatus.CONFLICT
    assert "This can no longer be taken back" in late.text
    assert now_of(light, claim).line(1).leg is ReturnState.RECEIVED


def test_an_inspection_is_taken_back_and_the_record_says_so(light: Installation) -> None:
    browser = light.signed_in(Role.AGENT)
    claim = open_case(light, place(light, a_bought("7002")), wanted=Remedy.REPAIR, draft="draft2")
    send(browser, claim, "approve", line=1, remedy="repair")
    send(browser, now_of(light, claim), "receive", line=1, quantity=2)
    send(browser, now_of(light, claim), "inspect", line=1, found="as_sent", grade="A")
    assert "Take the receipt back" not in page_of(browser, claim)
    send(browser, now_of(light, claim), "not-inspected", line=1)
    assert now_of(light, claim).line(1).inspection is InspectionState.NOT_LOOKED_AT
    page = page_of(browser, claim)
    assert "Inspection taken back" in page
    assert "Take the receipt back" in page


def test_an_assignment_is_undone_from_the_notice_once(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    other, _ = light.invite(Role.AGENT, "other@shop.example")
    send(browser, claim, "assign", agent=other.id)
    undo = re.search(r'action="/admin/claims/unassign".*?value="(\w+)">', page_of(browser, claim), re.DOTALL)
    assert undo
    answer = browser.send("/admin/claims/unassign", undo=undo[1])
    assert answer.headers["Location"] == f"/admin/claims/{claim.id}"
    assert now_of(light, claim).assignee is None
    browser.send("/admin/claims/unassign", undo=undo[1])
    assert "something else was changed since" in browser.get("/admin/claims").text


def test_whoever_wrote_a_note_strikes_it_out_and_nobody_else(light: Installation, claim: Claim) -> None:
    author, other = light.signed_in(Role.AGENT), light.signed_in(Role.MANAGER)
    send(author, claim, "note", words="Wrong customer")
    strike = re.search(r'action="(/admin/claims/[^"]+/strike)"', page_of(author, claim))
    assert strike
    assert "/strike" not in page_of(other, claim)
    assert other.send(strike[1]).status_code == HTTPStatus.CONFLICT
    assert author.send(strike[1]).status_code == HTTPStatus.SEE_OTHER
    page = page_of(other, claim)
    assert "<s>Wrong customer</s>" in page
    assert "Struck out by its author" in page
    assert author.send(strike[1].replace("/notes/", "/notes/x")).status_code == HTTPStatus.NOT_FOUND


def test_goodwill_is_taken_back_by_a_button_and_the_budget_has_it_again(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    assert give(light, browser, claim, kind="gift", detail="A mug") == HTTPStatus.SEE_OTHER
    assert "5.00" in page_of(browser, claim)
    path = f"/admin/claims/{claim.id}/goodwill/1/back"
    assert f'action="{path}"' in page_of(browser, claim)
    browser.send(path, seen=now_of(light, claim).version, form="goodwill-1")
    assert now_of(light, claim).goodwill[0].state is GoodwillState.TAKEN_BACK
    assert "10.00" in page_of(browser, claim)
    again = browser.send(path, seen=now_of(light, claim).version, form="goodwill-1")
    assert again.status_code == HTTPStatus.CONFLICT


def test_where_no_platform_makes_vouchers_the_code_is_asked_for_at_its_field(
    light: Installation, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_: Shop) -> PlatformActions:
        raise Rejected("not_connected")

    monkeypatch.setitem(light.app.extensions, "deps", replace(light.deps, actions=nobody))
    browser = light.signed_in(Role.AGENT)
    assert give(light, browser, claim) == HTTPStatus.UNPROCESSABLE_ENTITY
    assert now_of(light, claim).goodwill == ()
    assert give(light, browser, claim, detail="THANKS-5") == HTTPStatus.SEE_OTHER
    assert "THANKS-5" in page_of(browser, claim)


def test_nobody_who_only_looks_is_offered_a_way_back(light: Installation, claim: Claim) -> None:
    agent = light.signed_in(Role.AGENT)
    send(agent, claim, "note", words="Ours")
    give(light, agent, claim, kind="gift", detail="A mug")
    page = page_of(light.signed_in(Role.VIEWER), claim)
    assert "/goodwill/" not in page
    assert 'method="post"' not in page.replace('action="/admin/sign-out"', "").split("<main", 1)[1]
