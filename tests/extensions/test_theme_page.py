"""Our blocks in a theme: nothing is asked of anybody, nothing moves, and everyone can read and use them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from playwright.sync_api import Page as Browsed

from tests.support.browser import spill, violations
from tests.support.embedded import WATCH_SHIFTS, layout_shift
from tests.support.theme import HAS_LIQUID, Json, Page
from tests.support.theme_store import CDN, SHOP, VARIANTS, Theme, goods, html, written

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not HAS_LIQUID, reason="no Ruby with Shopify's Liquid here; script/test installs it"),
]
SETTINGS = {"details": True, "heading": True, "withdrawal": True, "align": "center"}
FIRST = Page("DE", "de", written(), goods(), (goods(),), SETTINGS)
OPEN = "() => document.querySelectorAll('details').forEach((each) => { each.open = true })"
CHOOSE = "id => { document.querySelector('[name=id]').value = id }"
DAYS = "/apps/aftersales/arrival.json?country=DE&lang={}"
TOLD = {"arrival": {"text": "Voraussichtlich zwischen Di., 1. Dez. und Do., 3. Dez."}}
REDRAW = """async () => {
  const answer = await (await fetch(`${location.pathname}?sections=main`)).text();
  const section = document.querySelector("#shopify-section-main");
  section.replaceWith(new DOMParser().parseFromString(answer, "text/html").querySelector("#shopify-section-main"));
}"""
ADD = "() => fetch('/cart/add.js', { method: 'POST' })"


@pytest.fixture
def theme(page: Browsed) -> Theme:
    return Theme(page)


@pytest.mark.parametrize(
    ("language", "width", "paper"),
    [("de", 320, "light"), ("ar", 320, "dark"), ("de", 1280, "dark")],
)
def test_a_page_with_every_block(page: Browsed, theme: Theme, language: str, width: int, paper: str) -> None:
    page.set_viewport_size({"width": width, "height": 3000})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    theme.show(replace(FIRST, language=language), is_dark=paper == "dark")
    assert set(theme.asked) == {
        f"{SHOP}/products/lantern", f"{CDN}aftercare-variant.js", f"{CDN}aftercare-cart.js",
        f"{SHOP}{DAYS.format(language)}",
    }  # fmt: skip
    assert layout_shift(page) == 0
    page.evaluate(OPEN)
    assert spill(page) == 0
    assert violations(page) == []
    targets = page.locator(".aftercare :is(a, summary)").evaluate_all("all => all.map((e) => e.offsetHeight)")
    assert min(each for each in targets if each) >= 44


@pytest.mark.parametrize(("width", "answer", "shown"), [
    (320, TOLD, [TOLD["arrival"]["text"]] * 2),
    (1280, TOLD, [TOLD["arrival"]["text"]] * 2),
    (320, {"arrival": {"text": "Wort " * 40}}, ["", ""]),
    (320, {"arrival": None}, ["", ""]),
    (320, {"arrival": {"text": ["<b>"]}}, ["", ""]),
    (320, None, ["", ""]),
])  # fmt: skip
def test_days_of_arrival_come_last_fill_the_places_held_for_them_and_move_nothing(
    page: Browsed, theme: Theme, width: int, answer: Json, shown: list[str]
) -> None:
    page.set_viewport_size({"width": width, "height": 3000})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    theme.pages[DAYS.format("de")] = answer and json.dumps(answer)
    theme.show(FIRST)
    asked = [each for each in theme.asked if "arrival.json" in each]
    assert asked == theme.asked[-1:] == [f"{SHOP}{DAYS.format('de')}"]
    assert page.locator("div.aftercare-arrival").all_text_contents() == shown
    assert layout_shift(page) == 0


def test_days_are_asked_for_again_where_the_theme_draws_the_cart_anew(page: Browsed, theme: Theme) -> None:
    theme.pages[DAYS.format("de")] = json.dumps(TOLD)
    theme.show(FIRST)
    theme.pages["/products/lantern?sections=main"] = html(FIRST)
    page.evaluate(REDRAW)
    page.wait_for_function(
        "text => [...document.querySelectorAll('div.aftercare-arrival')].every((e) => e.textContent === text)",
        arg=TOLD["arrival"]["text"],
    )


def test_without_its_scripts_the_page_says_the_same(page: Browsed, theme: Theme) -> None:
    theme.show(FIRST)
    with_scripts = page.locator("main").inner_text()
    theme.pages["/plain"] = html(FIRST).replace("<script", "<template").replace("</script>", "</template>")
    page.goto(f"{SHOP}/plain")
    assert page.locator("main").inner_text() == with_scripts


def test_a_theme_that_makes_rem_ten_pixels_and_uses_short_names_changes_nothing(page: Browsed, theme: Theme) -> None:
    theme.show(FIRST)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator(".aftercare-summary").first.evaluate(size) >= 13
    assert page.locator(".aftercare dt").first.evaluate("e => getComputedStyle(e).borderTopWidth") == "0px"
    font = page.locator(".aftercare-summary").first.evaluate("e => getComputedStyle(e).fontFamily")
    assert font == "serif"


def test_choosing_a_variant_shows_its_promise(page: Browsed, theme: Theme) -> None:
    theme.show(FIRST)
    page.evaluate(OPEN)
    badge = page.locator("[data-aftercare-variants]")
    excepted = "personalisierte"
    assert excepted not in badge.inner_text()
    page.evaluate(CHOOSE, VARIANTS[2])
    page.wait_for_function(
        "word => document.querySelector('[data-aftercare-variants]').innerText.includes(word)", arg=excepted
    )
    page.evaluate(CHOOSE, VARIANTS[1])
    page.wait_for_function(
        "word => !document.querySelector('[data-aftercare-variants]').innerText.includes(word)", arg=excepted
    )


def test_a_cart_that_changed_is_asked_of_the_shop_and_of_nobody_else(page: Browsed, theme: Theme) -> None:
    theme.show(FIRST)
    theme.pages["/products/lantern?section_id=main"] = html(replace(FIRST, country="FR"))
    before = len(theme.asked)
    page.evaluate(ADD)
    page.wait_for_function("() => document.querySelector('[data-aftercare-cart]').innerText.includes('Frankreich')")
    assert theme.asked[before:] == [f"{SHOP}/cart/add.js", f"{SHOP}/products/lantern?section_id=main"]


@pytest.mark.parametrize("answer", [None, "no-line"])
def test_the_line_is_silent_when_it_no_longer_holds_or_is_not_known(
    page: Browsed, theme: Theme, answer: str | None
) -> None:
    theme.show(FIRST)
    mixed = replace(FIRST, cart=(goods(), goods(VARIANTS[2])))
    theme.pages["/products/lantern?section_id=main"] = answer and html(mixed)
    page.evaluate(ADD)
    page.wait_for_function("() => document.querySelector('[data-aftercare-cart]').style.visibility === 'hidden'")
    page.wait_for_load_state("networkidle")
    assert not page.locator("[data-aftercare-cart]").is_visible()
