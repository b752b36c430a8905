"""An agent's day with claims, in a real browser: few actions, by keyboard, a queue that follows what happens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from plugin.domain.effects import ExecuteRefund
from plugin.domain.money import Money
from plugin.domain.shop import Role
from tests.support.claim_cases import a_bought, now_of, open_case, place
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
