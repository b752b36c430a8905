"""A working day in the admin, in a real browser: by keyboard, on a phone, without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from plugin.domain.shop import Role
from tests.support.browser import violations
from tests.support.office import Office, complaints

pytestmark = pytest.mark.browser


def test_the_keyboard_alone_finds_opens_and_reads_an_order(office: Office) -> None:
    page = office.desk()
    page.goto(f"{office.url}/admin/orders")
    go_to_search(page)
    page.keyboard.type("9001")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url(f"{office.url}/admin/orders?q=9001&shop=&standing=")
    page.keyboard.press("Tab")  # to the filters, out of the field where j would be a letter
    page.keyboard.press("Escape")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text("Order 9001")
    reach(page, lambda: focused(page, "summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".trace").first).to_be_visible()


def test_j_and_k_move_and_enter_opens_the_row(office: Office) -> None:
    page = office.desk()
    page.goto(f"{office.url}/admin/orders")
    names = page.locator("[data-row] th a").all_inner_texts()
    for key in "jjjk":
        page.keyboard.press(key)
    assert page.locator("[data-current] th a").inner_text() == names[1]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"Order {names[1]}")


def test_a_click_anywhere_on_the_row_opens_it(office: Office) -> None:
    page = office.desk()
    page.goto(f"{office.url}/admin/orders?q=9001")
    page.locator("[data-row] .rows__country").click()
    expect(page.locator("h1")).to_have_text("Order 9001")


def test_the_question_mark_tells_the_keys(office: Office) -> None:
    page = office.desk()
    page.goto(f"{office.url}/admin/orders")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_many_are_marked_and_undone_by_keyboard(office: Office) -> None:
    page = office.desk(role=Role.AGENT)
    page.goto(f"{office.url}/admin/orders?q=105")
    expect(page.locator("[data-bulk-bar]")).to_be_hidden()
    for position in (0, 1):
        page.locator("[data-row] input").nth(position).focus()
        page.keyboard.press("Space")
    expect(page.locator("[data-bulk-count]")).to_have_text("Chosen: 2")
    reach(page, lambda: focused(page, "[data-bulk-bar] button"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 orders are marked as delivered")
    assert "q=105" in page.url
    reach(page, lambda: focused(page, "[name=undo]"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("as they were before")


def test_a_filter_narrows_the_list_at_once_and_its_chip_takes_it_off(office: Office) -> None:
    page = office.desk()
    heard = complaints(page)
    page.goto(f"{office.url}/admin/orders")
    page.locator("#f-standing").select_option("failed")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    page.goto(f"{office.url}/admin/orders?standing=failed")
    page.locator(".chip").click()
    expect(page.locator("[data-row]")).to_have_count(50)
    assert heard == []


def test_a_search_in_a_session_that_ended_leads_to_the_door(office: Office) -> None:
    page = office.desk()
    page.goto(f"{office.url}/admin/orders")
    page.context.clear_cookies()
    page.locator("#f-q").fill("9001")
    page.wait_for_url("**/admin/sign-in")


def test_without_script_everything_works(office: Office) -> None:
    page = office.desk(role=Role.OWNER, java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto(f"{office.url}/admin/orders")
    page.locator("#f-q").fill("9001")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="9001", exact=True).click()
    page.locator("summary").first.click()
    expect(page.locator(".trace").first).to_be_visible()
    page.locator("#f-on").fill("2026-11-10")
    page.get_by_role("button", name="Mark as delivered").click()
    expect(page.get_by_role("status")).to_contain_text("1 order is marked")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("set by hand")).to_have_count(0)
    page.goto(f"{office.url}/admin/orders?q=105")
    page.locator("[data-row] input").first.check()
    page.get_by_role("button", name="Mark as delivered").click()
    expect(page.get_by_role("status")).to_contain_text("1 order is marked")
    page.goto(f"{office.url}/admin/parked/{office.record}")
    page.get_by_text("Dismiss this record").click()
    page.get_by_role("button", name="Delete our copy").click()
    expect(page.get_by_text("Nothing is parked")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")


def test_right_to_left_pages_are_mirrored(office: Office) -> None:
    page = office.desk("ar", viewport={"width": 1280, "height": 800})
    page.goto(f"{office.url}/admin/orders/{office.order}")
    across = {name: page.locator(name).first.bounding_box() for name in (".bar__home", ".bar__leave", "aside", ".line")}
    left = {name: box["x"] for name, box in across.items() if box}
    assert left[".bar__home"] > left[".bar__leave"]
    assert left[".line"] > left["aside"]
    page.goto(f"{office.url}/admin/orders")
    pick, total = (page.locator(f"tbody .rows__{name}").first.bounding_box() for name in ("pick", "total"))
    assert pick
    assert total
    assert pick["x"] > total["x"]


def test_on_a_phone_a_row_says_what_matters_and_can_be_hit_with_a_thumb(office: Office) -> None:
    page = office.desk("de", viewport={"width": 320, "height": 700})
    page.goto(f"{office.url}/admin/orders?q=9001")
    row = page.locator("[data-row]")
    for text in ("9001", "54,90", "Aufgegeben", "Deutschland", "Nächstes Ende eines Rechts"):
        expect(row).to_contain_text(text)
    page.goto(f"{office.url}/admin/orders/{office.order}")
    heights = [box["height"] for each in page.locator("button:visible, nav a").all() if (box := each.bounding_box())]
    assert min(heights) >= 44


def test_the_head_of_a_long_list_stays_in_sight(office: Office) -> None:
    page = office.desk(viewport={"width": 1280, "height": 700})
    page.goto(f"{office.url}/admin/orders")
    page.locator("[data-row]").nth(40).scroll_into_view_if_needed()
    head = page.locator("thead th").nth(1).bounding_box()
    assert head
    assert 0 <= head["y"] < 10


def test_an_owner_removes_a_colleague_after_reading_what_it_means(office: Office) -> None:
    page = office.desk()
    office.installation.invite(Role.VIEWER, "zoe@shop.example")
    page.goto(f"{office.url}/admin/staff")
    row = page.locator("li", has_text="zoe@shop.example")
    row.get_by_text("Remove", exact=True).click()
    expect(row).to_contain_text("signed out everywhere at once")
    row.get_by_role("button", name="Remove access").click()
    expect(page.get_by_role("status")).to_contain_text("Removed")
    expect(page.get_by_text("zoe@shop.example")).to_have_count(0)


def focused(page: Page, selector: str) -> bool:
    is_focused: bool = page.evaluate("s => document.activeElement.matches(s)", selector)
    return is_focused


def go_to_search(page: Page) -> None:
    """By its key; Chromium can lose what is hit before it has drawn the page."""
    for _ in range(50):
        page.keyboard.press("/")
        if focused(page, "#f-q"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the key of the search leads nowhere")


def reach(page: Page, is_there: Callable[[], bool]) -> None:
    """Press Tab until the focus is where it should be."""
    for _ in range(150):
        if is_there():
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")
