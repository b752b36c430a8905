"""The page of a claim: what has happened, where the money is, what was written, and what may be done now."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import conversing, deciding, remedying
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import RepairState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import Actor, ActorKind, Payment, Refusal
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import ClaimId, LabelId
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.i18n import catalogue
from plugin.usecases.claim.act import Command, read_claim
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.follow_refund import follow_refund
from plugin.usecases.claim.work import work_on_claim
from plugin.usecases.prove_shopper import label_token
from tests.build import MERCHANT
from tests.support.admin import RIVAL
from tests.web.portal.conftest import Portal
from tests.web.portal.test_steps import submit, written

AGENT = Actor(ActorKind.AGENT, "staff1")
CLAUSE = Refusal("worn", Basis("policy", "v1", "v1 · DE · returns"))


def opened(portal: Portal, reason: str = "change_of_mind.not_needed", remedy: str = "refund") -> tuple[str, ClaimId]:
    """The page's address and the claim, which a person decides: the rules may decide no amount alone."""
    with portal.installation.deps.units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(second_above=(Money(0, "EUR"),)), portal.installation.clock.now())
        unit.commit()
    page = submit(portal, written(portal, reason=reason, remedy=remedy)).partition("?")[0]
    with portal.installation.deps.units.read(MERCHANT) as unit:
        (claim,) = unit.claims.of_order(portal.order)
    return page, claim


def work(portal: Portal, claim: ClaimId, command: Command) -> Claim:
    portal.installation.clock.advance(timedelta(minutes=1))
    desk = desk_of(portal.installation.deps, MERCHANT)
    return work_on_claim(claim, command, desk=desk, now=portal.installation.clock.now())


def now(portal: Portal, claim: ClaimId) -> Claim:
    with portal.installation.deps.units.read(MERCHANT) as unit:
        return read_claim(claim, unit)


def refuse(portal: Portal, claim: ClaimId) -> None:
    work(portal, claim, lambda it: deciding.reject(it, 1, 2, CLAUSE, "The lantern was worn.\nSorry.", AGENT))


def test_the_page_tells_the_number_what_was_asked_and_what_has_happened(portal: Portal) -> None:
    page, claim = opened(portal)
    shown = portal.get(page)
    number = now(portal, claim).number
    assert f"We have received your request {number}" in shown.text
    assert "Not decided yet" in shown.text
    assert "Our answer: Monday 23 November 2026" in shown.text
    assert "I do not need it any more" in shown.text
    assert "Saturday 21 November 2026, 13:00" in shown.text, "by the clock where the goods went"
    assert (shown.headers["Cache-Control"], shown.headers["X-Robots-Tag"]) == ("no-store", "noindex")


def test_what_is_written_stands_there_both_ways_and_pressing_twice_writes_once(portal: Portal) -> None:
    page, claim = opened(portal)
    work(portal, claim, lambda it: conversing.ask(it, "Which colour is it?", AGENT))
    shown = portal.get(page).text
    assert "We need your answer" in shown
    assert "Which colour is it?" in shown
    portal.installation.clock.advance(timedelta(minutes=1))
    for _ in range(2):
        assert portal.answer(f"{page}/messages", words="It is <b>green</b>") == page
    shown = portal.get(page).text
    assert shown.count("It is &lt;b&gt;green&lt;/b&gt;") == 1
    assert status_of(now(portal, claim)) is not ClaimStatus.NEEDS_INFO


def test_an_empty_message_changes_nothing(portal: Portal) -> None:
    page, claim = opened(portal)
    before = now(portal, claim).version
    portal.answer(f"{page}/messages", words="  ")
    assert now(portal, claim).version == before


def test_nobody_floods_the_shop_and_nothing_typed_is_lost(portal: Portal) -> None:
    page, _ = opened(portal)
    for number in range(30):
        portal.answer(f"{page}/messages", words=f"Message {number}")
    answer = portal.post(f"{page}/messages", words="One more")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert ">One more</textarea>" in answer.text


