"""The admin for every eye: accessible in light and dark, within the screen, mirrored where read from the right.

Every page of `PAGES` is brought up once for each language and then only resized: at 320 and 1280 px axe finds nothing
by any of its rules, at these and at 768 px nothing scrolls sideways. Polish, with the longest words, is measured and
not looked at. Dark changes colours alone (`test_dark_changes_nothing_but_colours`), so there the rules about colour
look, at both widths, in a language for each direction of writing: words have no colours of their own.
"""

from __future__ import annotations

import re

import pytest

from tests.support.browser import violations
from tests.support.office import PAGES, Office, complaints
from tests.support.repository import ROOT

pytestmark = pytest.mark.browser

SEEN = ("en", "de", "ar", "zh-Hans")
MEASURED = (*SEEN, "pl")
DARK = ("en", "ar")
OF_COLOUR = ("color-contrast", "link-in-text-block")
"""All the rules that look at colours, of those axe has on by itself."""
SEEN_AT = (320, 1280)
MEASURED_AT = (320, 768, 1280)


@pytest.mark.parametrize("language", MEASURED)
def test_every_page_is_accessible_and_within_the_screen(office: Office, language: str) -> None:
    page = office.desk(language, reduced_motion="reduce")  # else colours are looked at on their way
    heard = complaints(page)
    faults, wide = {}, {}
    for name in PAGES:
        page.set_viewport_size({"width": MEASURED_AT[0], "height": 800})
        office.show(page, name)
        for width in MEASURED_AT:
            page.set_viewport_size({"width": width, "height": 800})
            wide[name, width] = page.evaluate("() => document.documentElement.scrollWidth")
            if language in SEEN and width in SEEN_AT:
                faults[name, width] = violations(page)
            if language in DARK and width in SEEN_AT:
                page.emulate_media(color_scheme="dark")
                faults[name, width, "dark"] = violations(page, *OF_COLOUR)
                page.emulate_media(color_scheme="light")
    assert {place: found for place, found in faults.items() if found} == {}
    assert {place: found for place, found in wide.items() if found > place[1]} == {}
    assert heard == []


def test_dark_changes_nothing_but_colours() -> None:
    """What lets dark pages be looked at by the rules about colour alone: its styles declare colours, nothing else."""
    sheets = [path.read_text() for path in (ROOT / "static" / "admin").rglob("*.css")]
    dark = [block for sheet in sheets for block in _blocks(sheet, "prefers-color-scheme: dark")]
    declared = {name for block in dark for name in re.findall(r"([\w-]+)\s*:\s*[^:;{}]+;", block)}
    assert dark
    assert {name for name in declared if not name.startswith("--") and "color" not in name} == set()


def _blocks(sheet: str, condition: str) -> list[str]:
    """What stands between the braces of each media query of this condition."""
    return [_within_braces(sheet[found.end() :]) for found in re.finditer(re.escape(f"({condition})"), sheet)]


def _within_braces(text: str) -> str:
    depth = 0
    for at, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and depth == 0:
            return text[text.index("{") + 1 : at]
    return text


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
