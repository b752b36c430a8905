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
from tests.support.keyboard import Keys
from tests.web.portal.conftest import EMAIL, Portal, installation, law, portal
from tests.web.portal.test_tracking import follow

__all__ = ["installation", "law", "portal"]  # fixtures

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}


def look(page: Page) -> None:
    """Nothing sticks out, nothing is inaccessible, every target is large enough."""
    assert spill(page) == 0
    assert violations(page) == []
    small = page.eval_on_selector_all(
        "main button, main select, main summary, main label:has(input), main .law",
        "(all) => all.filter((e) => e.checkVisibility() && e.offsetHeight < 44).map((e) => e.textContent)",
    )
    assert small == []


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
        keys = Keys(phone, url + portal.home, lambda: look(phone))
        keys.to("Skip to the content")
        phone.keyboard.press("Enter")
        keys.type("Order number", "9001")
        keys.type("E-mail address you ordered with", EMAIL)
        keys.press("Find order")
        assert keys.at.startswith("We find no order"), "what is wrong is said first"
        keys.to("Order number")
        phone.keyboard.press("Control+a")
        phone.keyboard.type("1001")
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
        keys.type("Your message to the shop", "Thank you")
        keys.press("Send message")
        expect(phone.get_by_text("Thank you")).to_be_visible()


def test_parcels_are_found_and_read_with_the_keyboard_alone(portal: Portal, phone: Page) -> None:
    follow(portal)
    with listening(portal.installation.app) as url:
        keys = Keys(phone, f"{url}/s/{portal.shop.key}/tracking", lambda: look(phone))
        keys.type("Order number", "T-7")
        keys.type("E-mail address you ordered with", EMAIL)
        keys.press("Find order")
        keys.to("In the carrier")
        phone.keyboard.press("Enter")
        expect(phone.locator("details[open] dl.raw")).to_be_visible()
        keys.to("Skip to the content", back=True)


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
