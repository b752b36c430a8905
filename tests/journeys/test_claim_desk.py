"""An agent's day with claims, in a real browser: few actions, by keyboard, a queue that follows what happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.effects import ExecuteRefund
from plugin.domain.money import Money
from plugin.domain.shop import Role
from tests.support.claim_cases import a_bought, now_of, open_case, place
from tests.support.keyboard import Keys
from tests.support.office import Office, complaints

pytestmark = pytest.mark.browser

MOST_ACTIONS = 4
"""What an ordinary return may take from the queue to the money: opening the case is one of them."""


def actions(page: Page) -> list[str]:
    """Every page that somebody opens and every form they send, from now on; what happens by itself is none."""
    done: list[str] = []

    def count(request: Request) -> None:
        if request.is_navigation_request() and not request.redirected_from:
            done.append(f"{request.method} {request.url}")

    page.on("request", count)
    return done


def test_an_ordinary_return_takes_at_most_four_actions_from_the_queue(office: Office) -> None:
    claim = open_case(office.installation, place(office.installation, a_bought("9201")), draft="ordinary")
    page = office.desk(role=Role.AGENT)
    page.goto(f"{office.url}/admin/claims?q=9201")
    heard, done = complaints(page), actions(page)
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text(f"Claim {claim.number}")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Done")
    page.get_by_role("button", name="Record goods received", exact=True).click()
    expect(page.locator("#money ~ .refund")).to_contain_text("granted")
    settled = now_of(office.installation, claim)
    assert settled.refunds[0].total == settled.line(1).judged.price
    assert settled.refunds[0].total > Money(0, "EUR")
    assert any(isinstance(effect, ExecuteRefund) for effect in office.installation.jobs.waiting)
    assert len(done) <= MOST_ACTIONS, done
    assert heard == []


def test_from_the_door_to_a_decision_and_back_with_the_keyboard_alone(office: Office, tmp_path: Path) -> None:
    claim = open_case(office.installation, place(office.installation, a_bought("9203")), draft="by keys")
    _, link = office.installation.invite(Role.AGENT, "kim@shop.example")
    context = office.browser.new_context(viewport={"width": 1280, "height": 800})
    office.contexts.append(context)
    page = context.new_page()
    keys = Keys(page, f"{office.url}/admin/sign-in/{link}")
    keys.press("Sign in")
    keys.to("Skip to")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "work"
    page.goto(f"{office.url}/admin/claims?q=9203")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.closest('dialog, body').localName") != "main"
    page.keyboard.press("Escape")
    assert keys.at == claim.number, "the focus is back where it was"
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text(f"Claim {claim.number}")
    keys.to("Refuse")
    page.keyboard.press("Enter")
    keys.press("Refuse")
    expect(page.locator("[aria-invalid=true]:focus")).to_be_visible()
    keys.press("Approve")
    expect(page.get_by_role("status").first).to_contain_text("Done")
    keys.press("Take the decision back")
    assert now_of(office.installation, claim).line(1).decision is DecisionState.PENDING
    paper = tmp_path / "receipt.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF\n")
    keys.pick_file("Photos, videos or PDF files", paper)
    keys.press("Add files")
    expect(page.locator("#evidence ~ .files")).to_contain_text("receipt.pdf")


def test_single_keys_can_be_switched_off_and_on(office: Office) -> None:
    page = office.desk(role=Role.AGENT)
    keys = Keys(page, f"{office.url}/admin/account")
    keys.to("Show this help")
    page.keyboard.press("Enter")
    keys.to("These keys work in this browser")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    assert keys.at == "Show this help"
    page.goto(f"{office.url}/admin/claims?view=all")
    for key in "j?":
        page.keyboard.press(key)
    assert page.evaluate("() => document.activeElement.localName") == "body"
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto(f"{office.url}/admin/account")
    page.get_by_role("button", name="Show this help").click()
    page.get_by_label("These keys work in this browser").check()
    page.goto(f"{office.url}/admin/claims?view=all")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_queue_shows_what_came_in_meanwhile_and_keeps_the_place(office: Office) -> None:
    page = office.desk(role=Role.AGENT)
    page.goto(f"{office.url}/admin/claims?view=all")
    page.keyboard.press("j")
    at = page.locator("[data-row]:focus-within th a").inner_text()
    claim = open_case(office.installation, place(office.installation, a_bought("9202")), draft="late")
    page.evaluate("() => document.getElementById('results').dispatchEvent(new Event('follow'))")
    expect(page.locator(f"#row-{claim.id}")).to_be_visible()
    assert page.locator("[data-row]:focus-within th a").inner_text() == at
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text(f"Claim {at}")


def test_a_queue_in_use_is_left_alone(office: Office) -> None:
    page = office.desk(role=Role.AGENT)
    page.clock.install()
    page.goto(f"{office.url}/admin/claims?view=all")
    asked: list[str] = []
    page.on("request", lambda request: "/admin/claims" in request.url and asked.append(request.url))
    page.locator("tbody input").first.check()
    page.clock.run_for(60_000)
    assert asked == []
    page.locator("tbody input").first.uncheck()
    with page.expect_request("**/admin/claims?view=all"):
        page.clock.run_for(21_000)
