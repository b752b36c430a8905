"""A guest in a store that hands our pages on: withdraws on a phone in two steps and reads the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.support.browser import spill, violations
from tests.support.shopify_store import PREFIX, ShopifyStore


@pytest.fixture
def address(store: ShopifyStore) -> Iterator[str]:
    """The store's own address while it is open."""
    server = make_server("127.0.0.1", 0, store.host)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_a_guest_withdraws_under_the_shops_own_address(phone: Page, address: str, store: ShopifyStore) -> None:
    refused: list[str] = []
    phone.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    phone.on("requestfailed", lambda request: refused.append(request.url))
    phone.goto(f"{address}{PREFIX}?country=DE&lang=en")
    phone.get_by_role("link", name="Withdraw from contract here").click()
    phone.get_by_label("Your name").fill("Ida Holm")
    phone.locator("#reference").fill("1001")
    phone.locator("#reply_to").fill("ida@example.com")
    assert (spill(phone), violations(phone)) == (0, [])
    phone.get_by_role("button", name="Withdraw from contract here").click()
    phone.get_by_role("button", name="Confirm withdrawal").click()
    phone.get_by_role("heading", name="We have received your withdrawal").wait_for()
    assert phone.url.startswith(f"{address}{PREFIX}/s/{store.shop.key}/withdraw/receipt/")
    assert "ida@example.com" in phone.inner_text("main")
    assert (spill(phone), violations(phone)) == (0, [])
    assert phone.context.cookies() == []
    assert refused == []
    assert all(path.startswith(("/s/", "/static/")) or path == "" for path in store.asked)
