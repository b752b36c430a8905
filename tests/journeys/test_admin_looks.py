"""The admin for every eye: accessible in light and dark, within the screen, mirrored where read from the right.

Every page of `PAGES` is brought up in one of four languages, by turns, looked at as `tests/support/looks.py` says and
measured at every width; in the full size in all of them, and measured in Polish, with the longest words.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.looks import LANGUAGES, MIDDLE, NARROW, WAYS, WIDE, faults, is_turn, settings, walk, ways
from tests.support.office import PAGES, Office, complaints
from tests.support.sizes import is_long
from tests.support.templates import Rendered, whole_pages

pytestmark = [pytest.mark.browser, pytest.mark.draws]  # in the full size every way of looking

MEASURED_AT = (WIDE, MIDDLE, NARROW)
AT_THE_DOOR = {"admin/sign_in.html", "admin/confirm.html", "admin/link_unusable.html", "admin/link_sent.html"}
NOT_HERE = {
    "admin/going_on.html",  # left at once: a heading and a link
    "admin/let_go_here.html",  # only inside Shopify's admin: tests/web/admin/test_embedded_browser.py
}


def test_every_page_is_accessible_and_within_every_screen(office: Office) -> None:
    found: dict[str, dict[str, object]] = {}
    said: list[str] = []
    with Rendered(office.installation.app) as rendered:
        for turn, language in enumerate(LANGUAGES):
            page = office.desk(language, reduced_motion="reduce")  # else colours are looked at on their way
            heard = complaints(page)
            for place, name in enumerate(PAGES if is_long() else PAGES[turn :: len(LANGUAGES)]):
                office.show(page, name)
                seen = faults(page, language, place) | _wide(page, *MEASURED_AT)
                found[f"{name} {language}"] = seen if WAYS[0] in ways(language, place) else seen | settings(page)
            said += heard
    assert {name: fault for name, fault in found.items() if fault} == {}
    assert said == []
    assert whole_pages("admin") - rendered.names - AT_THE_DOOR - NOT_HERE == set(), "bring it up in `PAGES`"


@pytest.mark.long
def test_every_page_is_within_every_screen_in_the_longest_words(office: Office) -> None:
    page = office.desk("pl", reduced_motion="reduce")
    found: dict[str, dict[str, object]] = {}
    for name in PAGES:
        office.show(page, name)
        found[name] = _wide(page, *MEASURED_AT) | settings(page)
    assert {name: fault for name, fault in found.items() if fault} == {}


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
                if not is_turn(language, place):
                    continue
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