def test_a_refusal_names_its_clause_and_the_law_and_one_tap_asks_another_person(portal: Portal) -> None:
    page, claim = opened(portal, reason="quality.defective", remedy="repair")
    refuse(portal, claim)
    shown = portal.get(page).text
    assert "The lantern was worn.\nSorry." in shown
    assert "v1 · DE" not in shown
    clause = re.search(r'href="(/s/[^"]+)#(rule-[^"]+)" rel="noreferrer"><bdi>[^<]+: Shop return</bdi>', shown)
    assert clause, "the shop's clause, by its name"
    assert f'id="{clause[2]}"' in portal.get(clause[1]).text, "where the page tells it"
    assert re.search(r'href="http[^"]+" rel="noreferrer"><bdi>Directive \(EU\) 2019/771', shown), (
        "the law beside the shop's clause"
    )
    assert "Until Monday 21 December 2026 you can ask for another decision" in shown
    assert portal.answer(f"{page}/appeal/1", words="") == page
    assert now(portal, claim).line(1).decision is DecisionState.PENDING
    assert status_of(now(portal, claim)) is ClaimStatus.APPEALED
    assert portal.answer(f"{page}/appeal/1") == page, "pressing twice"
    assert "Ask for another decision" not in portal.get(page).text


def test_an_appeal_holds_for_thirty_days(portal: Portal) -> None:
    page, claim = opened(portal)
    refuse(portal, claim)
    portal.installation.clock.advance(timedelta(days=30))
    assert "Ask for another decision" not in portal.get(page).text
    portal.answer(f"{page}/appeal/1")
    assert now(portal, claim).line(1).decision is DecisionState.REJECTED


def test_a_claim_can_be_called_off_while_nothing_was_done_and_not_after(portal: Portal) -> None:
    page, claim = opened(portal)
    assert "Call off this request" in portal.get(page).text
    for _ in range(2):
        assert portal.answer(f"{page}/cancel") == page
    shown = portal.get(page).text
    assert "is called off" in shown
    assert "Call off this request" not in shown
    assert status_of(now(portal, claim)) is ClaimStatus.CANCELLED


def test_the_money_is_followed_with_its_parts_and_its_last_day(portal: Portal) -> None:
    page, claim = opened(portal, reason="quality.defective", remedy="refund")
    line = now(portal, claim).line(1)
    plan = replace(usual_plan(Remedy.REFUND, line.judged), needs_goods=False, payment=Payment.AT_ONCE)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, plan, AGENT))
    shown = portal.get(page).text
    assert "€60.00" in shown
    assert "The money goes back the way you paid." in shown


def test_money_that_waits_for_the_goods_says_so(portal: Portal) -> None:
    page, claim = opened(portal)
    line = now(portal, claim).line(1)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, usual_plan(Remedy.REFUND, line.judged), AGENT))
    shown = portal.get(page).text
    assert "We pay the money back once the goods have arrived." in shown
    assert "€5.00" in shown
    assert "Approved" in shown


def test_goods_go_back_with_the_papers_of_their_parcel(portal: Portal) -> None:
    page, claim = opened(portal)
    line = now(portal, claim).line(1)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, usual_plan(Remedy.REFUND, line.judged), AGENT))
    shown = portal.get(page).text
    assert "Nordkap Lager" in shown
    papers = re.findall(r'href="([^"]+/papers/[^"]+)"', shown)
    assert [path.rpartition("/")[2] for path in papers] == ["label.pdf", "slip.pdf"]
    for path in papers:
        answer = portal.get(path)
        assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
        assert answer.headers["Cache-Control"] == "no-store"
    label = papers[0].rpartition("/")[0]
    assert portal.get(f"{label}/customs.pdf").status_code == 404, "no border is crossed"
    assert portal.get(f"{label}/secret.pdf").status_code == 404
    token = label_token(portal.installation.deps.secrets, portal.shop.id, LabelId(label.rpartition("/")[2]))
    for_that_file = page.partition("/claims/")[0] + "/labels/"
    assert portal.get(f"{for_that_file}{token}.pdf").data[:5] == b"%PDF-", "as the shop's platform shows it"
    assert portal.get(f"{for_that_file}{token[:-1]}.pdf").status_code == 404
    assert portal.get(f"{for_that_file}{page.rpartition('/')[2].partition('?')[0]}.pdf").status_code == 404
    assert portal.get(papers[0].replace(label.rpartition("/")[2], "another")).status_code == 404


