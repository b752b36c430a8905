"""Checkout, thank-you and order status: the storefront's own words, and an order's rights to its customer alone."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from tests.build import a_shopper
from tests.web.extensions.conftest import ORDER, Extensions, fits, shopify_order

WINDOWS = (f"/checkout/orders/{ORDER}/windows", f"/account/orders/{ORDER}/windows")


@pytest.mark.parametrize("query", ["country=DE&lang=de", "country=FR&lang=fr&products=501,502", "lang=ar", ""])
def test_the_promise_is_the_storefronts_to_the_letter(extensions: Extensions, query: str) -> None:
    asked = dict(part.split("=") for part in query.split("&") if part)
    ours = extensions.get("/checkout/promises", **asked)
    fits("PolicyAnswer", ours.get_json())
    theirs = extensions.client.get(f"/storefront/v1/{extensions.shop.key}/policy?{query}")
    assert (ours.data, ours.headers["ETag"]) == (theirs.data, theirs.headers["ETag"])


def test_a_promise_is_kept_by_the_browser_and_by_nobody_in_between(extensions: Extensions) -> None:
    """The address is the same for every shop: a shared cache that kept it would tell one shop's promise in another."""
    first = extensions.get("/checkout/promises", country="DE")
    assert (first.cache_control.private, first.cache_control.public, first.cache_control.max_age) == (True, False, 1)
    assert "Authorization" in first.headers["Vary"]
    assert "public" not in first.headers["Cache-Control"]
    again = extensions.client.get(
        "/extensions/v1/checkout/promises?country=DE",
        headers={"Authorization": f"Bearer {extensions.token()}", "If-None-Match": first.headers["ETag"]},
    )
    assert (again.status_code, again.data) == (HTTPStatus.NOT_MODIFIED, b"")


@pytest.mark.parametrize("path", WINDOWS)
def test_the_customer_of_an_order_is_shown_the_panel(extensions: Extensions, path: str) -> None:
    told = extensions.told(path, lang="de")
    fits("OrderWindowsAnswer", told)
    panel = extensions.client.get(_panel(extensions, told) + "?lang=de")
    assert told["rights"]["lines"] == panel.get_json()["lines"]
    assert told["rights"]["order"] == f"#{ORDER}"
    assert (told["language"], told["promise"]) == ("de", None)


@pytest.mark.parametrize("path", WINDOWS)
def test_the_customer_of_an_order_is_told_of_its_parcels_as_the_widget_is(extensions: Extensions, path: str) -> None:
    told = extensions.told(path, lang="de")
    widget = extensions.client.get(_panel(extensions, told).replace("entitlements", "tracking") + "?lang=de").get_json()
    assert told["tracking"]["parcels"] == widget["parcels"]
    assert (told["tracking"]["heading"], told["tracking"]["words"]) == ("Zugestellt", widget["words"])
    assert extensions.client.get(told["tracking"]["page"]["url"]).status_code == HTTPStatus.OK


def test_the_list_of_orders_says_where_each_parcel_is_in_the_same_words(extensions: Extensions) -> None:
    (order,) = extensions.told("/account/orders", ids=ORDER, lang="de")["orders"]
    parcels = extensions.told(WINDOWS[1], lang="de")["tracking"]["parcels"]
    assert order["parcels"] == [" · ".join(filter(None, (each["title"], each["headline"]))) for each in parcels]
    assert [each["expected"] for each in parcels] == [""]


@pytest.mark.parametrize("customer", [None, "8"])
def test_nobody_else_is_told_of_parcels_and_everybody_where_they_are_found(
    extensions: Extensions, customer: str | None
) -> None:
    told = extensions.get(WINDOWS[1], extensions.token(customer), country="DE", lang="en").get_json()
    assert (told["tracking"], told["follow"]["text"]) == (None, "Track your order")
    assert extensions.client.get(told["follow"]["url"]).status_code == HTTPStatus.OK


def test_without_a_language_an_order_speaks_its_own(extensions: Extensions) -> None:
    assert extensions.told(WINDOWS[0])["language"] == "de"


def test_the_customers_links_open_the_goods_and_the_withdrawal_of_this_order(extensions: Extensions) -> None:
    told = extensions.told(WINDOWS[1], lang="en")
    goods = extensions.client.get(told["entry"]["url"])
    assert goods.status_code == HTTPStatus.OK
    assert "Camping stove" in goods.text
    withdrawal = extensions.client.get(told["withdrawal"]["url"])
    assert withdrawal.status_code == HTTPStatus.OK
    assert "Camping stove" in withdrawal.text


@pytest.mark.parametrize("path", WINDOWS)
@pytest.mark.parametrize("customer", [None, "8", "77"])
def test_nobody_else_learns_whether_there_is_such_an_order(
    extensions: Extensions, path: str, customer: str | None
) -> None:
    signed = extensions.token(customer)
    answer = extensions.get(path, signed, country="DE", lang="en")
    fits("OrderWindowsAnswer", answer.get_json())
    assert answer.get_json()["rights"] is None
    nothing = extensions.get(path.replace(ORDER, "999999"), signed, country="DE", lang="en")
    assert (answer.status_code, answer.data) == (nothing.status_code, nothing.data)


def test_an_order_without_a_customer_is_nobodys(extensions: Extensions) -> None:
    guests = shopify_order("6504", shopper=a_shopper(external_id=None))
    extensions.installation.keep(guests, shop=extensions.shop.id)
    for customer in (None, "7"):
        told = extensions.get("/checkout/orders/6504/windows", extensions.token(customer), country="DE").get_json()
        assert told["rights"] is None


def test_a_guest_is_told_the_promise_and_where_to_find_the_order(extensions: Extensions) -> None:
    told = extensions.get(WINDOWS[0], extensions.token(None), country="DE", lang="en").get_json()
    promise = extensions.client.get(f"/storefront/v1/{extensions.shop.key}/policy?country=DE&lang=en").get_json()
    assert told["promise"] == promise
    assert told["withdrawal"] == promise["withdrawal"]
    assert (told["claims"], told["entry"]["text"]) == ([], "Return an item or report a problem")
    assert extensions.client.get(told["entry"]["url"]).status_code == HTTPStatus.OK


@pytest.mark.parametrize("country", ["DE", "US", "CH"])
def test_the_withdrawal_function_is_open_wherever_a_guest_looks_from(extensions: Extensions, country: str) -> None:
    told = extensions.get(WINDOWS[1], extensions.token(None), country=country, lang="en").get_json()
    assert extensions.client.get(told["withdrawal"]["url"]).status_code == HTTPStatus.OK


def test_a_country_that_is_none_is_refused_in_words(extensions: Extensions) -> None:
    answer = extensions.get(WINDOWS[0], extensions.token(None), country="Deutschland", lang="en")
    assert (answer.status_code, answer.get_json()["code"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, "country_invalid")


def _panel(at: Extensions, told: dict[str, dict[str, str]]) -> str:
    token = told["withdrawal"]["url"].partition("&order=")[2]
    return f"/storefront/v1/{at.shop.key}/orders/{token}/entitlements"
