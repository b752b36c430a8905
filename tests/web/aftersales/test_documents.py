"""The page for programs: JSON-LD on its own, the policy document and its schema."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from http import HTTPStatus

import jsonschema
import pytest
from flask.testing import FlaskClient

from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Track, Window
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Shop
from tests.build import MERCHANT, PLACED, a_product
from tests.fakes.units import FakeUnits


def test_the_data_on_its_own_is_the_data_in_the_page(client: FlaskClient, shop: Shop) -> None:
    embedded = re.search(r'ld\+json">(.*?)</script>', client.get(f"/s/{shop.key}/de/DE").text)
    answer = client.get(f"/s/{shop.key}/de/DE.jsonld")
    assert answer.mimetype == "application/ld+json"
    assert embedded
    assert json.loads(embedded[1]) == json.loads(answer.data)


def test_page_and_data_say_the_same_days(client: FlaskClient, shop: Shop) -> None:
    data = json.loads(client.get(f"/s/{shop.key}/en/FR.jsonld").data)
    policy = data["@graph"][0]["hasMerchantReturnPolicy"]
    assert policy["merchantReturnDays"] == 30
    assert "We take goods back for 30 days from delivery." in client.get(f"/s/{shop.key}/en/FR").text
    assert policy["merchantReturnLink"] == f"https://aftercare.example/s/{shop.key}/en/FR"


def test_a_product_has_data_of_its_own(
    client: FlaskClient, shop: Shop, units: FakeUnits, policy: PolicyVersion
) -> None:
    longer = Rule("lamps", Track.RETURN, Scope(products=frozenset({"501"})), priority=9, window=Window(90))
    market = policy.for_country("DE")
    sold = replace(market, rules=(*market.rules, longer))
    with units(MERCHANT) as unit:
        unit.products.save(shop.id, [a_product("501")])
        unit.policies.add(replace(policy, id="v2", effective_from=PLACED, default=sold, markets=()))
        unit.commit()
    for query, days in (("", 30), ("?product=501", 90), ("?product=nothing", 30)):
        graph = json.loads(client.get(f"/s/{shop.key}/en/DE.jsonld{query}").data)["@graph"]
        assert graph[0]["hasMerchantReturnPolicy"]["merchantReturnDays"] == days
        document = json.loads(client.get(f"/s/{shop.key}/policy.json{query}").data)
        assert document["product"] == ("501" if days == 90 else None)
        (germany,) = (country for country in document["countries"] if country["country"] == "DE")
        assert germany["shop_return"]["window"]["length"] == days
    moved = client.get(f"/s/{shop.key}/EN/de.jsonld?product=501")
    assert moved.headers["Location"] == f"/s/{shop.key}/en/DE.jsonld?product=501"


def test_the_document_names_its_schema_and_fits_it(client: FlaskClient, shop: Shop) -> None:
    answer = client.get(f"/s/{shop.key}/policy.json?delivered_at=2026-12-04T10:00:00Z")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    document = json.loads(answer.data)
    assert document["$schema"] == f"https://aftercare.example/s/{shop.key}/policy.schema.json"
    schema = client.get(document["$schema"].removeprefix("https://aftercare.example")).json
    assert schema
    jsonschema.validate(document, schema)
    (germany,) = (country for country in document["countries"] if country["country"] == "DE")
    assert germany["withdrawal"]["deadline"]["closes_at"] == "2026-12-18T23:00:00Z"
    assert client.get(germany["page"].removeprefix("https://aftercare.example")).status_code == HTTPStatus.OK


def test_one_country_may_be_asked_for(client: FlaskClient, shop: Shop) -> None:
    document = json.loads(client.get(f"/s/{shop.key}/policy.json?country=pl").data)
    assert [country["country"] for country in document["countries"]] == ["PL"]


@pytest.mark.parametrize("delivered", ["yesterday", "2026-12-04", "2026-12-04T10:00:00", "9999-12-31T23:59:59-23:00"])
def test_a_delivery_without_an_instant_is_refused_by_name(client: FlaskClient, shop: Shop, delivered: str) -> None:
    answer = client.get(f"/s/{shop.key}/policy.json", query_string={"delivered_at": delivered})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json is not None
    assert answer.json["field"] == "delivered_at"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/s/nobody/policy.json", "/s/nobody/en/DE.jsonld"])
def test_an_unknown_shop_is_a_problem_programs_can_read(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (HTTPStatus.NOT_FOUND, "application/problem+json")
