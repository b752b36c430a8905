"""What the shopper answered after a claim: on the case, in its file, and in the table of all claims; and a quote."""

from __future__ import annotations

import csv
import json

import pytest

from plugin.domain.case_file.verify import read_case_file
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.events import SurveyAnswered, SurveyAsked
from plugin.domain.claim.machines.goods import RepairState
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import CLOCK, SHOPPER
from plugin.domain.money import Money
from plugin.domain.shop import Role
from tests.support.admin import Installation
from tests.support.claim_cases import act_on, now_of, open_case, place
from tests.web.admin.test_claims import send


@pytest.fixture
def claim(light: Installation) -> Claim:
    return open_case(light, place(light), words="It does not light any more")


def answered(light: Installation, claim: Claim, answer: SurveyAnswer, words: str | None) -> None:
    drafts = (Draft(SurveyAsked(), CLOCK), Draft(SurveyAnswered(answer), SHOPPER, words))
    act_on(light, claim, lambda _: drafts)


def test_the_answer_and_its_words_stand_on_the_case(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    assert "Did this solve it?" not in browser.get(f"/admin/claims/{claim.id}").text
    answered(light, claim, SurveyAnswer.PARTLY, "One of two <works>.")
    page = browser.get(f"/admin/claims/{claim.id}").text
    assert "<strong>Partly</strong>" in page
    assert "Solved? Partly" in page
    assert "One of two &lt;works&gt;." in page


def test_the_answer_is_in_the_case_file_with_its_words(light: Installation, claim: Claim) -> None:
    answered(light, claim, SurveyAnswer.NO, "Still dark.")
    data = light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}/case-file.json").data
    filed = read_case_file(data)
    assert filed is not None
    last = filed.case.record[-1]
    assert json.loads(last.body)["event"] == {"type": "SurveyAnswered", "answer": "no"}
    assert last.words is not None
    assert last.words.text == "Still dark."


def test_the_answer_is_a_column_of_the_table_and_its_words_are_not(light: Installation, claim: Claim) -> None:
    answered(light, claim, SurveyAnswer.YES, "Ida is happy.")
    table = light.signed_in(Role.VIEWER).get("/admin/claims/export.csv").text
    (row,) = csv.DictReader(table.lstrip("\ufeff").splitlines())
    assert row["survey"] == "yes"
    assert "Ida is happy" not in table


def test_a_quote_is_typed_with_its_price_and_one_without_is_told_at_its_field(light: Installation) -> None:
    claim = open_case(light, place(light), reason="change_of_mind.dislike")
    browser = light.signed_in(Role.AGENT)
    send(browser, claim, "offer", line=1, remedy="repair")
    send(browser, now_of(light, claim), "choose", line=1, remedy="repair", was_told="1")
    for step in ("booked", "received", "diagnosed"):
        send(browser, now_of(light, claim), "repair", line=1, to=step)
    missing = send(browser, now_of(light, claim), "repair", line=1, to="quoted", amount="", words="A new wick.")
    assert "This is no amount of money." in missing.text
    assert "A new wick." in missing.text
    send(browser, now_of(light, claim), "repair", line=1, to="quoted", amount="19,90", words="A new wick.")
    line = now_of(light, claim).line(1)
    assert (line.repair, line.quote) == (RepairState.QUOTED, Money(1990, "EUR"))
    assert "€19.90" in browser.get(f"/admin/claims/{claim.id}").text
