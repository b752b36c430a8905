"""A guest withdraws on a phone, in Polish, with and without script; the acknowledgement arrives by real SMTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, expect

from integrations.mail.mailbox import Mailbox
from integrations.mail.outgoing import Carriers, Outgoing
from integrations.mail.smtp import SmtpMailer
from plugin.demo.policy import demo_policy
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.clocks.engine import Law
from plugin.domain.effects import SendMail
from plugin.domain.ids import ClaimId, OrderId
from plugin.usecases.claim.act import read_claim
from plugin.usecases.withdrawal_link import order_link_token
from tests.build import MERCHANT, NOW, PLACED, a_fulfilment, a_line, a_shopper, an_event, an_order
from tests.support.admin import install, listening
from tests.support.mail_server import Post, post_office
from tests.support.withdrawing import Withdrawing

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 320, "height": 640}, "locale": "pl-PL"}
MINUTE = timedelta(minutes=1)


@dataclass
class Counter:
    """A running shop, its post office, and the shopper's phone."""

    url: str
    function: Withdrawing
    post: Post
    browser: Browser

    def phone(self, *, has_script: bool = True, **context: object) -> Page:
        return self.browser.new_context(**{**PHONE, "java_script_enabled": has_script, **context}).new_page()  # type: ignore[arg-type]  # passed through


@pytest.fixture
def counter(sqlite_url: str, tmp_path: Path, law: Law, browser: Browser) -> Iterator[Counter]:
    running = install(sqlite_url, tmp_path, law)
    with post_office() as post, listening(running.app) as url:
        carrier = SmtpMailer(running.clock, host="localhost", allows_private=True)
        mailer = Outgoing(cast("Mailbox", None), Carriers(carrier, carrier), None, is_demo=False)
        running.deps = replace(running.deps, mailer=mailer)
        function = Withdrawing(running)
        with running.deps.units(MERCHANT) as unit:
            unit.policies.add(replace(demo_policy(PLACED), effective_from=PLACED - timedelta(days=30)))
            unit.senders.save(post.sender(), NOW)
            unit.commit()
        yield Counter(url, function, post, browser)
        for context in browser.contexts:
            context.close()
    running.storage.close()


def sell(counter: Counter) -> str:
    """Put a delivered order of two things on record; the id."""
    lines = (a_line("11", quantity=2, title="Latarka namiotowa"), a_line("12", title="Śledź"))
    arrived = (a_fulfilment(events=(an_event(NOW - timedelta(days=3)),)),)
    bought = an_order("1001", country="PL", lines=lines, fulfilments=arrived, language="pl", shopper=a_shopper())
    policy = counter.function.at.deps
    with policy.units.read(MERCHANT) as unit:
        version = unit.policies.all()[0].id
    (order,) = counter.function.at.keep(bought, policy_version=version)
    return order


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_guest_on_a_phone_withdraws_from_the_shops_page_in_two_screens(counter: Counter, *, has_script: bool) -> None:
    sell(counter)
    page = counter.phone(has_script=has_script)
    page.goto(f"{counter.url}/s/key-Nordkap/pl/PL")
    way = page.get_by_role("link", name="Odstąp od umowy tutaj")
    expect(way).to_be_in_viewport()
    address = (way.get_attribute("href") or "").replace("http://localhost:8000", counter.url)
    page.goto(address)
    page.get_by_label("Imię i nazwisko").fill("Ida Holm")
    page.get_by_label("Numer zamówienia").fill("zamówienie 1001")
    page.get_by_role("button", name="Odstąp od umowy tutaj").click()
    wrong = page.get_by_text("Podaj adres e-mail")
    expect(wrong).to_be_visible()
    expect(page.get_by_label("Numer zamówienia")).to_have_value("zamówienie 1001")
    page.get_by_label("Adres e-mail").fill("ida@example.com")
    page.get_by_role("button", name="Odstąp od umowy tutaj").click()
    expect(page.get_by_text("całe zamówienie")).to_be_visible()
    page.get_by_role("button", name="Potwierdź odstąpienie od umowy").click()
    expect(page.get_by_role("heading")).to_have_text("Otrzymaliśmy Twoje oświadczenie o odstąpieniu.")
    expect(page.get_by_text("13:00:00 (UTC+01:00)")).to_be_visible()
    number = re.search(r"[0-9A-V]{4}-[0-9A-V]{4}", page.inner_text("main"))
    assert number
    _arrives_within_a_minute(counter, number[0])


def _arrives_within_a_minute(counter: Counter, number: str) -> None:
    at = counter.function.at
    with at.deps.units.read(MERCHANT) as unit:
        (due,) = unit.mails.unsent(NOW - MINUTE, NOW + MINUTE, 10)
    assert [effect for effect in at.jobs.waiting if isinstance(effect, SendMail)] == [SendMail(MERCHANT, due)]
    at.run_jobs()
    letter = counter.post.taken[0]
    assert letter.recipient == "ida@example.com"
    assert number in letter.body("plain")
    assert "Odstąp od umowy tutaj" in letter.body("html")
    with at.deps.units.read(MERCHANT) as unit:
        claim = read_claim(ClaimId(due.removeprefix("acknowledged-")), unit)
    assert claim.withdrawal is WithdrawalState.AWAITING_GOODS
    assert claim.declared_at == NOW


def test_by_keyboard_alone_from_a_mailed_link_with_the_order_to_pick_from(counter: Counter) -> None:
    order = sell(counter)
    token = order_link_token(OrderId(order), counter.function.shop, counter.function.at.deps.secrets)
    page = counter.phone()
    page.goto(f"{counter.url}/s/key-Nordkap/withdraw?lang=pl&order={token}")
    for _ in range(3):  # name, order, the first goods
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # from two to one
    page.keyboard.press("Tab")
    page.keyboard.press("End")  # none of the second
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 × Latarka namiotowa")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading")).to_have_text("Otrzymaliśmy Twoje oświadczenie o odstąpieniu.")
    counter.function.at.run_jobs()
    with counter.function.at.deps.units.read(MERCHANT) as unit:
        (opened,) = unit.claims.of_order(OrderId(order))
        claim = read_claim(opened, unit)
    assert [(line.order_line, line.quantity) for line in claim.lines] == [("11", 1)]


def test_two_taps_without_script_declare_once(counter: Counter) -> None:
    page = counter.phone(has_script=False)
    page.goto(f"{counter.url}/s/key-Nordkap/withdraw?lang=pl")
    for name, text in (("name", "Ida"), ("reference", "?"), ("reply_to", "ida@example.com")):
        page.fill(f"#{name}", text)
    page.locator("button.official").click()
    page.locator("button.official").click(click_count=2, no_wait_after=True)
    expect(page.get_by_role("heading")).to_have_text("Otrzymaliśmy Twoje oświadczenie o odstąpieniu.")
    assert len(counter.function.declared()) == 1
