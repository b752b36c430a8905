"""The returns page of a customer account in a browser: from the list of orders to a claim, and to a withdrawal."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.extensions.conftest import MORE_ORDERS, AtShopify
from tests.support.extension_host import Account
from tests.web.extensions.conftest import ORDER

pytestmark = pytest.mark.browser
PAGE = ("aftercare-returns", "customer-account.page.render")
DETAILS = ("aftercare-orders", "customer-account.order-status.return-details.render-after")
SENT, KEPT, WITHDRAWN = MORE_ORDERS


def at(order: str) -> str:
    return f"extension:aftercare-returns/order/{order}"


def opened(page: Page, shopify: AtShopify, place: str = "extension:aftercare-returns/", **account: object) -> None:
    shopify.host.account = Account(**({"orders": [ORDER]} | account))  # type: ignore[arg-type]  # a test names its fields
    page.set_default_timeout(8000)
    page.goto(shopify.host.stage(*PAGE, shopify.address, address=place))


def go_on(page: Page, name: str = "Continue") -> None:
    page.get_by_role("button", name=name).click()


def expect_ways(page: Page, shopify: AtShopify) -> None:
    told = shopify.app.told("/account/orders", ids="", lang="en")
    for way in (told["entry"], told["withdrawal"]):
        expect(page.get_by_role("link", name=way["text"])).to_have_attribute("href", way["url"])


def choose_reason(page: Page, group: str, reason: str) -> None:
    page.locator("s-summary", has_text=group).click()
    page.get_by_label(reason).check()


def test_a_shopper_gets_from_their_orders_to_a_claim_that_was_sent(page: Page, shopify: AtShopify) -> None:
    opened(page, shopify, orders=[SENT])
    expect(page.get_by_role("heading", name="Your orders")).to_be_visible()
    page.get_by_role("link", name="Return an item or report a problem").click()
    go_on(page)
    expect(page.locator("s-banner")).to_have_text("Choose at least one item.")
    page.get_by_label("Camping stove").check()
    go_on(page)
    choose_reason(page, "Faulty or not as described", "It is faulty")
    page.get_by_label("Description (optional)").fill("The flame goes out.")
    go_on(page)
    page.get_by_label("Serial number").fill("SN 1")
    expect(page.get_by_role("link", name="Add files")).to_be_visible()
    go_on(page)
    page.get_by_label("Repair").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Check and send")).to_be_visible()
    expect(page.get_by_text("Step 4 of 4")).to_be_visible()
    for text in ("1 × Camping stove", "It is faulty", "The flame goes out.", "SN 1", "Repair"):
        expect(page.get_by_text(text, exact=True)).to_be_visible()
    go_on(page, "Send request")
    expect(page.get_by_role("heading", name="What has happened")).to_be_visible()
    (listed,) = shopify.app.told("/account/orders", ids=SENT, lang="en")["orders"]
    (claim,) = listed["claims"]
    expect(page.get_by_role("heading", name=f"Request {claim['number']}")).to_be_visible()
    page.goto(shopify.host.stage(*DETAILS, shopify.address, order=f"gid://shopify/Order/{SENT}"))
    expect(page.get_by_role("link", name=claim["number"])).to_have_attribute("href", claim["url"])


def test_neither_a_lost_line_nor_the_way_back_loses_what_was_written(page: Page, shopify: AtShopify) -> None:
    opened(page, shopify, at(KEPT))
    page.get_by_label("Camping stove").check()
    go_on(page)
    choose_reason(page, "Change of mind", "It is not as I imagined it")
    page.get_by_label("Description (optional)").fill("Too loud")
    page.route(f"{shopify.address}/**", lambda route: route.abort())
    go_on(page)
    expect(page.locator("s-banner")).to_have_text("That did not work. Please try again in a moment.")
    page.unroute(f"{shopify.address}/**")
    go_on(page)
    expect(page.get_by_role("heading", name="What do you want?")).to_be_visible()
    go_on(page, "Back")
    expect(page.get_by_label("Description (optional)")).to_have_value("Too loud")
    page.reload()
    expect(page.get_by_label("Camping stove")).to_be_checked()
    go_on(page)
    expect(page.get_by_role("heading", name="What do you want?")).to_be_visible()


def test_what_a_return_at_shopify_already_covers_cannot_be_chosen(page: Page, shopify: AtShopify) -> None:
    returns = {ORDER: [("OPEN", "12", 1, 1), ("REQUESTED", "11", 1, 3), ("CANCELED", "11", 2, 3)]}
    opened(page, shopify, at(ORDER), returns=returns)
    expect(page.get_by_text("Nothing of this is left to return.")).to_be_visible()
    expect(page.get_by_label("Camping stove")).to_have_count(0)
    expect(page.get_by_label("How many").locator("option")).to_have_text(["1", "2"])


def test_more_orders_are_shown_when_asked_for(page: Page, shopify: AtShopify) -> None:
    opened(page, shopify, orders=[*(f"99{no:02}" for no in range(20)), ORDER])
    page.get_by_role("button", name="Show earlier orders").click()
    expect(page.get_by_role("heading", name=f"Order #{ORDER}")).to_be_visible()


@pytest.mark.parametrize("orders", [[], ["990001"]])
def test_an_account_without_orders_says_so_and_where_any_order_is_found(
    page: Page, shopify: AtShopify, orders: list[str]
) -> None:
    opened(page, shopify, orders=orders)
    expect(page.get_by_text("You have no orders here yet.")).to_be_visible()
    expect_ways(page, shopify)


def test_where_shopify_lists_nothing_the_ways_to_an_order_stay_open(page: Page, shopify: AtShopify) -> None:
    page.route("**/account-api", lambda route: route.abort())
    opened(page, shopify)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    expect_ways(page, shopify)


@pytest.mark.parametrize("place", ["order/6502", "withdrawal/6502"])
def test_what_is_somebody_elses_is_not_there(page: Page, shopify: AtShopify, place: str) -> None:
    opened(page, shopify, f"extension:aftercare-returns/{place}")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect_ways(page, shopify)


def test_a_claim_of_somebody_elses_is_not_there(page: Page, shopify: AtShopify) -> None:
    opened(page, shopify, "extension:aftercare-returns/claim/nobody")
    expect(page.get_by_role("alert")).to_be_visible()


def test_an_address_that_names_no_place_leads_to_all_orders(page: Page, shopify: AtShopify) -> None:
    opened(page, shopify, "extension:aftercare-returns/order/65%")
    expect(page.get_by_role("heading", name=f"Order #{ORDER}")).to_be_visible()


def test_a_withdrawal_takes_two_screens_and_gives_a_receipt(page: Page, shopify: AtShopify) -> None:
    opened(page, shopify, f"extension:aftercare-returns/withdrawal/{WITHDRAWN}")
    form = shopify.app.told(f"/account/orders/{WITHDRAWN}/withdrawal", lang="en")
    page.get_by_label(form["name"]["label"]).fill("")
    page.get_by_label("Tent lantern").select_option("0")
    go_on(page, form["button"]["text"])
    expect(page.get_by_text("Enter your name.")).to_be_visible()
    page.get_by_label(form["name"]["label"]).fill("Ida Muster")
    go_on(page, form["button"]["text"])
    expect(page.get_by_role("heading", name="Check what you declare")).to_be_visible()
    expect(page.get_by_text("Ida Muster")).to_be_visible()
    expect(page.get_by_text("Tent lantern")).to_have_count(0)  # none of it was picked
    go_on(page, "Confirm withdrawal")
    expect(page.get_by_role("heading", name="We have received your withdrawal.")).to_be_visible()
    kept = urlsplit(str(page.get_by_role("link").get_attribute("href")))
    page.goto(f"{shopify.address}{kept.path}?{kept.query}")
    expect(page.get_by_role("heading", name="We have received your withdrawal.")).to_be_visible()
    expect(page.get_by_text("Camping stove")).to_be_visible()
