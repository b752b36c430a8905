"""The demo store in a real browser: the application on SQLite with the demo loaded, and the worker as a process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from plugin.domain.money import Money
from plugin.domain.order import OrderRef, Platform
from plugin.ports.platform_actions import Exchange, NewItem, Units
from tests.support.demo_store import Store, running_store, running_worker
from tests.support.embedded import TAGS, WATCH_SHIFTS, layout_shift, wait_for_answer, words
from tests.support.looks import LANGUAGES, faults, is_turn
from tests.support.processes import Nursery, Running

pytestmark = pytest.mark.browser

PAGES = ("/demo", "/demo/cart?cart=tent.watch&country=FR", "/demo/cart", "/demo/law?country=DE", "/demo/mail")
WIDTHS = (320, 1280)
SETTLED = (
    "tags => [...document.querySelectorAll(tags)]"
    ".every((widget) => widget.shadowRoot && !widget.shadowRoot.querySelector('slot'))"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, run_folder: Path) -> Iterator[Store]:
    with running_store(tmp_path_factory.mktemp("home"), run_folder) as running:
        yield running


@pytest.fixture
def worker(nursery: Nursery, store: Store) -> Iterator[Running]:
    with running_worker(nursery, store) as process:
        yield process


def every_page(store: Store) -> tuple[str, ...]:
    """Return one address of every kind of demo page."""
    order = store.order("3001")
    letter = store.runtime.deps.mailbox.newest()[0].name
    orders = ("/demo/orders", order, store.order("#1043", Platform.SHOPIFY), store.order("3008"), f"{order}/why")
    return (*PAGES, *orders, f"/demo/mail/{letter}", "/demo/products/none", checkout(store))


def checkout(store: Store) -> str:
    """Have something exchanged for something dearer; return the path of the page where the rest is paid."""
    deps, shop = store.runtime.deps, store.shop()
    ref = OrderRef(shop.platform, "3012")
    with deps.units.read(shop.merchant) as unit:
        order = unit.orders.by_ref(shop.id, [ref])[ref].order
    new, units = (NewItem("502", 1),), (Units(order.lines[0].id, 1),)
    exchange = Exchange(order, units, Money(100, "EUR"), new)
    made = deps.actions(shop).create_exchange(exchange, idempotency_key="checkout:1")
    return str(made.pay_at)[len(store.runtime.settings.base_url) :]


def visit(page: Page, address: str) -> None:
    """Open a page and wait until every widget on it has its answer."""
    page.goto(address)
    page.wait_for_function(SETTLED, arg=", ".join(TAGS))


def shown(page: Page, words: str) -> Locator:
    """Find the first text that can be seen: an element that has its answer hides the server's words under it."""
    return page.get_by_text(words).locator("visible=true").first


def in_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def test_every_page_is_accessible_and_fits_narrow_and_wide(store: Store, page: Page) -> None:
    found = {}
    pages = every_page(store)
    for language in LANGUAGES:
        for place, address in enumerate(pages):
            if is_turn(language, place):
                visit(page, store.url + in_language(address, language))
                found[address, language] = faults(page, language, place)
    assert {address: fault for address, fault in found.items() if fault} == {}


