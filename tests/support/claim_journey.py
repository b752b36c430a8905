"""People of a claim's journey through the running demo: a shopper on a phone, an agent at a desk, and what they see."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, Page, expect

from integrations.platforms import TRANSLATORS
from plugin.demo.calendar import offset, shifted
from plugin.demo.platform.books import Book, Books
from plugin.domain.claim.claim import Claim
from plugin.domain.ids import ClaimId
from plugin.domain.order import Platform
from plugin.domain.refund.intent import RefundState
from plugin.domain.shop import Role
from plugin.domain.stored import StoredOrder
from plugin.ports.platform import Message
from plugin.storage.sealer import AppSealer
from plugin.usecases.claim.act import read_claim
from plugin.usecases.import_orders import import_orders
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.mark_delivered import Delivery, mark_delivered
from plugin.usecases.read_record import Reading, read_record
from plugin.usecases.sign_in import sign_in
from tests.support.browser import spill, violations
from tests.support.demo_store import Store

PATIENCE = 40.0
"""Seconds that the worker gets; it needs one or two."""


@dataclass
class Town:
    """The running demo with its worker, and everybody in it."""

    store: Store
    browser: Browser
    opened: list[Any] = field(default_factory=list)

    @property
    def merchant(self) -> str:
        return self.store.shop().merchant

    def sell(self, base: str, number: str, delivered_days_ago: int | None = 3, **facts: object) -> StoredOrder:
        """Put an order like a crafted one on record, with other facts, and deliver it."""
        deps, shop = self.store.runtime.deps, self.store.shop()
        now = deps.clock.now()
        placed = now - timedelta(days=(delivered_days_ago or 0) + 3)
        place = facts.pop("country", None)
        record = {**_crafted(base), "id": int(number), "number": number, **_dated(placed), **facts}
        record["billing"] = {**record["billing"], "email": f"shopper{number}@example.com"}
        if isinstance(place, dict):
            record |= {name: {**record[name], **place} for name in ("billing", "shipping")}
        for at, line in enumerate(record["line_items"]):
            line["id"] = int(number) * 10 + at
        self._import(record)
        if delivered_days_ago is not None:
            day = (now - timedelta(days=delivered_days_ago)).date()
            delivery = Delivery(self.order(number).id, day)
            mark_delivered([delivery], merchant=shop.merchant, by=None, units=deps.units, now=now)
        return self.order(number)

    def complete(self, number: str) -> None:
        """The shop completes a crafted order: the carrier has delivered it, and collected what was to be paid."""
        done = _dated(self.store.runtime.deps.clock.now())
        record = {**_crafted(number), "status": "completed", "date_modified_gmt": done["date_modified_gmt"]}
        self._import({**record, "date_completed_gmt": done["date_completed_gmt"]})

    def _import(self, record: Mapping[str, object]) -> None:
        deps, body = self.store.runtime.deps, json.dumps(record).encode()
        reading = Reading("", body, read_record(Message("", body, {}), TRANSLATORS[Platform.WOOCOMMERCE]))
        shop, now = self.store.shop(), deps.clock.now()
        list(import_orders([reading], shop=shop, units=deps.units, ids=deps.ids, now=now))

    def order(self, number: str) -> StoredOrder:
        shop = self.store.shop()
        with self.store.runtime.deps.units.read(shop.merchant) as unit:
            (found,) = unit.orders.by_number(shop.id, number)
        return found

    def claims(self, number: str) -> list[ClaimId]:
        shop = self.store.shop()
        with self.store.runtime.deps.units.read(shop.merchant) as unit:
            return list(unit.claims.of_order(self.order(number).id))

    def refund_state(self, number: str) -> RefundState | None:
        """Where the first refund of an order's claim stands, as the claim was told."""
        refunds = self.claim(number).refunds
        return refunds[0].state if refunds else None

    def claim(self, number: str) -> Claim:
        """The only claim on an order."""
        shop = self.store.shop()
        with self.store.runtime.deps.units.read(shop.merchant) as unit:
            (claim,) = unit.claims.of_order(self.order(number).id)
            return read_claim(ClaimId(claim), unit)

    def book(self, number: str) -> Book:
        """What the platform itself has on this order."""
        runtime = self.store.runtime
        books = Books(runtime.settings.home / "demo-shops", AppSealer(runtime.keys))
        return books.read(self.store.shop().id, self.order(number).order.ref)

    def refunded(self, number: str) -> list[int]:
        """What the platform paid back, in minor units."""
        return [refund.total.presentment.minor for refund in self.book(number).refunds]

    def letters(self, number: str) -> list[str]:
        """Every letter to the order's shopper, subject and text, oldest first."""
        mailbox, to = self.store.runtime.deps.mailbox, self.order(number).order.shopper.email
        kept = [each.mail for each in reversed(mailbox.newest()) if each.mail.to == to]
        return [f"{mail.subject}\n{mail.text}" for mail in kept]

    def wait_for_letter(self, number: str, words: str) -> None:
        self.wait(lambda: any(words in letter for letter in self.letters(number)), f"a letter that says {words}")

    def phone(self, locale: str = "en-GB") -> Page:
        context = self.browser.new_context(viewport={"width": 360, "height": 740}, locale=locale)
        context.set_default_timeout(15_000)
        self.opened.append(context)
        return context.new_page()

    def desk(self) -> Page:
        """The page of an agent who is signed in."""
        deps, merchant = self.store.runtime.deps, self.store.shop().merchant
        ports = {"units": deps.units, "ids": deps.ids, "secrets": deps.secrets, "now": deps.clock.now()}
        invited = invite_staff(
            f"agent{len(self.opened)}@nordlicht.example", Role.MANAGER, "en", merchant=merchant, **ports
        )  # type: ignore[arg-type]  # the four ports it takes
        session = sign_in(str(invited.token), "Chrome/140 Linux", **ports)  # type: ignore[arg-type]  # likewise
        context = self.browser.new_context(locale="en-GB")
        context.set_default_timeout(15_000)
        cookie = {"name": "aftercare_admin", "value": str(session.token), "url": f"{self.store.url}/admin"}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie
        self.opened.append(context)
        return context.new_page()

    def wait(self, holds: Callable[[], object], what: str) -> None:
        """Wait for the worker."""
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, f"not in {PATIENCE} seconds: {what}"
            time.sleep(0.1)

    def close(self) -> None:
        for context in self.opened:
            context.close()


