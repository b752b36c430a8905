"""The queue of claims: views with counts, filters in the address, many at once, what a page of it is worth."""

from __future__ import annotations

import csv
import re
from http import HTTPStatus

import pytest

from plugin.domain.claim.commands.deciding import examine
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.money import Money
from plugin.domain.shop import Role
from tests.build import MERCHANT
from tests.support.admin import Installation
from tests.support.claim_cases import a_bought, act_on, now_of, open_case, place


@pytest.fixture
def claims(light: Installation) -> list[str]:
    """Three claims: one asks for a photo, one is unsafe, one is a change of mind that the rules approved."""
    reasons = ("quality.defective", "safety.injury", "change_of_mind.dislike")
    return [
        open_case(light, place(light, a_bought(f"70{at}")), reason=reason, draft=f"draft{at}").id
        for at, reason in enumerate(reasons)
    ]


def test_views_hold_what_they_say_with_their_counts(light: Installation, claims: list[str]) -> None:
    browser = light.signed_in(Role.AGENT)
    shown = {
        view: [claim for claim in claims if f'id="row-{claim}"' in browser.get(f"/admin/claims?view={view}").text]
        for view in ("all", "safety", "mine", "unassigned")
    }
    assert shown == {"all": claims, "safety": [claims[1]], "mine": [], "unassigned": shown["unassigned"]}
    assert claims[0] in shown["unassigned"]
    page = browser.get("/admin/claims").text
    assert 'Safety <span class="views__count">1</span>' in page


def test_filters_stand_in_the_address_and_as_chips_that_come_off(light: Installation, claims: list[str]) -> None:
    page = light.signed_in(Role.AGENT).get("/admin/claims?view=all&tier=safety&q=701").text
    assert f'id="row-{claims[1]}"' in page
    assert f'id="row-{claims[0]}"' not in page
    assert 'href="/admin/claims?view=all&amp;tier=safety"' in page
    assert 'href="/admin/claims?view=all&amp;q=701"' in page


def test_the_queue_needs_no_claim_to_explain_itself(light: Installation) -> None:
    browser = light.signed_in(Role.VIEWER)
    assert "No claims yet" in browser.get("/admin/claims?view=all").text
    assert "No claim asks for this now" in browser.get("/admin/claims").text
    assert "Nothing matches" in browser.get("/admin/claims?q=zz").text


def test_chosen_claims_are_given_to_whoever_asks_or_is_named(light: Installation, claims: list[str]) -> None:
    browser = light.signed_in(Role.AGENT)
    other, _ = light.invite(Role.AGENT, "other@shop.example")
    browser.send("/admin/claims/bulk?view=all", claim=claims[:2], what="mine")
    assert len({now_of(light, claim).assignee for claim in claims[:2]} - {None}) == 1  # type: ignore[arg-type]  # its id
    answer = browser.send("/admin/claims/bulk?view=all", claim=claims[:1], what="assign", agent=other.id)
    assert answer.headers["Location"] == "/admin/claims?view=all"
    assert now_of(light, claims[0]).assignee == other.id  # type: ignore[arg-type]  # likewise
    undo = re.search(r'action="/admin/claims/unassign".*?value="(\w+)">', browser.get("/admin/claims").text, re.DOTALL)
    assert undo
    browser.send("/admin/claims/unassign", undo=undo[1])
    assert now_of(light, claims[0]).assignee not in {other.id, None}  # type: ignore[arg-type]  # likewise
    nobody = browser.send("/admin/claims/bulk", claim=claims[:1], what="assign", agent="stranger")
    assert nobody.status_code == HTTPStatus.NOT_FOUND
    assert browser.send("/admin/claims/bulk", what="mine").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_only_what_nothing_was_found_against_is_approved_in_one_go(light: Installation, claims: list[str]) -> None:
    found, unsafe, _ = claims
    clear = open_case(light, place(light, a_bought("709")), draft="clear")
    act_on(light, clear, lambda _: examine((("in_time", "ok", ""),), needs_person=True))
    browser = light.signed_in(Role.AGENT)
    answer = browser.send("/admin/claims/bulk", claim=[found, unsafe, clear.id], what="approve")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Done for 1. Left for a closer look: 2." in answer.text
    for claim in (found, unsafe):
        left = f"<bdi>{now_of(light, claim).number}</bdi></a>: The rules did not find everything in order"  # type: ignore[arg-type]  # its id
        assert left in answer.text
        assert re.search(rf'value="{claim}"[^>]* checked', answer.text)
    assert now_of(light, clear).line(1).decision is DecisionState.APPROVED
    for claim in (found, unsafe):
        assert now_of(light, claim).line(1).decision is DecisionState.PENDING  # type: ignore[arg-type]  # its id


def test_in_one_go_too_an_amount_above_the_limit_is_only_proposed(light: Installation) -> None:
    clear = open_case(light, place(light))
    act_on(light, clear, lambda _: examine((("in_time", "ok", ""),), needs_person=True))
    with light.deps.units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(second_above=(Money(100, "EUR"),)), light.clock.now())
        unit.commit()
    light.signed_in(Role.AGENT).send("/admin/claims/bulk", claim=[clear.id], what="approve")
    line = now_of(light, clear).line(1)
    assert line.decision is DecisionState.PENDING
    assert line.proposed


def test_home_says_what_waits_among_the_claims(light: Installation, claims: list[str]) -> None:
    del claims
    page = light.signed_in(Role.AGENT).get("/admin/").text
    assert "Safety claims" in page
    assert 'href="/admin/claims?view=money"' in page


@pytest.mark.parametrize("query", ["view=none", "tier=x", "status=lost"])
def test_a_view_nobody_offered_is_refused(light: Installation, query: str) -> None:
    assert light.signed_in().get(f"/admin/claims?{query}").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_everybody_may_take_all_claims_as_a_table_without_a_word_of_anybodys(
    light: Installation, claims: list[str]
) -> None:
    answer = light.signed_in(Role.VIEWER).get("/admin/claims/export.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(answer.text.lstrip("\ufeff").splitlines()))
    assert {row["claim"] for row in rows} == {now_of(light, claim).number for claim in claims}
    assert "@" not in answer.text
