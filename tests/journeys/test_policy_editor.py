"""A merchant states what the shop promises, in a real browser: by keyboard alone, without script, and in two tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from plugin.domain.clocks.engine import Law
from plugin.domain.shop import Role
from tests.support.admin import install, listening
from tests.support.office import Office, complaints

pytestmark = pytest.mark.browser
WINDOW = "markets.0.rules.1.window"
SHORT = "The return period is shorter than the law"


@pytest.fixture
def demo(sqlite_url: str, tmp_path: Path, law: Law, browser: Browser) -> Iterator[Office]:
    """Give an office of a shop in which nobody real buys, with nothing promised yet."""
    running = install(sqlite_url, tmp_path, law, is_demo=True)
    contexts: list[BrowserContext] = []
    with listening(running.app) as url:
        yield Office(url, running, browser, "", "", contexts)
        for context in contexts:
            context.close()
    running.storage.close()


def focused(page: Page, selector: str) -> bool:
    is_focused: bool = page.evaluate("s => document.activeElement.matches(s)", selector)
    return is_focused


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(250):
        if focused(page, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not get to {selector}")


def follow(page: Page, selector: str) -> None:
    """Go there by Tab and press Enter, and wait for the page it leads to."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typed(page: Page, selector: str, text: str) -> None:
    """Go there by Tab, type over what stands there, leave by Tab, and wait until it is saved."""
    reach(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    saved(page, lambda: page.keyboard.press("Tab"))


def saved(page: Page, act: Callable[[], None]) -> None:
    """Do something and wait until the draft is a version further."""
    before = page.locator("input[name=version]").first.input_value()
    act()
    expect(page.locator("input[name=version]").first).not_to_have_value(before)


def test_the_keyboard_alone_gets_from_a_preset_to_the_badge_shoppers_see(demo: Office) -> None:
    page = demo.desk()
    heard = complaints(page)
    page.goto(f"{demo.url}/admin/policy")
    reach(page, "#f-source-start")
    page.keyboard.type("European")
    follow(page, "form[action$='/start'] button")
    follow(page, "a[href$='/draft/in/default']")
    say_who_sells(page)
    page.goto(f"{demo.url}/admin/policy/draft/in/markets.0")
    typed(page, f"[id='f-{WINDOW}']", "7")
    expect(page.get_by_text(SHORT).first).to_be_visible()
    reach(page, "button[name=fix][value*=return_window]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text(SHORT)).to_have_count(0)
    promised = page.locator(".shoppers__summary").inner_text()
    page.goto(f"{demo.url}/admin/policy/draft/in/return_addresses")
    follow(page, "form[action$='/add'] button")
    reach(page, "[id='f-return_addresses.0.address.lines']")
    page.keyboard.type("Kaistraße 1\n24103 Kiel")
    saved(page, lambda: page.keyboard.press("Tab"))
    reach(page, "[id='f-return_addresses.0.address.country']")
    saved(page, lambda: page.keyboard.type("Germ"))
    follow(page, "a[href$='/draft/check']")
    expect(page.locator(".status--bad")).to_have_count(0)
    follow(page, "form[action$='/publish'] button")
    expect(page.get_by_role("status")).to_contain_text("Published")
    expect(page.get_by_text("Market: added").first).to_be_visible()
    answer = page.request.get(f"{demo.url}/storefront/v1/key-Nordkap/policy?country=DE&lang=en").json()
    assert answer["summary"] == promised
    assert heard == []


def say_who_sells(page: Page) -> None:
    """Fill in the trader of the default market."""
    at = "default.trader"
    typed(page, f"[id='f-{at}.name']", "Nordkap GmbH")
    reach(page, f"[id='f-{at}.address.lines']")
    page.keyboard.type("Kaistraße 1\n24103 Kiel")
    saved(page, lambda: page.keyboard.press("Tab"))
    reach(page, f"[id='f-{at}.address.country']")
    saved(page, lambda: page.keyboard.type("Germ"))
    typed(page, f"[id='f-{at}.email']", "hallo@nordkap.example")
    typed(page, f"[id='f-{at}.phone']", "+49 431 123456")


def test_what_is_typed_is_saved_when_the_field_is_left_and_the_preview_follows(office: Office) -> None:
    page = office.desk()
    page.goto(f"{office.url}/admin/policy/draft/in/markets.0?country=PL&language=pl")
    typed(page, f"[id='f-{WINDOW}']", "45")
    expect(page.locator(".shoppers")).to_contain_text("45 dni")
    expect(page.locator(f"[id='f-{WINDOW}']")).to_have_value("45")
    page.locator("#f-country").select_option("FR")
    expect(page.locator(".shoppers")).to_contain_text("Francj")
    saved(page, lambda: page.get_by_role("button", name="Undo").click())
    expect(page.locator(f"[id='f-{WINDOW}']")).to_have_value("7")
    expect(page.locator(".shoppers")).to_contain_text("Francj")


def test_the_button_after_typing_saves_once_and_blames_nobody(office: Office) -> None:
    page = office.desk()
    page.goto(f"{office.url}/admin/policy/draft/in/markets.0")
    page.locator(f"[id='f-{WINDOW}']").fill("45")
    page.locator("form#return").get_by_role("button", name="Save").click()
    expect(page.locator("input[name=version]").first).to_have_value("1")
    expect(page.locator(f"[id='f-{WINDOW}']")).to_have_value("45")
    expect(page.get_by_text("Somebody else has edited")).to_have_count(0)


def test_the_second_tab_is_told_that_the_first_was_faster(office: Office) -> None:
    first = office.desk()
    first.goto(f"{office.url}/admin/policy/draft/in/markets.0")
    second = first.context.new_page()
    second.goto(f"{office.url}/admin/policy/draft/in/markets.0")
    typed(first, f"[id='f-{WINDOW}']", "45")
    second.locator(f"[id='f-{WINDOW}']").fill("60")
    second.keyboard.press("Tab")
    expect(second.get_by_text("Somebody else has edited this draft since.")).to_be_visible()
    expect(second.locator(f"[id='f-{WINDOW}']")).to_have_value("45")


def test_without_script_a_draft_is_edited_mended_undone_and_published(demo: Office) -> None:
    page = demo.desk(role=Role.OWNER, java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto(f"{demo.url}/admin/policy")
    page.locator("#f-source-start").select_option("preset:united-states")
    page.get_by_role("button", name="Start a draft").click()
    page.get_by_role("link", name="United States", exact=True).first.click()
    returns = page.locator("form#return")
    returns.locator("input[inputmode=decimal]").first.fill("90")
    returns.get_by_role("button", name="Save").click()
    expect(page.locator("form#return input[inputmode=decimal]").first).to_have_value("90")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("form#return input[inputmode=decimal]").first).not_to_have_value("90")
    page.get_by_role("button", name="Redo").click()
    page.get_by_role("link", name="Check and publish").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("Mend what is marked as an error.")
    page.goto(f"{demo.url}/admin/policy/draft/in/default")
    fill_in(page.locator("form#trader"), "default.trader", email="hallo@nordkap.example", phone="+1 212 5550100")
    page.goto(f"{demo.url}/admin/policy/draft/in/return_addresses")
    page.get_by_role("button", name="Take the seller's address").first.click()
    page.get_by_role("link", name="Check and publish").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("Published")


def fill_in(form: Locator, at: str, **more: str) -> None:
    """Say who and where somebody is, and save it."""
    for name, text in ({"name": "Nordkap", "address.lines": "1 Main Street"} | more).items():
        form.locator(f"[name='{at}.{name}']").fill(text)
    form.locator(f"[name='{at}.address.country']").select_option("US")
    form.get_by_role("button", name="Save").click()


def test_the_simulator_tells_five_clocks_and_stores_nothing(office: Office) -> None:
    page = office.desk(role=Role.VIEWER)
    page.goto(f"{office.url}/admin/policy/simulate")
    page.locator("#f-country").select_option("PL")
    page.locator("#f-ordered_on").fill("2026-12-01")
    page.locator("#f-delivered_on").fill("2026-12-20")
    page.get_by_role("button", name="Show the clocks").click()
    expect(page.locator(".clock")).to_have_count(5)
    expect(page.locator(".clock").first).to_contain_text("4 January 2027")


def test_a_product_is_found_by_keyboard_and_its_page_follows_the_draft(office: Office) -> None:
    page = office.desk()
    heard = complaints(page)
    page.goto(f"{office.url}/admin/policy/draft/in/markets.0?country=DE&language=en")
    reach(page, "#certain > summary")
    page.keyboard.press("Enter")
    reach(page, "#f-find")
    page.keyboard.type("foam")
    expect(page.locator("#found")).to_contain_text("Foam earplugs")
    reach(page, "#found input:checked")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#found input:checked")).to_have_value("501")
    reach(page, "#preview-page > summary")
    page.keyboard.press("Enter")
    shoppers = page.frame_locator(".page-frame")
    expect(shoppers.locator("#policy")).to_be_visible()
    typed_at = page.locator(f"[id='f-{WINDOW}']")
    typed_at.fill("45")
    saved(page, lambda: typed_at.press("Tab"))
    expect(shoppers.locator("#policy")).to_contain_text("We take goods back for 45 days")
    assert heard == []


def test_a_suggested_kind_of_goods_is_confirmed_by_keyboard_and_undone(office: Office) -> None:
    page = office.desk("de")
    page.goto(f"{office.url}/admin/policy/draft/in/traits")
    expect(page.locator("#suggested ~ ul")).to_contain_text("„earplugs“: 4 Produkte")
    reach(page, "button[name=confirm]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("button[name=confirm]")).to_have_count(0)
    saved(page, lambda: page.get_by_role("button", name="Rückgängig").click())
    expect(page.locator("button[name=confirm]")).to_have_count(1)
