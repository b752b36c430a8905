"""GET promises: the few worded promises of a market and which product has which, for surfaces that only print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

import msgspec
import pytest
from flask.testing import FlaskClient

from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Payer, Payers, Track, Window
from plugin.domain.shop import Shop
from plugin.usecases.compile_promises import compile_promises
from plugin.usecases.quote_promises import PAGE
from plugin.web.storefront.prepared import PUBLIC
from plugin.web.storefront.schemas import PolicyAnswer, PromiseClass, PromisesAnswer
from tests.build import MERCHANT, NOW, a_market, a_policy, a_product
from tests.fakes.units import FakeUnits

SHOES = Rule(
    "shoes",
    Track.RETURN,
    Scope(categories=frozenset({"shoes"})),
    window=Window(90),
    payers=Payers(none=Payer.SHOP, buyer=Payer.SHOP),
)
NUMBER = PAGE + 20


@pytest.fixture(autouse=True)
def _compiled(units: FakeUnits, shop: Shop) -> None:
    market = a_market("DE", frozenset({"DE"}))
    products = [a_product(f"p{n:04}", categories=("shoes",) if n % 3 else ("hats",)) for n in range(NUMBER)]
    with units(MERCHANT) as unit:
        unit.policies.add(a_policy("v2", effective_from=NOW, markets=(replace(market, rules=(*market.rules, SHOES)),)))
        unit.products.save(shop.id, products)
        unit.commit()
    compile_promises(merchant=MERCHANT, units=units, now=NOW)


def ask(client: FlaskClient, shop: Shop, **query: str) -> PromisesAnswer:
    answer = client.get(f"/storefront/v1/{shop.key}/promises", query_string={"lang": "en", **query})
    assert answer.status_code == HTTPStatus.OK
    return msgspec.json.decode(answer.data, type=PromisesAnswer)


def pages(client: FlaskClient, shop: Shop, **query: str) -> Iterator[PromisesAnswer]:
    after: str | None = ""
    while after is not None:
        page = ask(client, shop, after=after, **query)
        yield page
        after = page.after


def test_every_product_is_listed_once_with_a_promise_of_the_market(client: FlaskClient, shop: Shop) -> None:
    found = list(pages(client, shop, country="DE"))
    listed = [each.product for page in found for each in page.products]
    assert (len(found), len(listed), len(set(listed))) == (2, NUMBER, NUMBER)
    classes = {each.id for each in found[0].classes}
    assert {each.promise for page in found for each in page.products} <= classes
    assert len(classes) == len(found[0].classes) == 3


def test_a_listed_promise_says_what_the_policy_answer_says_of_the_product(client: FlaskClient, shop: Shop) -> None:
    page = ask(client, shop, country="DE", lang="de")
    classes: dict[str, PromiseClass] = {each.id: each for each in page.classes}
    for listed in page.products[:6]:
        query = {"country": "DE", "lang": "de", "product": listed.product}
        answer = msgspec.json.decode(
            client.get(f"/storefront/v1/{shop.key}/policy", query_string=query).data, type=PolicyAnswer
        )
        told = classes[listed.promise]
        assert (told.summary, told.lines, told.promises) == (answer.summary, answer.lines, answer.promises)
        assert told.banner == answer.banner
        assert page.heading == answer.heading


def test_the_first_promise_holds_for_everything(client: FlaskClient, shop: Shop) -> None:
    first = ask(client, shop, country="DE").classes[0]
    answer = client.get(f"/storefront/v1/{shop.key}/policy", query_string={"country": "DE", "lang": "en"})
    assert first.summary == msgspec.json.decode(answer.data, type=PolicyAnswer).summary


def test_what_is_not_compiled_yet_is_not_listed(client: FlaskClient, shop: Shop, units: FakeUnits) -> None:
    with units(MERCHANT) as unit:
        unit.products.save(shop.id, [a_product("p0001", categories=("hats",), updated_at=NOW)])
        unit.commit()
    assert "p0001" not in {each.product for page in pages(client, shop, country="DE") for each in page.products}


def test_the_same_promises_need_not_be_fetched_twice(client: FlaskClient, shop: Shop) -> None:
    path = f"/storefront/v1/{shop.key}/promises?country=DE"
    first = client.get(path)
    assert first.headers["Cache-Control"] == PUBLIC
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (HTTPStatus.NOT_MODIFIED, b"")
    tags = {client.get(f"{path}&{more}").headers["ETag"] for more in ("", "lang=de", "after=p0400")}
    assert len(tags) == 3


def test_without_a_policy_the_law_alone_is_told(client: FlaskClient, shop: Shop, units: FakeUnits) -> None:
    units.of(MERCHANT).policies.clear()
    answer = ask(client, shop, country="DE")
    assert [each.id for each in answer.classes] == ["law"]
    assert (answer.products, answer.after) == ((), None)
    assert "14 days" in answer.classes[0].summary


def test_an_unknown_shop_and_no_country_are_refused(client: FlaskClient, shop: Shop) -> None:
    assert client.get("/storefront/v1/nobody/promises").status_code == HTTPStatus.NOT_FOUND
    refused = client.get(f"/storefront/v1/{shop.key}/promises?country=Germany")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
