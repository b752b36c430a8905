"""Checkout, thank-you and order status in a browser: the engine's words, and silence or an honest one without them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.extensions.conftest import AtShopify
from tests.support.local_server import free_port

pytestmark = pytest.mark.browser
CHECKOUT = ("aftercare-checkout", "purchase.checkout.block.render")
THANK_YOU = ("aftercare-checkout", "purchase.thank-you.block.render")
STATUS = ("aftercare-orders", "customer-account.order-status.block.render")
MENU = ("aftercare-orders", "customer-account.order.action.menu-item.render")
ACTION = ("aftercare-orders", "customer-account.order.action.render")


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """Give a page whose script may not throw."""
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    yield page
    assert thrown == []


def test_the_line_at_checkout_is_the_engines_own(quiet: Page, shopify: AtShopify) -> None:
    quiet.goto(shopify.host.stage(*CHECKOUT, shopify.address, country="FR", language="de"))
    said = shopify.app.told("/checkout/promises", country="FR", lang="de")["banner"]
    expect(quiet.locator("s-banner")).to_have_text(said)


@pytest.mark.parametrize(
    "scene",
    [{"country": "DE"}, {"country": "FR", "settings": {"is_hidden": True}}, {"country": None}],
    ids=["not proven there", "hidden by the merchant", "nobody knows where to"],
)
def test_checkout_promises_nothing_else(quiet: Page, shopify: AtShopify, scene: dict[str, object]) -> None:
    quiet.goto(shopify.host.stage(*CHECKOUT, shopify.address, **scene))
    expect(quiet.locator("body > :not(script)")).to_have_count(0)


def test_checkout_goes_on_without_us(quiet: Page, shopify: AtShopify) -> None:
    with quiet.expect_event("requestfailed"):
        quiet.goto(shopify.host.stage(*CHECKOUT, f"http://127.0.0.1:{free_port()}", country="FR"))
    expect(quiet.locator("body > :not(script)")).to_have_count(0)


def test_after_the_purchase_everybody_is_told_what_the_shop_promises(quiet: Page, shopify: AtShopify) -> None:
    shopify.customer = None
    quiet.goto(shopify.host.stage(*THANK_YOU, shopify.address))
    told = shopify.app.told("/checkout/promises", country="DE", lang="en")
    expect(quiet.locator("s-heading")).to_have_text(told["heading"])
    expect(quiet.locator("s-list-item")).to_have_text([each["text"] for each in told["promises"]])


def test_an_order_shows_its_rights_as_the_panel_words_them(quiet: Page, shopify: AtShopify) -> None:
    quiet.goto(shopify.host.stage(*STATUS, shopify.address, language="de"))
    told = shopify.app.told("/account/orders/6501/windows", lang="de")
    expect(quiet.get_by_role("link", name=told["entry"]["text"])).to_be_visible()
    shown = quiet.locator("body").inner_text()
    clocks = [clock for line in told["rights"]["lines"] for clock in line["clocks"] if clock["state"] == "open"]
    assert clocks
    assert [each["sentence"] for each in clocks if each["sentence"] not in shown] == []
    withdrawal = quiet.get_by_role("link", name=told["withdrawal"]["text"])
    expect(withdrawal).to_have_attribute("href", "extension:aftercare-returns/withdrawal/6501")


def test_where_the_parcels_are_stands_above_the_rights_in_the_same_words(quiet: Page, shopify: AtShopify) -> None:
    quiet.goto(shopify.host.stage(*STATUS, shopify.address, language="de"))
    told = shopify.app.told("/account/orders/6501/windows", lang="de")["tracking"]
    (parcel,) = told["parcels"]
    expect(quiet.get_by_text(parcel["text"])).to_be_visible()
    shown = quiet.locator("body").inner_text()
    steps = [word for each in parcel["steps"] for word in (each["title"], each["when"])]
    assert [word for word in (*steps, told["words"]["steps"]) if word not in shown] == []
    assert shown.index(parcel["text"]) < shown.index("Camping stove", shown.index(parcel["text"]) + 1)
    expect(quiet.get_by_role("link", name=told["page"]["text"])).to_have_attribute(
        "href", re.compile(r"/tracking/[\w.-]+")
    )
    quiet.goto(shopify.host.stage(*STATUS, shopify.address, language="de", settings={"hides_tracking": True}))
    expect(quiet.get_by_text("Camping stove", exact=True).first).to_be_visible()
    expect(quiet.get_by_text(parcel["text"])).to_have_count(0)


def test_whoever_is_not_signed_in_sees_no_order_and_still_finds_the_way(quiet: Page, shopify: AtShopify) -> None:
    shopify.customer = None
    quiet.goto(shopify.host.stage(*STATUS, shopify.address, customer=None))
    told = shopify.app.get("/account/orders/6501/windows", shopify.app.token(None), country="DE", lang="en").get_json()
    entry = quiet.get_by_role("link", name=told["entry"]["text"])
    expect(entry).to_have_attribute("href", told["entry"]["url"])
    follow = quiet.get_by_role("link", name=told["follow"]["text"])
    expect(follow).to_have_attribute("href", told["follow"]["url"])
    expect(quiet.locator("s-list-item").first).to_have_text(told["promise"]["promises"][0]["text"])
    assert "Camping stove" not in quiet.locator("body").inner_text()


def test_while_nobody_answers_it_says_so_and_asks_again_when_told(page: Page, shopify: AtShopify) -> None:
    at = shopify.host.stage(*STATUS, shopify.address)
    page.route(f"{shopify.address}/**", lambda route: route.abort())
    page.goto(at)
    expect(page.locator("s-banner")).to_contain_text("That did not work.")
    page.unroute(f"{shopify.address}/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Camping stove", exact=True).first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_orders_menu_leads_through_its_rights_into_a_claim(quiet: Page, shopify: AtShopify) -> None:
    quiet.goto(shopify.host.stage(*MENU, shopify.address))
    expect(quiet.get_by_role("button", name="Return an item or report a problem")).to_be_visible()
    quiet.goto(shopify.host.stage(*ACTION, shopify.address))
    expect(quiet.get_by_text("Camping stove", exact=True).first).to_be_visible()
    into = quiet.get_by_role("link", name="Continue")
    expect(into).to_have_attribute("href", "extension:aftercare-returns/order/6501")
