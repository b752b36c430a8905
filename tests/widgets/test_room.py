"""The days to expect the goods come into pages that could not know them, and push nothing down."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
import pytest
from playwright.sync_api import Page

from tests.support.embedded import WATCH_SHIFTS, layout_shift
from tests.support.storefront import Store, policy

pytestmark = pytest.mark.browser

PAGE = (
    '<div id="kept">{{ widgets.badge(kept, "shop") }}{{ widgets.banner(kept, "shop") }}</div>'
    '<div id="empty"><aftercare-policy-badge shop="shop"></aftercare-policy-badge>'
    '<aftercare-banner shop="shop" reserve></aftercare-banner></div>'
    '<div id="reserved"><aftercare-policy-badge shop="shop" arrives></aftercare-policy-badge>'
    '<aftercare-banner shop="shop" reserve arrives></aftercare-banner></div>'
    '<div id="printed">{{ widgets.badge(policy, "shop") }}{{ widgets.banner(policy, "shop") }}</div>'
)
SCRIPT = '<script type="module" src="/static/widgets/arrival.js"></script>'
SAYING = """() => Object.fromEntries([...document.querySelectorAll("main > div")].map((part) => [part.id,
  [...part.children].map((each) => each.shadowRoot.querySelector(".arrival") !== null)]))"""
ANSWERED = (
    """() => [...document.querySelectorAll("main > div > *")].every((each) => !each.shadowRoot.querySelector("slot"))"""
)


@pytest.mark.parametrize(("width", "fits"), [(360, False), (1280, True)])
def test_days_show_where_there_is_room_for_them_and_move_nothing(
    page: Page, store: Store, width: int, *, fits: bool
) -> None:
    store.gate.clear()
    page.set_viewport_size({"width": width, "height": 2000})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    store.answer("shop/policy", policy())
    page.goto(store.show(PAGE, policy=policy(), kept=msgspec.structs.replace(policy(), arrival=None)))
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    top = page.locator("#below").bounding_box()
    store.gate.set()
    page.wait_for_function(ANSWERED)
    assert layout_shift(page) == 0
    assert page.locator("#below").bounding_box() == top
    assert page.evaluate(SAYING) == {
        "kept": [fits, fits],
        "empty": [fits, fits],
        "reserved": [True, True],
        "printed": [True, True],
    }


def test_days_the_page_printed_stay_and_nothing_unproven_is_ticked(page: Page, store: Store) -> None:
    unproven = msgspec.structs.replace(policy(), banner=None)
    store.answer("shop/policy", unproven)
    page.set_viewport_size({"width": 360, "height": 2000})
    printed = '<div id="printed">{{ widgets.badge(policy, "shop") }}{{ widgets.banner(policy, "shop") }}</div>'
    page.goto(store.show(printed, policy=unproven))
    page.wait_for_function(ANSWERED)
    assert page.evaluate(SAYING) == {"printed": [True, True]}
    assert page.locator(".banner .tick").count() == 0


@pytest.mark.parametrize(
    ("width", "case"),
    [(320, "known"), (1280, "known"), (1280, "narrow"), (320, "unknown"), (320, "longer"), (320, "failed")],
)
def test_a_cart_is_told_the_days_in_the_place_held_for_them_or_nothing(
    page: Page, store: Store, width: int, case: str
) -> None:
    arrival = policy("de").arrival
    assert arrival
    long = msgspec.structs.replace(arrival, text="Wort " * 60)
    told = {"known": arrival, "narrow": arrival, "longer": long}.get(case)
    store.gate.clear()
    page.set_viewport_size({"width": width, "height": 2000})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    store.answer("shop/policy", msgspec.structs.replace(policy("de"), arrival=told))
    if case == "failed":
        store.answers["shop/policy"] = (HTTPStatus.BAD_GATEWAY, b"")
    element = '<aftercare-arrival shop="shop" country="DE" lang="de"></aftercare-arrival>'
    page.goto(store.show(SCRIPT + (f'<div class="sidebar">{element}</div>' if case == "narrow" else element)))
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    top = page.locator("#below").bounding_box()
    store.gate.set()
    page.wait_for_load_state("networkidle")
    shown = page.locator("aftercare-arrival").evaluate("e => e.shadowRoot.textContent")
    assert shown == (arrival.text if case in {"known", "narrow"} else "")
    assert layout_shift(page) == 0
    assert page.locator("#below").bounding_box() == top