@dataclass
class Shopper:
    """Somebody with a phone who wants something of an order."""

    town: Town
    number: str
    page: Page

    def find(self) -> Shopper:
        email = self.town.order(self.number).order.shopper.email
        self.page.goto(f"{self.town.store.url}/s/{self.town.store.shop().key}/claim")
        self.page.get_by_label("Order number").fill(self.number)
        self.page.get_by_label("E-mail address you ordered with").fill(str(email))
        self.page.get_by_role("button", name="Find order").click()
        expect(self.page.get_by_role("heading", name="What is it about?")).to_be_visible()
        return self

    def ask(
        self, reason: str, remedy: str, note: str = "", variant: str = "", line: str = "", units: int = 0
    ) -> Shopper:
        """Four steps for one line, named where there are several; evidence that is asked for is left for later."""
        if line:
            self.page.get_by_label(line).check()
        if units:
            self.page.locator("select[name^=quantity]").select_option(str(units))
        self.go_on()
        leaf = self.page.locator(f"input[name=reason][value='{reason}']")
        if not leaf.is_visible():
            self.page.locator("details.branch", has=leaf).locator("> summary").click()
        leaf.check()
        if note:
            self.page.get_by_label("Description").fill(note)
        self.go_on()
        if self.page.locator("input[name=remedy]").count() == 0:
            self.go_on()
        self.page.locator(f"input[name=remedy][value={remedy}]").check()
        if variant:
            self._choose(variant)
        self.go_on()
        assert violations(self.page) == []
        return self

    def _choose(self, variant: str) -> None:
        """A variant by its whole line; what it costs stands there once the worker has asked the platform."""
        choice = self.page.locator("select[name=variant]")
        lines = choice.locator("option", has_text=variant)
        self.town.wait(lambda: lines.count() or (self.page.reload() and False), f"{variant} to choose")
        self.page.locator("input[name=remedy][value=exchange]").check()
        choice.select_option(label=variant)
        self.page.set_viewport_size({"width": 320, "height": 640})
        assert spill(self.page) == 0
        assert violations(self.page) == []

    def send(self) -> Shopper:
        self.page.get_by_role("button", name="Send request").click()
        self.page.wait_for_url("**/claims/**")
        return self

    def go_on(self) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Continue").click()


@dataclass
class Agent:
    """Somebody who works on one claim; `actions` counts what they had to submit."""

    town: Town
    page: Page
    number: str
    actions: int = 0

    def open(self) -> Agent:
        """From the queue, by the claim's number."""
        claim = self.town.claim(self.number)
        self.page.goto(f"{self.town.store.url}/admin/claims?view=all&q={claim.number}")
        self.page.locator("tr[data-row] th a", has_text=claim.number).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(claim.number)
        return self

    def act(self, form: str, fields: Mapping[str, str] | None = None) -> Agent:
        """Fill one form of the case page, `approve-1` for line 1, and submit it."""
        folded = self.page.locator(f"details#{form}")
        if folded.get_attribute("open") is None:
            folded.locator("> summary").click()
        for name, value in (fields or {}).items():
            self._fill(folded, name, value)
        with self.page.expect_navigation():
            folded.locator(".actions button").last.click()
        self.actions += 1
        expect(self.page.locator("main .error[role=alert], main .notice--bad")).to_have_count(0)
        return self

    def _fill(self, folded: Any, name: str, value: str) -> None:  # noqa: ANN401 - a locator
        control = folded.locator(f"[name={name}]").first
        for more in folded.locator("details.more:not([open]) > summary").all():
            if not control.is_visible():
                more.click()
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def _crafted(number: str) -> dict[str, Any]:
    """A crafted record of the demo, its dates moved to today."""
    by = offset(datetime.now(UTC))
    for row in (files("plugin.demo") / "data" / "crafted-woocommerce.jsonl").read_bytes().splitlines():
        record: dict[str, Any] = json.loads(shifted(row, by))
        if record.get("number") == number:
            return record
    raise AssertionError(f"no crafted order {number}")


def _dated(placed: datetime) -> dict[str, str]:
    said = placed.strftime("%Y-%m-%dT%H:%M:%S")
    names = ("date_created", "date_modified", "date_paid", "date_completed")
    return {f"{name}{zone}": said for name in names for zone in ("", "_gmt")}
