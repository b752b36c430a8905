"""The after-sales page in a real browser, and the way to it from every page of the demo store."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from plugin.app import build_app
from plugin.demo.load import SHOPS, load_demo
from plugin.domain.order import Platform
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.usecases.find_shop import find_shop
from tests.support import databases
from tests.support.looks import LANGUAGES, faults

pytestmark = pytest.mark.browser

SURFACES = ("/demo", "/demo/products/tent", "/demo/cart?cart=tent&country=FR", "/demo/orders/first", "/demo/law")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, run_folder: Path) -> Iterator[tuple[str, str]]:
    """Give the running demo's address and the path of its shop's pages."""
    home = tmp_path_factory.mktemp("home")
    shutil.copyfile(databases.migrated_file(run_folder), home / "aftercare.sqlite3")
    settings = Settings.from_env({"AFTERCARE_HOME": str(home), "PORT": "8000"})
    runtime = open_runtime(settings)
    runtime.migrate()
    load_demo(runtime.deps)
    name = SHOPS[Platform.WOOCOMMERCE]
    shop = find_shop(name, None, directory=runtime.deps.directory, units=runtime.deps.units)
    server = make_server("127.0.0.1", 0, build_app(settings, runtime.deps), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", f"/s/{shop.key}"
    server.shutdown()
    server.server_close()
    thread.join()
    runtime.close()


@pytest.mark.parametrize("surface", SURFACES)
def test_the_page_can_be_reached_from_every_page_of_the_store(page: Page, store: tuple[str, str], surface: str) -> None:
    url, shop = store
    page.goto(url + surface)
    paths = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.href)")
    others = ("/documents/", "/withdraw", "/claim", "/tracking")
    found = {path for path in paths if urlsplit(path).path.startswith(shop) and not any(o in path for o in others)}
    assert found
    for address in found:
        there = urlsplit(address)
        answer = page.request.get(f"{url}{there.path}?{there.query}")
        assert answer.ok
        assert 'data-section="policy"' in answer.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fits_and_is_accessible(page: Page, store: tuple[str, str], language: str) -> None:
    url, shop = store
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{url}{shop}/{language}/DE")
    page.locator("footer summary").last.click()
    assert faults(page, language, LANGUAGES.index(language)) == {}
    assert not [text for text in said if "Content Security Policy" in text]


def test_the_data_block_is_let_through_by_the_pages_own_policy(page: Page, store: tuple[str, str]) -> None:
    url, shop = store
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{url}{shop}/en/DE")
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert data["@graph"][0]["hasMerchantReturnPolicy"]["merchantReturnDays"] == 30
    assert refused == []


def test_a_visitor_elsewhere_sees_the_hours_in_their_own_time_too(browser: Browser, store: tuple[str, str]) -> None:
    url, shop = store
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.clock.install(time="2026-06-01T08:00:00Z")
    page.goto(f"{url}{shop}/en/DE")
    own = page.locator("[data-visitor]")
    expect(own).to_be_visible()
    expect(own).to_contain_text("Tokyo")
    expect(own.locator("li")).to_have_text("Monday – Friday 16:00 – 00:00")
    expect(page.locator(".hours__zone").first).to_contain_text("09:00 – 17:00")
    context.close()


def test_without_script_the_page_is_whole_and_the_country_can_be_chosen(
    browser: Browser, store: tuple[str, str]
) -> None:
    url, shop = store
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}{shop}/en/DE")
    expect(page.locator(".hours__zone").first).to_contain_text("09:00 – 17:00")
    expect(page.locator("[data-visitor]")).to_be_hidden()
    page.get_by_label("Country the goods go to").select_option("FR")
    page.get_by_label("Language").select_option("fr")
    page.get_by_role("button", name="Show this page").click()
    assert urlsplit(page.url).path == f"{shop}/fr/FR"
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    context.close()