def test_a_repair_tells_by_how_much_the_guarantee_is_longer(portal: Portal) -> None:
    page, claim = opened(portal, reason="quality.defective", remedy="repair")
    line = now(portal, claim).line(1)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, usual_plan(Remedy.REPAIR, line.judged), AGENT))
    for state in ("booked", "received", "diagnosed", "repairing", "tested", "shipped", "delivered"):
        work(portal, claim, lambda it, to=state: remedying.move_repair(it, 1, RepairState(to), AGENT))
    if not now(portal, claim).line(1).is_guarantee_extended:
        work(portal, claim, lambda it: remedying.extend_guarantee(it, 1, date(2029, 11, 5)))
    shown = portal.get(page).text
    assert "1 year more" in shown
    assert re.search(r"until \w+ \d+ \w+ 2029", shown)


def test_an_offer_is_shown_with_the_choice_by_law_and_taken_with_one_tap(portal: Portal) -> None:
    page, claim = opened(portal, reason="quality.defective", remedy="repair")
    line = now(portal, claim).line(1)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, usual_plan(Remedy.REPAIR, line.judged), AGENT))
    other = usual_plan(Remedy.REPLACEMENT, line.judged)
    work(portal, claim, lambda it: remedying.offer(it, 1, other, AGENT))
    shown = portal.get(page).text
    assert "By law you choose between repair and replacement" in shown
    for _ in range(2):
        assert portal.answer(f"{page}/accept/1") == page
    after = now(portal, claim).line(1)
    assert (after.remedy, after.plan) == (RemedyState.ACCEPTED, other)


@pytest.mark.parametrize("forged", ["x.y", "AAAA"])
def test_a_page_opens_to_its_own_token_only(portal: Portal, forged: str) -> None:
    page, _ = opened(portal)
    with portal.installation.deps.units.read(RIVAL) as unit:
        rival = unit.shops.all()[0]
    token = page.rpartition("/")[2]
    for path in (page.replace(portal.shop.key, rival.key), page.replace(token, forged), f"{page[:-3]}abc"):
        assert portal.get(path).status_code == 404
        assert portal.post(f"{path}/cancel").status_code == 404


def test_the_account_of_a_refund_of_another_claim_cannot_be_named(portal: Portal) -> None:
    page, _ = opened(portal)
    assert portal.post(f"{page}/account/somebodys", holder="Ida", iban="DE89370400440532013000").status_code == 404


def test_an_erased_shoppers_page_is_gone(portal: Portal) -> None:
    page, _ = opened(portal)
    with portal.installation.deps.units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, portal.installation.clock.now())
        unit.commit()
    assert portal.get(page).status_code == 404


def test_money_that_cannot_go_back_the_way_it_came_goes_to_an_account_the_shopper_names(portal: Portal) -> None:
    page, claim = opened(portal, reason="quality.defective", remedy="refund")
    plan = replace(usual_plan(Remedy.REFUND, now(portal, claim).line(1).judged), needs_goods=False)
    work(portal, claim, lambda it: deciding.approve(it, 1, 2, replace(plan, payment=Payment.AT_ONCE), AGENT))
    (row,) = now(portal, claim).refunds
    with portal.installation.deps.units(MERCHANT) as unit:
        closed = unit.refunds.get(row.id).awaits_shopper("payment_closed", portal.installation.clock.now())
        unit.refunds.save([closed])
        unit.commit()
    desk = desk_of(portal.installation.deps, MERCHANT)
    follow_refund(row.id, desk=desk, now=portal.installation.clock.now())
    assert "Account number (IBAN)" in portal.get(page).text
    mistyped = portal.post(f"{page}/account/{row.id}", holder="Ida Holm", iban="DE89 3704 0044 0532 0130 01")
    assert mistyped.status_code == 422
    assert catalogue("en").text("problem.not_an_account") in mistyped.text
    assert 'value="Ida Holm"' in mistyped.text, "nothing typed is lost"
    assert portal.answer(f"{page}/account/{row.id}", holder="Ida Holm", iban="DE89 3704 0044 0532 0130 00") == page
    shown = portal.get(page).text
    assert "DE•• •••• 3000" in shown
    assert "0532" not in shown
