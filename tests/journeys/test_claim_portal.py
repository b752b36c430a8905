"""A claim written on a phone with the keyboard alone: four steps, nothing lost, one claim however often it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plugin.domain.effects import CheckEvidence
from plugin.usecases.check_evidence import check_evidence
from tests.build import MERCHANT
from tests.support import media
from tests.support.admin import Installation, listening
from tests.support.browser import spill, violations
from tests.web.portal.conftest import EMAIL, Portal, installation, law, portal

__all__ = ["installation", "law", "portal"]  # fixtures

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}


class Keys:
    """Somebody who has no pointer."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        page.goto(url)

    def to(self, name: str) -> None:
        """Tab on until what has the focus is called this, and can be seen."""
        for _ in range(60):
            self.page.keyboard.press("Tab")
            focused = self.page.locator(":focus")
            if focused.count() and name in self._name():
                expect(focused).to_be_in_viewport()
                return
        raise AssertionError(f"no Tab leads to {name!r}")

    def choose(self, name: str) -> None:
        """Move within a group of radio buttons."""
        for _ in range(20):
            if name in self._name():
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {name!r}")

    def press(self, name: str) -> None:
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def type(self, name: str, text: str) -> None:
        self.to(name)
        self.page.keyboard.type(text)

    def look(self) -> None:
        """Nothing sticks out, nothing is inaccessible, every target is large enough."""
        assert spill(self.page) == 0
        assert violations(self.page) == []
        small = self.page.eval_on_selector_all(
            "main button, main select, main summary, main label:has(input), main .law",
            "(all) => all.filter((e) => e.checkVisibility() && e.offsetHeight < 44).map((e) => e.textContent)",
        )
        assert small == []

    def _name(self) -> str:
        told: str = self.page.evaluate(
            "(() => { const e = document.activeElement; const l = e.labels && e.labels[0];"
            " return ((l || e).textContent || '').trim(); })()"
        )
        return told


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]  # a viewport
    yield context.new_page()
    context.close()


def claims(portal: Portal) -> int:
    with portal.installation.deps.units.read(MERCHANT) as unit:
        return len(unit.claims.of_order(portal.order))


def test_four_steps_with_the_keyboard_alone_make_one_claim(portal: Portal, phone: Page) -> None:
    with listening(portal.installation.app) as url:
        keys = Keys(phone, url + portal.home)
        keys.look()
        keys.type("Order number", "1001")
        keys.type("E-mail address you ordered with", EMAIL)
        keys.press("Find order")
        keys.to("Tent lantern")
        phone.keyboard.press("Space")
        keys.press("Continue")
        keys.to("Size")
        phone.keyboard.press("Enter")
        keys.to("It is too small")
        keys.choose("It is too small")
        keys.type("Description", "Half a head too small")
        keys.press("Continue")
        expect(phone.locator("[aria-current=step]")).to_have_text("Solution")
        keys.to("exchange")  # the first of the group, as the shop offers it
        keys.choose("refund")
        keys.press("Continue")
        expect(phone.get_by_text("You get back €25.00.")).to_be_visible()
        phone.reload()
        expect(phone.get_by_text("Half a head too small")).to_be_visible()
        keys.press("Send request")
        assert claims(portal) == 1
        expect(phone.get_by_role("status")).to_contain_text("request R-")
        keys.look()
        keys.type("Your message to the shop", "Thank you")
        keys.press("Send message")
        expect(phone.get_by_text("Thank you")).to_be_visible()


def test_two_taps_and_a_lost_answer_make_one_claim(portal: Portal, phone: Page) -> None:
    with listening(portal.installation.app) as url:
        phone.goto(url + portal.opened())
        phone.get_by_label("Camping stove").check()
        phone.get_by_role("button", name="Continue").click()
        phone.get_by_text("Change of mind").click()
        phone.get_by_label("I ordered it twice").check()
        phone.get_by_role("button", name="Continue").click()
        phone.get_by_label("Refund").check()
        phone.get_by_role("button", name="Continue").click()
        expect(phone.get_by_role("button", name="Send request")).to_be_visible()
        confirm = phone.url
        phone.evaluate("const form = document.querySelector('main form'); form.submit(); form.submit();")
        phone.wait_for_url("**/claims/**")
        assert claims(portal) == 1
        phone.goto(confirm)  # as if the answer had never come: the shopper finds the page in the history
        expect(phone).to_have_url(url + portal.opened())
        assert claims(portal) == 1


def test_a_photo_goes_up_while_it_is_watched_and_is_there_after_a_reload(
    portal: Portal, phone: Page, tmp_path: Path
) -> None:
    photo = tmp_path / "crack.jpg"
    photo.write_bytes(media.jpeg((1600, 1200)))
    with listening(portal.installation.app) as url:
        portal.installation.app.config["BASE_URL"] = url
        evidence = portal.answer(portal.answer(portal.opened(), line="2"), reason="quality.defective")
        phone.goto(url + evidence)
        expect(phone.get_by_role("button", name="Add files")).to_be_hidden()
        phone.get_by_label("Photos, videos or PDF files").set_input_files(photo)
        expect(phone.get_by_text("crack.jpg: sent, being checked")).to_be_visible()
        _look_at_files(portal.installation)
        expect(phone.get_by_text("crack.jpg: added")).to_be_visible()
        phone.reload()
        expect(phone.get_by_role("button", name="Remove crack.jpg")).to_be_visible()
        assert violations(phone) == []


def _look_at_files(running: Installation) -> None:
    """What the worker does."""
    deps = running.deps
    for job in running.jobs.waiting:
        if not isinstance(job, CheckEvidence):
            continue
        check_evidence(
            job.evidence,
            merchant=MERCHANT,
            units=deps.units,
            keeping=deps.evidence,
            ids=deps.ids,
            now=deps.clock.now(),
        )


def test_without_script_everything_works_and_files_come_with_the_form(
    portal: Portal, browser: Browser, tmp_path: Path
) -> None:
    photo = tmp_path / "crack.jpg"
    photo.write_bytes(media.jpeg((900, 700)))
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]  # a viewport
    page = context.new_page()
    with listening(portal.installation.app) as url:
        evidence = portal.answer(portal.answer(portal.opened(), line="2"), reason="quality.defective")
        page.goto(url + evidence)
        page.get_by_label("Photos, videos or PDF files").set_input_files(photo)
        page.get_by_role("button", name="Add files").click()
        expect(page.get_by_role("button", name="Remove crack.jpg")).to_be_visible()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Repair").check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Send request").click()
        expect(page.get_by_role("status")).to_contain_text("request R-")
    context.close()


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("ar", "dark", 320), ("de", "light", 768), ("zh-Hans", "dark", 1280)]
)
def test_pages_fit_and_are_accessible_in_every_direction_and_light(
    portal: Portal, browser: Browser, language: str, scheme: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # a closed set of theirs
    page = context.new_page()
    lines = portal.opened()
    reason = portal.answer(lines, line="2")
    evidence = portal.answer(reason, reason="quality.defective")
    remedy = portal.answer(evidence)
    confirm = portal.answer(remedy, remedy="repair")
    with listening(portal.installation.app) as url:
        parcels = lines.replace("/claim/", "/tracking/of/")
        for path in (portal.home, lines, reason, evidence, remedy, confirm, parcels):
            page.goto(f"{url}{path}?lang={language}")
            assert spill(page) == 0, path
            assert violations(page) == [], path
    context.close()
