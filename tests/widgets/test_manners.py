"""Widgets live in somebody else's page: they hold still, fit in, and can be used by everyone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import violations
from tests.support.embedded import TAGS, WATCH_SHIFTS, layout_shift, wait_for_answer
from tests.support.storefront import Store, entitlements, policy

pytestmark = pytest.mark.browser

ALL = (
    '{{ widgets.banner(policy, "shop") }}{{ widgets.badge(policy, "shop") }}'
    '{{ widgets.window_panel(order, "shop", "t.k") }}{{ widgets.trust_section(policy, "shop") }}'
    '{{ widgets.withdrawal(policy, "shop") }}'
)
BARE = (
    '<aftercare-banner shop="shop" reserve arrives></aftercare-banner>'
    '<aftercare-policy-badge shop="shop" arrives></aftercare-policy-badge>'
    '<aftercare-trust-section shop="shop" reserve></aftercare-trust-section>'
    '<aftercare-withdrawal shop="shop" reserve></aftercare-withdrawal>'
)


def opened(page: Page, store: Store, language: str = "en", body: str = ALL, *, await_answers: bool = True) -> Page:
    store.answer("shop/policy", policy(language))
    store.answer("shop/orders/t.k/entitlements", entitlements(language))
    direction = policy(language).direction
    page.goto(store.show(body, lang=language, dir=direction, policy=policy(language), order=entitlements(language)))
    for tag in TAGS if await_answers else ():
        if tag in body or body == ALL:
            wait_for_answer(page, tag)
    return page


@pytest.mark.parametrize(("width", "language"), [(320, "de"), (1280, "ar")])
def test_axe_finds_nothing_to_mend(page: Page, store: Store, complaints: list[str], width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, store, language)
    page.evaluate(
        "tags => tags.forEach((tag) => document.querySelector(tag).shadowRoot.querySelectorAll('details')"
        ".forEach((details) => { details.open = true; }))",
        list(TAGS),
    )
    assert complaints == []
    assert violations(page) == []


@pytest.mark.parametrize("body", [ALL, BARE], ids=["over light DOM", "into reserved space"])
@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (320, "de"), (320, "ar"), (1280, "ar")])
def test_nothing_moves_when_the_answers_arrive(page: Page, store: Store, body: str, width: int, language: str) -> None:
    store.gate.clear()
    page.set_viewport_size({"width": width, "height": 4000})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    opened(page, store, language, body, await_answers=False)
    page.wait_for_timeout(100)
    top = page.locator("#below").bounding_box()
    store.gate.set()
    for tag in TAGS:
        if tag in body or body == ALL:
            wait_for_answer(page, tag)
    assert layout_shift(page) == 0
    assert page.locator("#below").bounding_box() == top


def test_the_measure_of_layout_shift_sees_one(page: Page, store: Store) -> None:
    page.add_init_script(f"({WATCH_SHIFTS})()")
    opened(page, store)
    page.evaluate(
        "() => document.querySelector('h1').after(document.createElement('h1').appendChild(new Text('!')).parentNode)"
    )
    page.wait_for_function("() => window.shifts.length > 0")
    assert layout_shift(page) > 0


def test_the_store_sets_the_look_by_custom_properties(page: Page, store: Store) -> None:
    opened(page, store)
    page.evaluate(
        """() => {
          const look = new CSSStyleSheet();
          look.replaceSync(`:root { --aftercare-accent: rgb(200, 0, 0); --aftercare-radius: 0px;
            --aftercare-surface: rgb(10, 20, 30); --aftercare-text: rgb(240, 240, 240) }
            main { font-family: monospace }`);
          document.adoptedStyleSheets = [look];
        }"""
    )
    look = page.locator(".badge").last.evaluate(
        "e => { const s = getComputedStyle(e);"
        " return [s.backgroundColor, s.borderTopLeftRadius, s.color, s.fontFamily]; }"
    )
    assert look == ["rgb(10, 20, 30)", "0px", "rgb(240, 240, 240)", "monospace"]
    icon = page.locator(".badge .icon").last.evaluate("e => getComputedStyle(e).backgroundColor")
    assert icon == "rgb(200, 0, 0)"


def test_the_widgets_take_the_stores_text_colour_on_a_dark_page(page: Page, store: Store) -> None:
    opened(page, store)
    page.evaluate(
        """() => {
          const dark = new CSSStyleSheet();
          dark.replaceSync("body { background: rgb(20, 20, 24); color: rgb(235, 235, 235) }");
          document.adoptedStyleSheets = [dark];
        }"""
    )
    colour = page.locator(".sentence").last.evaluate("e => getComputedStyle(e).color")
    assert colour == "rgb(235, 235, 235)"
    assert violations(page) == []


def test_right_to_left_pages_are_mirrored(page: Page, store: Store) -> None:
    opened(page, store, "ar")
    icon = page.locator("aftercare-policy-badge .icon").last.bounding_box()
    chevron = page.locator("aftercare-policy-badge .chevron").last.bounding_box()
    assert icon is not None
    assert chevron is not None
    assert icon["x"] > chevron["x"]


def test_an_answers_own_direction_wins_over_the_pages(page: Page, store: Store) -> None:
    store.answer("shop/policy", policy("ar"))
    page.goto(store.show('<aftercare-policy-badge shop="shop" lang="ar"></aftercare-policy-badge>'))
    wait_for_answer(page, TAGS[0])
    direction = page.locator(".badge").evaluate("e => getComputedStyle(e).direction")
    assert direction == "rtl"


def test_the_keyboard_alone_opens_and_reads_everything(page: Page, store: Store) -> None:
    opened(page, store)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_text(policy().lines[0].text).last.is_visible()
    outline = page.evaluate("() => getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Tab")
    focused = page.evaluate("() => document.activeElement.shadowRoot.activeElement.textContent")
    details = policy().details
    assert details is not None
    assert focused == details.text
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("aftercare-window-panel .folded .reason:visible").all_inner_texts() == [
        clock.sentence for clock in entitlements().lines[0].clocks if clock.state == "not_applicable"
    ]


def test_what_the_shopper_opened_stays_open_and_focused_when_the_answer_arrives(page: Page, store: Store) -> None:
    store.gate.clear()
    opened(page, store, await_answers=False)
    page.locator("aftercare-policy-badge summary").focus()
    page.keyboard.press("Enter")
    store.gate.set()
    wait_for_answer(page, TAGS[0])
    page.wait_for_function("() => document.activeElement.localName === 'aftercare-policy-badge'")
    is_open, focused = page.evaluate(
        "() => { const root = document.activeElement.shadowRoot;"
        " return [root.querySelector('details').open, root.activeElement.localName]; }"
    )
    assert (is_open, focused) == (True, "summary")


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_enough_for_a_thumb_and_nothing_overflows(page: Page, store: Store, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, store, "de")
    page.locator("aftercare-policy-badge summary").last.click()
    targets = page.locator("summary:visible, a:visible")
    heights = [box["height"] for box in (each.bounding_box() for each in targets.all()) if box]
    assert len(heights) >= 6
    assert min(heights) >= 44
    assert page.evaluate("() => document.documentElement.scrollWidth") == width


def test_motion_is_off_when_the_shopper_asked_for_it(browser: Browser, store: Store) -> None:
    durations = []
    for wish in ("reduce", "no-preference"):
        context = browser.new_context(reduced_motion="reduce" if wish == "reduce" else "no-preference")
        page = opened(context.new_page(), store)
        durations.append(page.locator(".chevron").last.evaluate("e => getComputedStyle(e).transitionDuration"))
        context.close()
    assert durations == ["0s", "0.15s"]


def test_print_opens_what_is_folded(page: Page, store: Store) -> None:
    opened(page, store)
    page.emulate_media(media="print")
    folded = page.locator("aftercare-window-panel .source").last
    assert folded.evaluate("e => e.checkVisibility({ contentVisibilityAuto: true })")
    box = folded.bounding_box()
    assert box is not None
    assert box["height"] > 0


def test_no_cookie_no_storage_no_global_no_third_party(page: Page, store: Store) -> None:
    before = 'Object.getOwnPropertyNames(window).filter((name) => name !== "shifts").sort().join()'
    page.goto(store.url + "/store.css")
    known = page.evaluate(before)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    opened(page, store)
    assert page.evaluate(before) == known
    assert page.context.cookies() == []
    assert page.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]
    assert hosts == {store.url.removeprefix("http://")}
