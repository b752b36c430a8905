"""A case at the desk: seen with everything around it, worked on by forms, refused where it was typed."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import note
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import InspectionState, ReturnState
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.money import Money
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role
from tests.build import MERCHANT
from tests.support.admin import Browser, Installation
from tests.support.claim_cases import a_bought, act_on, now_of, open_case, place
from tests.support.claims import AGENT

LAW = "law|x|Directive (EU) 2019/771 art. 13"


@pytest.fixture
def claim(light: Installation) -> Claim:
    return open_case(light, place(light), words="It does not light any more")


def send(browser: Browser, claim: Claim, action: str, seen: int | None = None, **fields: object) -> TestResponse:
    """Send one form of the case, as the page that shows the claim as it is has it."""
    form = f"{action}-{fields['line']}" if "line" in fields else action
    sent = {"seen": seen or claim.version, "form": form, **fields}
    return browser.send(f"/admin/claims/{claim.id}/do/{action}", **sent)


def test_the_case_shows_what_is_asked_what_is_due_and_who_asks(light: Installation, claim: Claim) -> None:
    page = light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}").text
    for text in (claim.number, "Stove", "It does not light any more", "ida@example.com", "7001", "Nordkap"):
        assert text in page
    assert "It is faulty" in page
    assert 'data-right="legal_guarantee"' in page


def test_part_of_a_line_is_approved_and_the_rest_refused_with_its_clause(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    answer = send(browser, claim, "approve", line=1, quantity=1, remedy="refund")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    approved = now_of(light, claim)
    assert [line.decision for line in approved.lines] == [DecisionState.PENDING, DecisionState.APPROVED]
    words = {"code": "misuse", "clause": LAW, "words": "Es wurde fallen gelassen."}
    assert send(browser, approved, "refuse", line=1, quantity=1, **words).status_code == HTTPStatus.SEE_OTHER
    refused = now_of(light, claim).line(1)
    assert refused.decision is DecisionState.REJECTED
    assert refused.refusal
    assert refused.refusal.basis.citation == "Directive (EU) 2019/771 art. 13"
    assert refused.quantity == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"clause": "", "words": "Nein."}, "clause"),
        ({"clause": LAW, "words": " "}, "words"),
        ({"clause": LAW, "words": "Nein.", "quantity": "9"}, "quantity"),
        ({"clause": "other|", "words": "Nein."}, "citation"),
    ],
)
def test_a_refusal_without_clause_or_words_is_told_at_its_field_and_nothing_is_lost(
    light: Installation, claim: Claim, fields: dict[str, str], field: str
) -> None:
    sent = {"line": 1, "quantity": "2", "code": "misuse", "citation": "", **fields}
    answer = send(light.signed_in(Role.AGENT), claim, "refuse", **sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="e-refuse-1-{field}"' in answer.text
    assert fields["words"] in answer.text
    assert now_of(light, claim).version == claim.version


def test_a_stale_page_is_told_what_changed_and_keeps_what_was_typed(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    act_on(light, claim, lambda _: note("Called them", AGENT))
    answer = send(browser, claim, "write", words="Guten Tag, wir prüfen das.")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Somebody changed this claim" in answer.text
    assert "Guten Tag, wir prüfen das." in answer.text
    changed = now_of(light, claim)
    assert f'name="seen" value="{changed.version}"' in answer.text
    assert send(browser, changed, "write", words="Guten Tag").status_code == HTTPStatus.SEE_OTHER


def test_goods_are_received_looked_at_and_given_back_to_the_shelf(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    send(browser, claim, "approve", line=1, remedy="refund", payment="after_inspection")
    assert now_of(light, claim).line(1).leg is ReturnState.AWAITED
    send(browser, now_of(light, claim), "receive", line=1, quantity=2)
    send(browser, now_of(light, claim), "inspect", line=1, found="as_sent", grade="A")
    send(browser, now_of(light, claim), "dispose", line=1, to="restock", is_final="1")
    line = now_of(light, claim).line(1)
    assert (line.received, line.inspection, line.grade) == (2, InspectionState.AS_SENT, "A")
    assert line.is_disposition_final
    page = browser.get(f"/admin/claims/{claim.id}").text
    for text in ("Goods: received", "Inspection: as it was sent", "back on sale"):
        assert text in page


def test_a_question_makes_it_the_shoppers_turn(light: Installation, claim: Claim) -> None:
    send(light.signed_in(Role.AGENT), claim, "ask", words="Können Sie ein Foto schicken?")
    assert now_of(light, claim).stage is Stage.NEEDS_INFO


def test_a_text_is_put_in_and_looked_at_before_anything_is_sent(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    inserted = send(browser, claim, "write", words="Hallo", canned="0", insert="1")
    assert inserted.status_code == HTTPStatus.OK
    assert claim.number in inserted.text.split("<textarea", 1)[1]
    shown = send(browser, claim, "write", words="Hallo Ida", preview="1")
    assert "Nothing has been sent" in shown.text
    assert now_of(light, claim).version == claim.version


def test_an_amount_above_the_limit_is_proposed_and_a_manager_agrees(light: Installation, claim: Claim) -> None:
    with light.deps.units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(second_above=(Money(100, "EUR"),)), light.clock.now())
        unit.commit()
    agent, other = light.signed_in(Role.AGENT), light.signed_in(Role.AGENT, "other@shop.example")
    manager = light.signed_in(Role.MANAGER)
    send(agent, claim, "approve", line=1, quantity=2, remedy="refund")
    proposed = now_of(light, claim)
    assert proposed.line(1).proposed
    assert proposed.line(1).decision is DecisionState.PENDING
    assert "/do/agree" not in agent.get(f"/admin/claims/{claim.id}").text
    assert send(agent, proposed, "agree", line=1).status_code == HTTPStatus.FORBIDDEN
    assert send(other, proposed, "agree", line=1).status_code == HTTPStatus.FORBIDDEN
    assert now_of(light, claim).line(1).decision is DecisionState.PENDING
    assert "/do/agree" in manager.get(f"/admin/claims/{claim.id}").text
    assert send(manager, proposed, "agree", line=1).status_code == HTTPStatus.SEE_OTHER
    assert now_of(light, claim).line(1).decision is DecisionState.APPROVED


def test_a_decision_that_nothing_followed_from_is_taken_back(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    send(browser, claim, "approve", line=1, remedy="refund")
    send(browser, now_of(light, claim), "undo", line=1)
    assert now_of(light, claim).line(1).decision is DecisionState.PENDING


def test_goodwill_is_given_within_the_budget_and_no_further(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    gift = {"form": "goodwill", "currency": "EUR", "kind": "gift", "amount": "7,50", "detail": "A mug"}
    path = f"/admin/claims/{claim.id}/goodwill"
    refused = browser.send(path, seen=claim.version, **gift)
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "more than is left to give" in refused.text
    with light.deps.units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(goodwill=(Money(1000, "EUR"),)), light.clock.now())
        unit.commit()
    assert browser.send(path, seen=claim.version, **gift).status_code == HTTPStatus.SEE_OTHER
    given = now_of(light, claim)
    assert [each.amount for each in given.goodwill] == [Money(750, "EUR")]
    assert browser.send(path, seen=given.version, **gift).status_code == HTTPStatus.FORBIDDEN
    assert len(now_of(light, claim).goodwill) == 1
    assert "2.50" in browser.get(f"/admin/claims/{claim.id}").text


def test_a_withdrawal_has_no_refusal_and_is_contested_only_with_the_laws_exception(light: Installation) -> None:
    claim = open_case(light, place(light), reason=None, track=ClaimTrack.WITHDRAWAL)
    browser = light.signed_in(Role.AGENT)
    page = browser.get(f"/admin/claims/{claim.id}").text
    assert "/do/refuse" not in page
    answer = send(browser, claim, "refuse", line=1, code="other", clause=LAW, words="Nein")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert now_of(light, claim).line(1).decision is DecisionState.APPROVED


def test_whoever_looks_is_on_record_once_a_day_for_owners_to_see(light: Installation, claim: Claim) -> None:
    agent = light.signed_in(Role.AGENT)
    for _ in range(2):
        agent.get(f"/admin/claims/{claim.id}")
    agent.get(f"/admin/orders/{claim.order}")
    with light.deps.units.read(MERCHANT) as unit:
        assert sorted((view.seen.value, view.number) for view in unit.claim_desk.views(10)) == [
            ("claim", claim.number),
            ("order", "7001"),
        ]
    assert agent.get("/admin/personal-data-views").status_code == HTTPStatus.FORBIDDEN
    page = light.signed_in(Role.OWNER).get("/admin/personal-data-views").text
    assert "agent@shop.example" in page
    assert claim.number in page


def test_the_unknown_action_and_the_unknown_claim_are_not_there(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    assert send(browser, claim, "burn", line=1).status_code == HTTPStatus.NOT_FOUND
    assert browser.get("/admin/claims/none").status_code == HTTPStatus.NOT_FOUND
    assert send(browser, claim, "assign", agent="nobody-of-ours").status_code == HTTPStatus.NOT_FOUND


def test_an_exchange_is_carried_through_by_hand_where_no_platform_does_it(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    send(browser, claim, "approve", line=1, remedy="repair")
    offered = now_of(light, claim)
    assert offered.line(1).decision is DecisionState.OTHER_REMEDY
    send(browser, offered, "choose", line=1, remedy="repair", was_told="1")
    for step in ("booked", "repairing", "tested", "shipped", "delivered"):
        answer = send(browser, now_of(light, claim), "repair", line=1, to=step)
        assert answer.status_code == HTTPStatus.SEE_OTHER, step
    assert now_of(light, claim).line(1).is_final
    assert now_of(light, claim).line(1).plan.remedy is Remedy.REPAIR  # type: ignore[union-attr]  # it has one


def test_a_refund_that_failed_is_tried_again_and_a_granted_one_taken_back(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    send(browser, claim, "approve", line=1, remedy="refund", goods="keep")
    granted = now_of(light, claim).refunds[0]
    light.run_jobs()  # no platform is connected here
    assert now_of(light, claim).refunds[0].state is RefundState.FAILED
    page = browser.get(f"/admin/claims/{claim.id}").text
    assert f"/refunds/{granted.id}/retry" in page
    assert "The shop is not connected" in page
    assert "not_connected" not in page
    with light.deps.units(MERCHANT) as unit:
        unit.refunds.save([replace(unit.refunds.get(granted.id), may_have_moved=True)])
        unit.commit()
    page = browser.get(f"/admin/claims/{claim.id}").text
    assert "Nobody knows whether the money has moved" in page
    assert "The shop is not connected" not in page
    sent = {"seen": now_of(light, claim).version, "form": f"refund-{granted.id}"}
    path = f"/admin/claims/{claim.id}/refunds/{granted.id}"
    assert browser.send(f"{path}/retry", **sent).status_code == HTTPStatus.SEE_OTHER
    with light.deps.units.read(MERCHANT) as unit:
        assert unit.refunds.get(granted.id).state is RefundState.INTENT
    again = browser.send(f"{path}/retry", **sent)
    assert again.status_code == HTTPStatus.CONFLICT
    assert "moved on" in again.text
    other = open_case(light, place(light, a_bought("7002")), draft="other")
    foreign = browser.send(f"/admin/claims/{other.id}/refunds/{granted.id}/stop", **sent)
    assert foreign.status_code == HTTPStatus.NOT_FOUND


def test_money_is_taken_back_before_anything_left_and_the_line_stays_agreed(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    send(browser, claim, "approve", line=1, remedy="refund", goods="keep")
    granted = now_of(light, claim)
    path = f"/admin/claims/{claim.id}/refunds/{granted.refunds[0].id}/stop"
    stopped = browser.send(path, seen=granted.version, form="refund")
    assert stopped.status_code == HTTPStatus.SEE_OTHER
    known = now_of(light, claim)
    assert known.refunds[0].detail == "stopped"
    assert known.line(1).remedy is RemedyState.ACCEPTED
    assert "Taken back before anything left" in browser.get(f"/admin/claims/{claim.id}").text
    send(browser, known, "note", words="Ida asked us to wait.")
    assert len(now_of(light, claim).refunds) == 1, "stopped money stays where it is"
    send(browser, now_of(light, claim), "undo", line=1)
    send(browser, now_of(light, claim), "approve", line=1, remedy="refund", goods="keep")
    assert [row.state for row in now_of(light, claim).refunds] == [RefundState.FAILED, RefundState.INTENT]


def test_the_case_of_an_erased_person_stays_readable_without_them(light: Installation, claim: Claim) -> None:
    with light.deps.units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, light.clock.now())
        unit.commit()
    page = light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}").text
    assert "Erased with the person" in page
    assert "ida@example.com" not in page
    assert "It does not light any more" not in page
