"""Claims from the shopper's tap to the settled refund, on the demo as it is served: platform, mail, worker and all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import Tier
from plugin.domain.entitlement import Right
from plugin.domain.refund.intent import RefundState
from plugin.usecases.quote_entitlements import quote_entitlements
from tests.support.claim_journey import Agent, Shopper, Town
from tests.support.demo_store import running_store, running_worker
from tests.support.processes import Nursery

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def town(
    nursery: Nursery, tmp_path_factory: pytest.TempPathFactory, run_folder: Path, browser: Browser
) -> Iterator[Town]:
    with running_store(tmp_path_factory.mktemp("home"), run_folder) as store, running_worker(nursery, store):
        opened = Town(store, browser)
        yield opened
        opened.close()


def is_settled(town: Town, number: str) -> bool:
    return status_of(town.claim(number)) is ClaimStatus.RESOLVED


def test_an_ordinary_return_is_paid_back_after_at_most_four_actions(town: Town) -> None:
    shopper = Shopper(town, "3005", town.phone()).find().ask("change_of_mind.dislike", "refund")
    expect(shopper.page.get_by_text("You get back", exact=False).first).to_be_visible()
    shopper.send()
    agent = Agent(town, town.desk(), "3005").open()
    if town.claim("3005").needs_person:
        agent.act("approve-1")
    agent.act("receive-1")
    assert agent.actions <= 4
    town.wait(lambda: is_settled(town, "3005"), "the refund is settled")
    assert town.refunded("3005") == [town.claim("3005").refunds[0].total.minor]
    town.wait_for_letter("3005", "refund")


def pay_the_difference(town: Town, page: Page) -> None:
    """Follow the claim's link to the platform's checkout, which the demo plays on its own pages, and come back."""
    page.reload()
    there = urlsplit(str(page.get_by_role("link", name="Pay the difference").get_attribute("href")))
    page.goto(f"{town.store.url}{there.path}?{there.query}")
    expect(page.locator("main").get_by_text("€20.00")).to_be_visible()
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/claims/**")
    expect(page.get_by_text("You pay €20.00 more.")).to_be_visible()


def test_a_dearer_size_is_exchanged_and_the_difference_paid_at_the_platform(town: Town) -> None:
    shopper = Shopper(town, "3002", town.phone()).find()
    shopper.ask("size.too_small", "exchange", variant="XL · You pay €20.00 more.")
    expect(shopper.page.get_by_text("You pay €20.00 more.")).to_be_visible()
    shopper.send()
    expect(shopper.page.get_by_text("You pay €20.00 more.")).to_be_visible()
    agent = Agent(town, town.desk(), "3002").open()
    expect(agent.page.get_by_text("XL (5044)").first).to_be_visible()
    if town.claim("3002").needs_person:
        agent.act("approve-1")
    agent.act("receive-1")
    town.wait(lambda: is_settled(town, "3002"), "the exchange is made")
    assert [(deed.kind, deed.beyond) for deed in town.book("3002").deeds] == [("exchange", 2000)]
    assert town.refunded("3002") == []
    town.wait_for_letter("3002", "You pay €20.00 more.")
    pay_the_difference(town, shopper.page)
    assert all(deed.paid_at for deed in town.book("3002").deeds)


def test_a_guest_withdraws_in_polish_on_a_phone(town: Town) -> None:
    order = town.order("3003").order
    page = town.phone("pl-PL")
    page.goto(f"{town.store.url}/s/{town.store.shop().key}/withdraw?lang=pl")
    fields = page.locator("main form input:not([type=hidden]):not([type=radio]):not([type=checkbox])")
    for at, text in enumerate(("Jan Nowak", "3003", str(order.shopper.email))):
        fields.nth(at).fill(text)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    town.wait(lambda: any("Odst" in each for each in town.letters("3003")), "the acknowledgement is mailed")
    town.wait(lambda: town.claims("3003"), "the claim is opened")
    Agent(town, town.desk(), "3003").open().act("receive-1")
    town.wait(lambda: is_settled(town, "3003"), "the refund is settled")
    assert town.refunded("3003") == [order.total.presentment.minor], "goods and delivery"


def test_a_defect_in_month_20_is_repaired_and_the_guarantee_is_longer(town: Town) -> None:
    address = {"country": "FR", "city": "Lyon", "postcode": "69001"}
    sold = town.sell("3005", "7004", delivered_days_ago=600, country=address)
    before = guarantee(town, "7004")
    Shopper(town, "7004", town.phone()).find().ask("quality.stopped_working", "repair", "It stays dark").send()
    agent = Agent(town, town.desk(), "7004").open()
    agent.act("approve-1").act("receive-1")
    for step in ("booked", "repairing", "tested", "shipped", "delivered"):
        agent.act("repair-1", {"to": step})
    assert is_settled(town, "7004")
    after = guarantee(town, "7004")
    assert before is not None
    assert after is not None
    assert (after - before).days >= 180, "six months in France for contracts before 31 July 2026"
    town.wait_for_letter("7004", f"{after.day} {after:%B} {after.year}")
    assert town.refunded(sold.order.number) == []


def guarantee(town: Town, number: str):  # noqa: ANN201 - a day or None
    shop, deps = town.store.shop(), town.store.runtime.deps
    told = quote_entitlements(
        town.order(number).id, merchant=shop.merchant, units=deps.units, law=deps.law, now=deps.clock.now()
    )
    return told.lines[0].clock(Right.LEGAL_GUARANTEE).shown_last_day


def test_a_lost_parcel_is_sent_again(town: Town) -> None:
    Shopper(town, "3013", town.phone()).find().ask("logistics.lost", "replacement", line="Solar lantern").send()
    Agent(town, town.desk(), "3013").open().act("approve-1", {"remedy": "replacement", "goods": "keep"})
    town.wait(lambda: is_settled(town, "3013"), "the replacement is made")
    assert [deed.kind for deed in town.book("3013").deeds] == ["replacement"]
    assert town.refunded("3013") == []
    town.wait_for_letter("3013", str(town.claim("3013").line(1).remedy_detail))


def test_one_of_two_is_refused_appealed_and_paid_after_all(town: Town) -> None:
    shopper = (
        Shopper(town, "2059", town.phone())
        .find()
        .ask("quality.defective", "refund", "One is scratched", units=2)
        .send()
    )
    first = Agent(town, town.desk(), "2059").open()
    refusal = {"quantity": "1", "kind": "policy", "citation": "Returns, clause 3", "words": "This one shows a fall."}
    first.act("refuse-1", {**refusal, "clause": "other"}).act("approve-1", {"remedy": "refund"})
    assert {line.decision for line in town.claim("2059").lines} >= {DecisionState.REJECTED}
    shopper.page.reload()
    expect(shopper.page.get_by_text("Returns, clause 3").first).to_be_visible()
    shopper.page.locator("form[action*='/appeal/'] button").first.click()
    expect(shopper.page.locator("form[action*='/appeal/']")).to_have_count(0)
    refused = next(line.no for line in town.claim("2059").lines if line.is_appealed)
    second = Agent(town, town.desk(), "2059").open()
    second.act(f"approve-{refused}", {"remedy": "refund"})
    for line in town.claim("2059").lines:
        second.act(f"receive-{line.no}")
    town.wait(lambda: is_settled(town, "2059"), "both refunds are settled")
    assert sum(town.refunded("2059")) == sum(row.total.minor for row in town.claim("2059").refunds)
    told = "\n".join(town.letters("2059"))
    assert "Returns, clause 3" in told
    assert "This one shows a fall." in told


def test_cash_on_delivery_is_paid_back_to_an_account(town: Town) -> None:
    town.complete("3014")
    shopper = Shopper(town, "3014", town.phone()).find().ask("change_of_mind.dislike", "refund").send()
    agent = Agent(town, town.desk(), "3014").open()
    if town.claim("3014").needs_person:
        agent.act("approve-1")
    agent.act("receive-1")
    town.wait(lambda: town.refund_state("3014") is RefundState.NEEDS_SHOPPER_DATA, "the account is asked for")
    shopper.page.reload()
    form = shopper.page.locator("form[action*='/account/']")
    form.locator("input[name=holder]").fill("Anna Gruber")
    form.locator("input[name=iban]").fill("AT61 1904 3002 3457 3201")
    form.locator("button").last.click()
    expect(shopper.page.get_by_text("3201").first).to_be_visible()
    agent.page.goto(f"{town.store.url}/admin/payouts")
    agent.page.locator("input[type=checkbox][name=refund]").first.check()
    paid = agent.page.locator("details", has=agent.page.locator("button[formaction*='/payouts/paid']"))
    paid.locator("> summary").click()
    paid.locator("button[formaction*='/payouts/paid']").click()
    town.wait(lambda: is_settled(town, "3014"), "the platform records the payout")
    assert town.refunded("3014") == [town.claim("3014").refunds[0].total.minor]


def test_a_safety_case_comes_first_and_waits_for_no_goods(town: Town) -> None:
    Shopper(town, "3004", town.phone()).find().ask(
        "safety.fire_or_shock", "refund", "It smoked", line="Tern headlamp 600"
    ).send()
    claim = town.claim("3004")
    assert claim.tier is Tier.SAFETY
    desk = town.desk()
    desk.goto(f"{town.store.url}/admin/claims?view=safety")
    expect(desk.locator("tr[data-row] th a", has_text=claim.number)).to_be_visible()
    Agent(town, desk, "3004").open().act("approve-1", {"remedy": "refund", "goods": "keep"})
    town.wait(lambda: is_settled(town, "3004"), "the refund is settled")
    assert town.refunded("3004") == [town.claim("3004").refunds[0].total.minor]
    town.wait_for_letter("3004", "refund")
