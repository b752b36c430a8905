"""A working day in the admin, in a real browser: by keyboard, on a phone, without script, in three languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from plugin.domain.clocks.engine import Law
from plugin.domain.effects import RebuildEntitlements
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Standing
from plugin.domain.shop import Role
from plugin.usecases.sign_in import sign_in
from tests.build import DELIVERED, MERCHANT, a_fulfilment, a_line, a_policy, a_shopper, an_event, an_order
from tests.support.admin import Installation, install, listening, many_orders
from tests.support.browser import violations

pytestmark = pytest.mark.browser

LONG = "Ultraleichtes Dreipersonenzelt mit zwei Apsiden und Gestänge aus Aluminium, moosgrün/anthrazit"
LANGUAGES = ("en", "de", "ar")
PAGES = ("home", "orders", "bulk", "none_found", "order", "refused", "parked", "record", "staff", "account", "unknown")


@dataclass
class Office:
    """A running admin with orders in every state, and the desks people sit at."""

    url: str
    installation: Installation
    browser: Browser
    order: str
    record: str
    contexts: list[BrowserContext]

    def desk(self, language: str = "en", role: Role = Role.OWNER, **context: object) -> Page:
        """A page of somebody who is signed in."""
        opened = self.browser.new_context(**context)  # type: ignore[arg-type]  # passed through
        opened.set_default_timeout(10_000)
        self.contexts.append(opened)
        deps = self.installation.deps
        _, link = self.installation.invite(role, f"{language}@shop.example", language)
        ports = {"units": deps.units, "ids": deps.ids, "secrets": deps.secrets, "now": deps.clock.now()}
        session = sign_in(str(link), "Chrome/140 Linux", **ports)  # type: ignore[arg-type]  # the four ports it takes
        opened.add_cookies([{"name": "aftercare_admin", "value": str(session.token), "url": f"{self.url}/admin"}])
        return opened.new_page()

    def show(self, page: Page, name: str) -> None:
        """Bring up one of `PAGES`."""
        paths = {
            "home": "/admin/",
            "orders": "/admin/orders",
            "none_found": "/admin/orders?q=zz&standing=unpaid",
            "order": f"/admin/orders/{self.order}",
            "refused": f"/admin/orders/{self.order}",
            "parked": "/admin/parked",
            "record": f"/admin/parked/{self.record}",
            "staff": "/admin/staff",
            "account": "/admin/account",
            "unknown": "/admin/nowhere",
            "bulk": "/admin/orders",
        }
        page.goto(self.url + paths[name])
        if name == "bulk":
            page.locator("tbody input").first.check()
        if name == "refused":
            page.locator("#f-on").fill("2020-01-01")
            page.locator("form[action$='/delivered'] button").click()
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, law: Law, browser: Browser) -> Iterator[Office]:
    running = install(sqlite_url, tmp_path, law)
    with running.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()
    delivered = a_fulfilment(events=(an_event(DELIVERED),))
    lines = (a_line("11", title=LONG), a_line("12"), a_line("13", title="Gutschein", is_gift_card=True))
    (order,) = running.keep(
        an_order(
            "9001", lines=lines, fulfilments=(delivered,), shopper=a_shopper("a-very-long-address@mail.example.com")
        ),
        policy_version="v1",
    )
    running.keep(*many_orders(60), an_order("8001", standing=Standing.FAILED), an_order("8002", country=None))
    running.keep(an_order("8003", number="INV/2026/000000000000000000042", standing=Standing.UNPAID))
    record = running.park(b'{"note": "<script>' + b"x" * 400 + b'"}', "missing_field")
    running.jobs.add([RebuildEntitlements(MERCHANT)])
    running.run_jobs()
    contexts: list[BrowserContext] = []
    with listening(running.app) as url:
        yield Office(url, running, browser, order, record, contexts)
        for context in contexts:
            context.close()
    running.storage.close()


def complaints(page: Page) -> list[str]:
    """Collect what the browser complains about from now on."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "console",
        lambda m: heard.append(m.text) if m.type in {"error", "warning"} and "Failed to load" not in m.text else None,
    )
    return heard


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


def test_the_keyboard_alone_finds_opens_and_reads_an_order(office: Office) -> None:
    page = office.desk()
    page.goto(f"{office.url}/admin/orders")
    page.keyboard.press("/")
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


def reach(page: Page, is_there: Callable[[], bool]) -> None:
    """Press Tab until the focus is where it should be."""
    for _ in range(150):
        if is_there():
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")
