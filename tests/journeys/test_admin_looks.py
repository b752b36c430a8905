"""The admin for every eye: accessible in light and dark, within the screen, mirrored where read from the right."""

from __future__ import annotations

import pytest

from tests.support.browser import violations
from tests.support.office import PAGES, Office, complaints

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "de", "ar", "zh-Hans")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_to_mend_on_any_page(office: Office, language: str, scheme: str) -> None:
    page = office.desk(language, color_scheme=scheme)
    heard = complaints(page)
    found = {}
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for name in PAGES:
            office.show(page, name)
            found[f"{name} at {width}"] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert heard == []


@pytest.mark.parametrize("language", [*LANGUAGES, "pl"])
def test_no_page_scrolls_sideways(office: Office, language: str) -> None:
    page = office.desk(language)
    wide = {}
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for name in PAGES:
            office.show(page, name)
            wide[name, width] = page.evaluate("() => document.documentElement.scrollWidth")
    assert {place: found for place, found in wide.items() if found > place[1]} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_is_accessible_too(office: Office, scheme: str) -> None:
    context = office.browser.new_context(color_scheme=scheme, locale="de-DE")
    office.contexts.append(context)
    page = context.new_page()
    _, token = office.installation.invite()
    for path in ("/admin/sign-in", f"/admin/sign-in/{token}", "/admin/sign-in/none"):
        page.goto(office.url + path)
        assert violations(page) == []
    assert page.locator("html").get_attribute("lang") == "de"