def test_nothing_moves_while_a_page_loads_and_the_console_stays_silent(store: Store, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(f"({WATCH_SHIFTS})()")
    tags = {
        "/demo": "aftercare-policy-badge",
        PAGES[1]: "aftercare-banner",
        store.order("3001"): "aftercare-window-panel",
    }
    for address, tag in tags.items():
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            visit(page, store.url + in_language(address, "de"))
            wait_for_answer(page, tag)
            assert layout_shift(page) == 0, (address, width)
    assert said == []


def test_the_element_says_what_the_server_rendered(store: Store, page: Page) -> None:
    for address, tag in (("/demo", "aftercare-policy-badge"), (store.order("3013"), "aftercare-window-panel")):
        visit(page, store.url + in_language(address, "fr"))
        wait_for_answer(page, tag)
        assert words(page, tag, light=False) == words(page, tag, light=True)


def test_everything_can_be_read_and_chosen_without_javascript(store: Store, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{store.url}/demo")
    expect(shown(page, "Delivery to Germany: free returns for 30 days.")).to_be_visible()
    page.get_by_role("button", name="Put in the cart").click()
    page.locator("#deliver-country").select_option("FR")
    page.get_by_role("button", name="Deliver here").click()
    expect(shown(page, "Delivery to France: free returns for 30 days")).to_be_visible()
    page.locator(".region summary").click()
    page.locator("#region-language").select_option("de")
    page.get_by_role("button", name="Apply").click()
    expect(shown(page, "Lieferziel Frankreich")).to_be_visible()
    page.goto(f"{store.url}{store.order('3001')}?lang=en")
    expect(shown(page, "You can withdraw from the contract until")).to_be_visible()
    context.close()


def test_the_keyboard_alone_reaches_an_order_and_its_why(store: Store, page: Page) -> None:
    visit(page, f"{store.url}/demo?lang=en")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="As a shopper")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/demo/orders/**")
    reached = _tab_to(page, "See how it is computed, step by step")
    assert reached["outline"] != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/why**")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("How order .+ is computed"))


def _tab_to(page: Page, name: str) -> dict[str, str]:
    for _ in range(60):
        page.keyboard.press("Tab")
        found: dict[str, str] = page.evaluate(
            "() => ({ text: document.activeElement.textContent.trim(),"
            " outline: getComputedStyle(document.activeElement).outlineStyle })"
        )
        if found["text"] == name:
            return found
    raise AssertionError(f"{name} cannot be reached")


def test_the_country_menu_opens_and_closes_by_keyboard(store: Store, page: Page) -> None:
    visit(page, f"{store.url}/demo?lang=en")
    page.locator(".region summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#region-country")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Norw")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**country=NO**")
    expect(shown(page, "Delivery to Norway")).to_be_visible()


def test_targets_are_large_enough_for_a_thumb(store: Store, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    for address in ("/demo", PAGES[1], store.order("3001")):
        visit(page, store.url + in_language(address, "en"))
        small = page.evaluate(
            "() => [...document.querySelectorAll('.button, .top a, .region summary, .tour a, .back a, select')]"
            ".filter((node) => node.checkVisibility()).map((node) => node.getBoundingClientRect().height)"
            ".filter((height) => height < 44)"
        )
        assert small == [], address


def test_arabic_pages_are_mirrored(store: Store, page: Page) -> None:
    visit(page, f"{store.url}/demo?lang=ar")
    picture = page.locator(".product__picture").bounding_box()
    words_ = page.locator(".product__words").bounding_box()
    assert picture is not None
    assert words_ is not None
    assert picture["x"] > words_["x"]


def test_a_printed_order_has_its_rights_and_nothing_to_click(store: Store, page: Page) -> None:
    visit(page, f"{store.url}{store.order('3001')}?lang=en")
    page.emulate_media(media="print")
    expect(page.locator("aftercare-window-panel")).to_be_visible()
    for gone in (".top__nav", ".region", ".back", ".bottom nav"):
        expect(page.locator(gone)).to_be_hidden()


def test_a_scan_waits_while_the_worker_is_stopped_and_starts_the_clocks_once_it_runs(
    store: Store, page: Page, request: pytest.FixtureRequest
) -> None:
    order = store.order("#1043", Platform.SHOPIFY)
    visit(page, f"{store.url}{order}?lang=en")
    expect(shown(page, "Starts when your parcel is delivered")).to_be_visible()
    page.get_by_role("button", name="Send the parcel and simulate the delivery scan").click()
    expect(page.get_by_role("status")).to_have_text("Received; it waits for the worker.")
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("status")).to_have_text("Received; it waits for the worker.")
    request.getfixturevalue("worker")
    expect(page.get_by_role("status")).to_have_text(re.compile("The worker has applied it"), timeout=30_000)
    expect(shown(page, "You can withdraw from the contract until")).to_be_visible()
