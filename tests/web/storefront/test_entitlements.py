"""GET entitlements: what one order entitles its shopper to, for whoever holds the order's token."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from http import HTTPStatus

import msgspec
from flask.testing import FlaskClient

from plugin.domain.clocks.engine import Law
from plugin.domain.entitlement import Right
from plugin.domain.ids import OrderId, ShopId
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.usecases.quote_entitlements import quote_entitlements
from plugin.web.storefront.order_token import issue
from plugin.web.storefront.schemas import EntitlementsAnswer
from plugin.wording.order_language import language_of
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeClock, FakeSecrets
from tests.fakes.units import FakeUnits


def path(shop: Shop, order: OrderId, signed_for: ShopId | None = None) -> str:
    return f"/storefront/v1/{shop.key}/orders/{issue(FakeSecrets(), signed_for or shop.id, order)}/entitlements"


def ask(client: FlaskClient, shop: Shop, order: StoredOrder, lang: str = "en") -> EntitlementsAnswer:
    answer = client.get(path(shop, order.id), query_string={"lang": lang})
    assert answer.status_code == HTTPStatus.OK
    return msgspec.json.decode(answer.data, type=EntitlementsAnswer)


def test_every_line_answers_with_five_rights_in_words_and_instants(
    client: FlaskClient, shop: Shop, order: StoredOrder, units: FakeUnits, law: Law
) -> None:
    answer = ask(client, shop, order)
    quote = quote_entitlements(order.id, merchant=MERCHANT, units=units, law=law, now=NOW)
    assert [line.title for line in answer.lines] == [line.title for line in order.order.lines]
    for told, computed in zip(answer.lines, quote.lines, strict=True):
        assert {clock.right for clock in told.clocks} == {right.value for right in Right}
        by_right = {clock.right.value: clock for clock in computed.clocks}
        for clock in told.clocks:
            own = by_right[clock.right]
            assert (clock.closes_at, clock.state) == (own.closes_at, own.state(NOW).value)
            assert clock.opens_at == (own.starts.at if own.starts else None)
            assert clock.is_statutory == own.is_statutory
            assert [source.kind for source in clock.sources] == [basis.kind for basis in own.basis]
            assert clock.title
            assert clock.sentence
            assert clock.state_word


def test_who_asks_for_no_language_is_answered_in_the_orders(
    client: FlaskClient, shop: Shop, order: StoredOrder
) -> None:
    expected = language_of(order.order)
    assert expected != "en"
    assert client.get(path(shop, order.id)).headers["Content-Language"] == expected


def test_an_order_that_tells_no_language_is_answered_in_the_one_its_market_names(
    client: FlaskClient, shop: Shop, order: StoredOrder, units: FakeUnits
) -> None:
    with units(MERCHANT) as unit:
        version = unit.policies.get("v1")
        unit.policies.add(replace(version, id="v2", default=replace(version.default, language="da")))
        silent = replace(order.order, language=None)
        unit.orders.save([replace(unit.orders.get(order.id), order=silent, policy_version="v2")])
        unit.commit()
    assert client.get(path(shop, order.id)).headers["Content-Language"] == "da"


def test_the_answer_says_for_which_instant_it_was_computed(
    client: FlaskClient, shop: Shop, order: StoredOrder, clock: FakeClock
) -> None:
    first = ask(client, shop, order)
    assert first.as_of == NOW
    assert first.as_of.tzinfo is UTC
    clock.advance(timedelta(days=400))
    later = ask(client, shop, order)
    states = [{c.right: c.state for c in answer.lines[0].clocks} for answer in (first, later)]
    assert states[0]["shop_return"] == "open"
    assert states[1]["shop_return"] == "closed"


def test_the_words_come_in_the_language_asked_for(client: FlaskClient, shop: Shop, order: StoredOrder) -> None:
    english, german, arabic = (ask(client, shop, order, lang) for lang in ("en", "de", "ar"))
    assert len({english.words.heading, german.words.heading, arabic.words.heading}) == 3
    assert (german.language, arabic.direction) == ("de", "rtl")


def test_nobody_keeps_the_answer(client: FlaskClient, shop: Shop, order: StoredOrder) -> None:
    answer = client.get(path(shop, order.id))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_nothing_personal_is_told(client: FlaskClient, shop: Shop, order: StoredOrder) -> None:
    told = client.get(path(shop, order.id)).text
    shopper = order.order.shopper
    assert shopper is not None
    for secret in (shopper.name, shopper.email, "Torstraße", "10119", "54.90"):
        assert secret
        assert secret not in told


def test_unknown_and_foreign_orders_get_one_and_the_same_refusal(
    client: FlaskClient, shop: Shop, order: StoredOrder
) -> None:
    good = path(shop, order.id)
    refused = [
        client.get(path(shop, OrderId("no such order"))),
        client.get(path(shop, order.id, signed_for=ShopId("another shop"))),
        client.get(good.replace("/entitlements", "x/entitlements")),
        client.get(f"/storefront/v1/{shop.key}/orders/{order.id}/entitlements"),
    ]
    assert {answer.status_code for answer in refused} == {HTTPStatus.NOT_FOUND}
    assert len({answer.data for answer in refused}) == 1
    assert refused[0].json is not None
    assert refused[0].json["code"] == "order_unknown"
