"""The merchant pages in a frame of Shopify's admin, in Chromium: App Bridge alone is ours to stand in for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from plugin.domain.clocks.engine import Law
from plugin.domain.order import Platform
from tests.build import an_order
from tests.integrations.shopify.signing import SHOP
from tests.support.admin import listening
from tests.support.shopify_frame import Frame, framed
from tests.support.shopify_host import open_admin


@pytest.fixture
def frame(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Frame]:
    with framed(sqlite_url, tmp_path, law) as opened:
        opened.open()
        shop = opened.installation.deps.directory.shop_by_address(Platform.SHOPIFY, SHOP.name)
        assert shop
        opened.installation.keep(an_order(), at=shop.merchant, shop=shop.id)
        yield opened


@pytest.mark.browser
def test_a_days_work_is_done_in_the_frame_and_no_cookie_is_set(frame: Frame, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    with listening(frame.installation.app) as address:
        inside = open_admin(page, address, frame.token)
        set_up(inside)
        mark_and_undo(page, inside)
        download(page, inside)
        preview(page, inside)
        upload(page, inside)
        save_by_the_bar(page, inside)
        let_go_and_come_back(page, inside)
    assert page.context.cookies() == []
    assert complaints == []
    assert len(page.context.pages) == 1


def go(page: Page, name: str) -> None:
    """By Shopify's own navigation."""
    page.locator("nav").get_by_role("button", name=name, exact=True).click()
    expect(page.locator("#title")).to_have_text(name)


def set_up(inside: FrameLocator) -> None:
    """Home tells what Shopify says is active, and keeps what somebody says."""
    expect(inside.locator("p[data-live]:visible")).to_have_count(1)
    inside.get_by_role("button", name="They are off").click()
    expect(inside.get_by_text("shoppers meet one form with one window")).to_be_visible()


def mark_and_undo(page: Page, inside: FrameLocator) -> None:
    """A link, a form, its notice, and the way back."""
    go(page, "Orders")
    inside.locator("tbody a").first.click()
    inside.locator("#f-on").wait_for()
    inside.locator("form[action*='/delivered'] button").click()
    inside.locator(".notice").get_by_role("button", name="Undo").click()
    expect(inside.locator(".notice")).to_contain_text("as it was before")


def download(page: Page, inside: FrameLocator) -> None:
    """A file comes down, and the page stays."""
    go(page, "Claims")
    with page.expect_download() as coming:
        inside.locator("a[download]").first.click()
    assert coming.value.suggested_filename.endswith(".csv")
    assert "id_token" not in coming.value.url
    expect(page.locator("#title")).to_have_text("Claims")


def preview(page: Page, inside: FrameLocator) -> None:
    """A letter shows in a frame inside the frame."""
    go(page, "Mail")
    inside.locator("a[href*='/mail/letters']").first.click()
    inside.locator("a[href*='/mail/letters/confirmation']").first.click()
    expect(inside.frame_locator("iframe.letter").locator("body")).to_contain_text("Your rights for order")


def upload(page: Page, inside: FrameLocator) -> None:
    """A file goes up with its form."""
    go(page, "Documents")
    form = inside.locator("form[action*='/documents/add']")
    form.locator("input[name=name]").fill("Declaration of the kettle")
    form.locator("input[type=file]").set_input_files(
        {"name": "ce.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    )
    form.locator("button").click()
    expect(inside.get_by_text("Declaration of the kettle").first).to_be_visible()


def save_by_the_bar(page: Page, inside: FrameLocator) -> None:
    """Changes are shown as unsaved, kept from being lost, thrown away, and saved."""
    go(page, "Account")
    language, bar = inside.locator("select[name=language]"), page.locator("#bar")
    language.select_option("fr")
    expect(bar).to_be_visible()
    inside.locator("main").evaluate("(main) => main.insertAdjacentHTML('beforeend', '<a href=\"/admin/\">away</a>')")
    inside.get_by_role("link", name="away").click()
    expect(page.locator("#leave")).to_be_visible()
    page.locator("#discard").click()
    expect(bar).to_be_hidden()
    expect(language).to_have_value("en")
    language.select_option("de")
    page.locator("#save").click()
    inside.locator("html[lang=de]").wait_for()
    expect(bar).to_be_hidden()


def let_go_and_come_back(page: Page, inside: FrameLocator) -> None:
    """A shop that is let go says so, and is connected again by a press."""
    go(page, "Shops")
    inside.locator("details.ask summary").first.click()
    inside.locator("form[action*='/disconnect'] button").first.click()
    expect(page.locator("#title")).to_have_text("Dieser Shop ist getrennt")
    inside.get_by_role("button", name="Diesen Shop wieder verbinden").click()
    expect(page.locator("#title")).to_have_text("Start")
