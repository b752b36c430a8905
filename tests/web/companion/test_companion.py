"""A shop's plugin is connected by an owner's code and answered by its signature; its links let customers in."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import jsonschema
import pytest

from plugin.domain.companion import OrderPass
from plugin.web.openapi import openapi
from tests.web.companion.conftest import ADDRESS, Plugin

HERE = "/companion/v1/connection"
ORDER = "/companion/v1/orders/18?lang=de"


def fits(name: str, told: object) -> None:
    jsonschema.validate(told, {"$ref": f"#/components/schemas/{name}", "components": openapi()["components"]})


def a_pass(of: Plugin, order: str = "18", customer: str = "7") -> str:
    shown = OrderPass(order, customer, of.installation.clock.now() + timedelta(minutes=30))
    return f"/companion/v1/open/{of.shop.key}/{shown.write(of.shop.key, of.secret)}?lang=de"


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}/", "http://SHOP.example/store"])
def test_a_code_connects_the_plugin_of_the_shop_at_its_address(plugin: Plugin, address: str) -> None:
    answer = plugin.connect(plugin.code(), address)
    assert answer.status_code == HTTPStatus.CREATED
    fits("NewConnectionAnswer", answer.get_json())
    told = plugin.ask(HERE).get_json()
    fits("ConnectionAnswer", told)
    assert (told["shop"], told["country"], told["has_withdrawal"]) == (plugin.shop.key, "DE", True)
    assert "secret" not in told


def test_a_code_connects_once(plugin: Plugin) -> None:
    code = plugin.code()
    assert plugin.connect(code).status_code == HTTPStatus.CREATED
    again = plugin.connect(code)
    assert (again.status_code, again.get_json()["code"]) == (HTTPStatus.FORBIDDEN, "join_code_unusable")
    assert plugin.ask(HERE).status_code == HTTPStatus.OK


def test_a_shop_that_is_not_on_record_is_not_connected_and_the_code_stays_good(plugin: Plugin) -> None:
    code = plugin.code()
    refused = plugin.connect(code, "https://elsewhere.example")
    assert (refused.status_code, refused.get_json()["code"]) == (HTTPStatus.NOT_FOUND, "companion_shop_unknown")
    assert plugin.connect(code).status_code == HTTPStatus.CREATED


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"code": 1}', b'{"code": "a.b.c"}', b"\xff" * 5000])
def test_a_body_that_says_nothing_is_told_so(plugin: Plugin, body: bytes) -> None:
    answer = plugin.client.post(HERE, data=body)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_connecting_anew_leaves_the_old_secret_worthless(connected: Plugin) -> None:
    before = connected.secret
    connected.installation.clock.advance(timedelta(minutes=1))
    assert connected.connect(connected.code()).status_code == HTTPStatus.CREATED
    assert connected.ask(HERE, secret=before).status_code == HTTPStatus.FORBIDDEN
    assert connected.ask(HERE).status_code == HTTPStatus.OK


def test_a_plugin_that_disconnects_is_answered_no_more(connected: Plugin) -> None:
    assert connected.ask(HERE, "DELETE").status_code == HTTPStatus.NO_CONTENT
    refused = connected.ask(HERE)
    assert (refused.status_code, refused.get_json()["code"]) == (HTTPStatus.FORBIDDEN, "companion_unsigned")


@pytest.mark.parametrize(
    "sent", ["", "Bearer x", "Aftercare-Companion a:b:c", "Aftercare-Companion KEY:99999999999:00"]
)
@pytest.mark.parametrize("target", [HERE, ORDER])
def test_without_a_signature_nothing_is_told(connected: Plugin, target: str, sent: str) -> None:
    answer = connected.client.get(target, headers={"Authorization": sent.replace("KEY", connected.shop.key)})
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_an_old_request_repeated_later_is_refused(connected: Plugin) -> None:
    headers = connected.signed(ORDER)
    assert connected.client.get(ORDER, headers=headers).status_code == HTTPStatus.OK
    connected.installation.clock.advance(timedelta(minutes=6))
    assert connected.client.get(ORDER, headers=headers).status_code == HTTPStatus.FORBIDDEN


def test_an_order_is_told_in_words_by_the_platforms_own_id(connected: Plugin) -> None:
    answer = connected.ask(ORDER)
    told = answer.get_json()
    fits("ShopOrderAnswer", told)
    assert (told["language"], told["entitlements"]["order"], told["claims"]) == ("de", "18", [])
    assert told["withdrawal"]["url"].endswith(f"&order={told['token']}")
    panel = connected.client.get(f"/storefront/v1/{connected.shop.key}/orders/{told['token']}/entitlements?lang=de")
    assert panel.get_json()["lines"] == told["entitlements"]["lines"]
    widget = connected.client.get(f"/storefront/v1/{connected.shop.key}/orders/{told['token']}/tracking?lang=de")
    assert widget.get_json()["parcels"] == told["tracking"]["parcels"]
    assert told["tracking"]["heading"] == "Zugestellt"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_an_order_of_nobody_is_not_found(connected: Plugin) -> None:
    answer = connected.ask("/companion/v1/orders/404")
    assert (answer.status_code, answer.get_json()["code"]) == (HTTPStatus.NOT_FOUND, "order_unknown")


def test_a_customers_link_leads_to_the_goods_of_their_order(connected: Plugin) -> None:
    answer = connected.client.get(a_pass(connected))
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    page = connected.client.get(answer.location)
    assert page.status_code == HTTPStatus.OK
    assert "Tent lantern" in page.text


@pytest.mark.parametrize(("order", "customer"), [("18", "8"), ("18", "0"), ("19", "7")])
def test_the_link_of_somebody_else_leads_to_the_form(connected: Plugin, order: str, customer: str) -> None:
    answer = connected.client.get(a_pass(connected, order, customer))
    assert answer.location == f"/s/{connected.shop.key}/claim?lang=de"


def test_a_link_that_has_run_out_leads_to_the_form(connected: Plugin) -> None:
    address = a_pass(connected)
    connected.installation.clock.advance(timedelta(minutes=31))
    assert connected.client.get(address).location == f"/s/{connected.shop.key}/claim?lang=de"
    assert connected.client.get(f"/s/{connected.shop.key}/claim?lang=de").status_code == HTTPStatus.OK
