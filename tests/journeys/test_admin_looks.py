"""The admin for every eye: accessible in light and dark, within the screen, mirrored where read from the right.

Every page of `PAGES` is brought up in one of four languages, by turns, and looked at as `tests/support/looks.py` says;
in the full size in all of them. In Polish, with the longest words, every page is measured at every width.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.looks import LANGUAGES, MIDDLE, NARROW, WIDE, faults, settings, walk
from tests.support.office import PAGES, Office, complaints
from tests.support.sizes import is_long
from tests.support.templates import Rendered, whole_pages

pytestmark = [pytest.mark.browser, pytest.mark.draws]  # in the full size every way of looking

MEASURED = "pl"
MEASURED_AT = (NARROW, MIDDLE, WIDE)
AT_THE_DOOR = {"admin/sign_in.html", "admin/confirm.html", "admin/link_unusable.html", "admin/link_sent.html"}
NOT_HERE = {
    "admin/going_on.html",  # left at once: a heading and a link
    "admin/let_go_here.html",  # only inside Shopify's admin: tests/web/admin/test_embedded_browser.py
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_and_within_the_screen(office: Office, language: str) -> None:
    page = office.desk(language, reduced_motion="reduce")  # else colours are looked at on their way
    heard = complaints(page)
    found: dict[str, dict[str, object]] = {}
    for place, name in enumerate(PAGES if is_long() else PAGES[LANGUAGES.index(language) :: len(LANGUAGES)]):
        page.set_viewport_size({"width": NARROW, "height": 800})
        office.show(page, name)
        found[name] = _wide(page, NARROW) | faults(page, language, place)
    assert {name: fault for name, fault in found.items() if fault} == {}
    assert heard == []


def test_every_page_is_within_every_screen_and_as_its_reader_set_it(office: Office) -> None:
    page = office.desk(MEASURED, reduced_motion="reduce")
    found: dict[str, dict[str, object]] = {}
    with Rendered(office.installation.app) as rendered:
        for name in PAGES:
            page.set_viewport_size({"width": NARROW, "height": 800})
            office.show(page, name)
            found[name] = settings(page) | _wide(page, *MEASURED_AT)
    assert {name: fault for name, fault in found.items() if fault} == {}
    assert whole_pages("admin") - rendered.names - AT_THE_DOOR - NOT_HERE == set(), "bring it up in `PAGES`"


def _wide(page: Page, *at: int) -> dict[str, object]:
    """How wide the page gets where that is wider than the window."""
    widths = {}
    for width in at:
        page.set_viewport_size({"width": width, "height": 800})
        widths[width] = page.evaluate("() => document.documentElement.scrollWidth")
    return {f"{width} wide": found for width, found in widths.items() if found > width}


def test_the_door_is_accessible_too(office: Office) -> None:
    _, token = office.installation.invite()
    found: dict[str, object] = {}
    with Rendered(office.installation.app) as rendered:
        for language in LANGUAGES:
            context = office.browser.new_context(locale=language)
            office.contexts.append(context)
            page = context.new_page()
            for place, path in enumerate(("", f"/{token}", "/none", " sent")):
                if path == " sent":
                    page.goto(f"{office.url}/admin/sign-in")
                    page.locator("#f-email").fill("nobody@shop.example")
                    page.locator("main form button").first.click()
                else:
                    page.goto(f"{office.url}/admin/sign-in{path}")
                found[f"{path} {language}"] = faults(page, language, place)
                expect(page.locator("html")).to_have_attribute("lang", language)
    assert {path: fault for path, fault in found.items() if fault} == {}
    assert AT_THE_DOOR - rendered.names == set()


def test_tab_leads_through_every_page_in_the_order_it_is_read(office: Office) -> None:
    """Each stop can be seen, is marked, lies in front, and the way ends; in the short run on every fourth page."""
    page = office.desk("ar", reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for place, name in enumerate(PAGES if is_long() else PAGES[1::4]):
        page.set_viewport_size({"width": (NARROW, WIDE)[place % 2], "height": 800})
        office.show(page, name)
        found[name] = [f"{stop.told}: {fault}" for stop in walk(page) for fault in stop.faults]
    assert {name: fault for name, fault in found.items() if fault} == {}
