"""The demo's orders: the panel's words, the why, and the carrier's scan through the real inbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from plugin.demo.load import Demo
from plugin.domain.ids import OrderId
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant
from plugin.ports.deps import Deps
from tests.build import MERCHANT, PLACED, a_shop, a_stored_order, an_order
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits

UNSENT = "#1043"
Address = Callable[..., str]
Work = Callable[[], int]


def text(client: FlaskClient, address: str, **query: str) -> str:
    answer = client.get(address, query_string={"lang": "en"} | query)
    assert answer.status_code == HTTPStatus.OK
    return unescape(answer.text)


def press(client: FlaskClient, address: str) -> str:
    """Press a button; give the address the browser is sent to."""
    answer = client.post(f"{address}?lang=en")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    return answer.headers["Location"]


@pytest.mark.usefixtures("demo")
def test_the_list_shows_orders_in_every_stage_and_each_opens(client: FlaskClient) -> None:
    page = text(client, "/demo/orders")
    for stage in ("Can still go back", "Not delivered yet", "Guarantee only", "Nothing open"):
        assert stage in page
    links = re.findall(r'href="(/demo/orders/[^"?]+)', page)
    assert len(links) >= 50
    for link in links:
        text(client, link)
        text(client, f"{link}/why")


@pytest.mark.usefixtures("demo")
def test_every_listed_order_stands_under_what_its_sentence_says(client: FlaskClient) -> None:
    page = text(client, "/demo/orders")
    sections = re.findall(r'<section aria-labelledby="stage-(\w+)">(.*?)</section>', page, re.DOTALL)
    stages = dict(sections)
    assert list(stages) == ["returnable", "on_the_way", "guaranteed", "over"]
    assert "3011" in stages["returnable"]  # its second line was refunded, its first may still go back
    assert "3004" in stages["on_the_way"]  # its first parcel arrived, its second did not
    assert "claim at least until" not in stages["on_the_way"]
    for ends in ("Return it", "Exchange it", "You can withdraw"):
        assert ends not in stages["guaranteed"] + stages["over"]


@pytest.mark.usefixtures("demo")
def test_a_newcomer_is_sent_to_an_order_that_can_still_go_back(client: FlaskClient) -> None:
    where = client.get("/demo/orders/first?lang=en").headers["Location"]
    assert "You can withdraw from the contract until" in text(client, where.partition("?")[0])
    assert "/why?" in client.get("/demo/orders/first?why=1&lang=en").headers["Location"]


def test_the_panel_says_word_for_word_what_the_api_answers(client: FlaskClient, demo: Demo, address: Address) -> None:
    page = unescape(client.get(address("3013"), query_string={"lang": "it"}).text)
    token = re.search(r'token="([^"]+)"', page)
    assert token
    key = demo.shops[Platform.WOOCOMMERCE].key
    answer = client.get(f"/storefront/v1/{key}/orders/{token[1]}/entitlements?lang=it").get_json()
    assert len(answer["lines"]) == 2
    for line in answer["lines"]:
        for clock in line["clocks"]:
            assert clock["sentence"] in page


def test_an_estimate_is_shown_as_one_and_starts_nothing(client: FlaskClient, address: Address) -> None:
    page = text(client, address("3003"))
    assert "An estimate starts nothing." in page
    assert "Delivered on" not in page


def test_the_why_names_each_step_and_links_its_source(client: FlaskClient, address: Address) -> None:
    page = text(client, address("3001") + "/why")
    assert "That day is not counted" in page
    assert "as the carrier reports" in page
    assert re.search(r'<a href="https?://[^"]+"[^>]*><bdi>Directive 2011/83/EU art. 9</bdi>', page)
    assert "Source read" in page


def test_an_order_of_a_real_shop_is_unknown_here(
    client: FlaskClient, demo: Demo, units: FakeUnits, address: Address
) -> None:
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "A real one", PLACED))
        unit.shops.add(shop := a_shop())
        unit.orders.save([replace(a_stored_order(an_order()), shop=shop.id, id=OrderId("real1"))])
        unit.commit()
    own = a_shop("Own", id="own", merchant=demo.merchant.id, is_demo=False)
    with units(demo.merchant.id) as unit:
        unit.shops.add(own)
        unit.orders.save([replace(a_stored_order(an_order()), shop=own.id, id=OrderId("real2"))])
        unit.commit()
    assert client.get(address("3001")).status_code == HTTPStatus.OK
    for order in ("real1", "real2"):
        assert client.get(f"/demo/orders/{order}").status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"/demo/orders/{order}/why").status_code == HTTPStatus.NOT_FOUND
        assert client.post(f"/demo/orders/{order}/scan").status_code == HTTPStatus.NOT_FOUND


def test_the_scan_waits_for_the_worker_and_then_starts_the_clocks(
    client: FlaskClient, address: Address, work: Work
) -> None:
    order = address(UNSENT, Platform.SHOPIFY)
    assert "Starts when your parcel is delivered" in text(client, order)
    where = press(client, f"{order}/scan")
    waiting = unescape(client.get(where).text)
    assert "it waits for the worker" in waiting
    assert "Starts when your parcel is delivered" in waiting
    assert work() == 2  # parcel sent, parcel delivered
    done = unescape(client.get(where).text)
    assert "The worker has applied it" in done
    assert "Delivered on Wednesday 10 March 2027, as the carrier reports" in done
    assert "You can withdraw from the contract until Wednesday 24 March 2027" in done


def test_pressing_twice_while_it_waits_delivers_once(
    client: FlaskClient, address: Address, work: Work, deps: Deps, demo: Demo, clock: FakeClock
) -> None:
    order = address(UNSENT, Platform.SHOPIFY)
    press(client, f"{order}/scan")
    clock.advance(timedelta(seconds=5))
    where = press(client, f"{order}/scan")
    assert work() == 2
    assert "The worker has applied it" in unescape(client.get(where).text)
    with deps.units.read(demo.merchant.id) as unit:
        (stored,) = unit.orders.by_number(demo.shops[Platform.SHOPIFY].id, UNSENT)
    assert len(stored.order.fulfilments) == 1
    assert len(stored.order.fulfilments[0].events) == 1


def test_a_withdrawn_scan_stops_the_clocks_and_can_be_sent_again(
    client: FlaskClient, address: Address, work: Work, clock: FakeClock
) -> None:
    order = address(UNSENT, Platform.SHOPIFY)
    press(client, f"{order}/scan")
    work()
    where = press(client, f"{order}/scan/withdraw")
    assert "it waits for the worker" in unescape(client.get(where).text)
    work()
    stopped = unescape(client.get(where).text)
    assert "The worker has applied it" in stopped
    assert "Starts when your parcel is delivered" in stopped
    clock.advance(timedelta(days=1))
    press(client, f"{order}/scan")
    work()
    assert "until Thursday 25 March 2027" in text(client, order)


def test_where_no_platform_reports_deliveries_the_page_says_so_instead_of_a_button(
    client: FlaskClient, address: Address
) -> None:
    page = text(client, address("3003"))
    assert "WooCommerce does not report when a parcel arrives" in page
    assert "/scan" not in page
    assert client.post(f"{address('3003')}/scan").status_code == HTTPStatus.CONFLICT
    assert client.post(f"{address('3003')}/scan/withdraw").status_code == HTTPStatus.CONFLICT


def test_a_scan_without_the_forms_token_is_refused(app: Flask, address: Address, work: Work) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    order = address(UNSENT, Platform.SHOPIFY)
    visitor = app.test_client()
    assert visitor.post(f"{order}/scan").status_code == HTTPStatus.BAD_REQUEST
    assert work() == 0
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(order).text)
    assert token
    answer = visitor.post(f"{order}/scan", data={"csrf_token": token[1]})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert work() == 2
