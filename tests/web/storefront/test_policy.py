"""GET policy: what a shopper may count on, worded, cacheable, open to every store's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

import msgspec
import pytest
from flask.testing import FlaskClient

from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Payer, Payers, Track, Window
from plugin.domain.shop import Shop
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.eta.spread import DayRange
from plugin.web.storefront.prepared import KEPT_SECONDS
from plugin.web.storefront.schemas import PolicyAnswer
from tests.build import MERCHANT, NOW, a_market, a_policy, a_product
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits

FREE = Payers(none=Payer.SHOP, buyer=Payer.SHOP)
NO_RETURNS = "Delivery to United States: the shop promises no returns without a reason; your rights by law hold."


def ask(client: FlaskClient, shop: Shop, **query: str) -> PolicyAnswer:
    answer = client.get(f"/storefront/v1/{shop.key}/policy", query_string=query)
    assert answer.status_code == HTTPStatus.OK
    return msgspec.json.decode(answer.data, type=PolicyAnswer)


def test_the_answer_holds_for_the_market_that_was_asked_for(client: FlaskClient, shop: Shop) -> None:
    answer = ask(client, shop, country="FR", lang="de")
    assert (answer.market.country, answer.market.name, answer.market.is_default) == ("FR", "Frankreich", False)
    assert (answer.language, answer.direction) == ("de", "ltr")


def test_a_market_nobody_chose_is_named_in_the_sentence(client: FlaskClient, shop: Shop) -> None:
    answer = ask(client, shop, lang="en")
    assert (answer.market.country, answer.market.is_default) == ("DE", True)
    assert "Germany" in answer.summary


def test_an_address_on_the_net_changes_nothing(client: FlaskClient, shop: Shop) -> None:
    path = f"/storefront/v1/{shop.key}/policy"
    headers = {"CF-IPCountry": "US", "X-Forwarded-For": "8.8.8.8", "Accept-Language": "fr-FR"}
    assert client.get(path, headers=headers).data == client.get(path).data


def test_the_right_by_law_and_the_shops_extra_are_lines_of_their_own(client: FlaskClient, shop: Shop) -> None:
    lines = ask(client, shop, country="DE", lang="en").lines
    kinds = [line.kind for line in lines]
    assert len(kinds) == len(set(kinds))
    assert {"right", "extra", "payer"} <= set(kinds)
    right = next(line for line in lines if line.kind == "right")
    extra = next(line for line in lines if line.kind == "extra")
    assert "14" in right.text
    assert "30" not in right.text
    assert "30" in extra.text


def test_the_banner_shows_only_where_free_returns_are_proven(client: FlaskClient, shop: Shop) -> None:
    assert ask(client, shop, country="DE").banner
    assert ask(client, shop, country="FR").banner is None


def test_a_country_without_known_law_gets_no_promise_of_a_right(client: FlaskClient, shop: Shop) -> None:
    answer = ask(client, shop, country="AQ", lang="en")
    assert answer.summary
    assert "14" not in " ".join(line.text for line in answer.lines if line.kind == "right")


def test_right_to_left_languages_say_so(client: FlaskClient, shop: Shop) -> None:
    answer = ask(client, shop, country="DE", lang="ar")
    assert (answer.language, answer.direction) == ("ar", "rtl")


@pytest.mark.parametrize(("asked", "answered"), [("de-AT", "de"), ("zh-CN", "zh-Hans"), ("xx", "en"), ("", "en")])
def test_the_nearest_language_answers(client: FlaskClient, shop: Shop, asked: str, answered: str) -> None:
    assert ask(client, shop, lang=asked).language == answered


def test_no_visitor_is_shown_an_answer_older_than_five_seconds(client: FlaskClient, shop: Shop) -> None:
    for path in (f"/storefront/v1/{shop.key}/policy?country=DE", f"/storefront/v1/{shop.key}/promises?country=DE"):
        told = client.get(path).cache_control
        assert KEPT_SECONDS + (told.max_age or 0) < 5
        assert "stale" not in str(told)


def test_whoever_has_the_answer_need_not_fetch_it_twice(client: FlaskClient, shop: Shop) -> None:
    path = f"/storefront/v1/{shop.key}/policy?country=DE"
    first = client.get(path)
    assert not first.headers.get("Vary")
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (HTTPStatus.NOT_MODIFIED, b"")
    assert client.get(path, headers={"If-None-Match": '"another"'}).status_code == HTTPStatus.OK


def test_each_market_and_each_language_has_an_entity_tag_of_its_own(client: FlaskClient, shop: Shop) -> None:
    queries = ("country=DE", "country=FR", "country=DE&lang=de", "")
    tags = {client.get(f"/storefront/v1/{shop.key}/policy?{query}").headers["ETag"] for query in queries}
    assert len(tags) == len(queries)


SHOES = Rule("shoes", Track.RETURN, Scope(categories=frozenset({"shoes"})), window=Window(None), payers=FREE)
SALE = Rule("sale", Track.RETURN, Scope(tags=frozenset({"sale"})), priority=5, is_final_sale=True)
LARGE = Rule("large", Track.RETURN, Scope(skus=frozenset({"L"})), window=Window(90), payers=FREE)


@pytest.fixture
def catalogue_of(units: FakeUnits, shop: Shop) -> None:
    """Let products differ: shoes, something on sale, and a shirt of two sizes."""
    market = a_market("US", frozenset({"US"}), return_days=30)
    market = replace(market, rules=(*market.rules, SHOES, SALE, LARGE))
    products = [
        a_product("shoe", sku="A", categories=("Shoes",), tags=()),
        a_product("sale", sku="B", categories=(), tags=("Sale",)),
        a_product("shirt", sku="C", categories=(), tags=()),
        a_product("shirt-l", parent_id="shirt", sku="L", categories=(), tags=()),
        a_product("shirt-s", parent_id="shirt", sku="S", categories=(), tags=()),
    ]
    with units(MERCHANT) as unit:
        unit.policies.add(a_policy("v2", effective_from=NOW - timedelta(hours=1), markets=(market,)))
        unit.products.save(shop.id, products)
        unit.commit()


@pytest.mark.usefixtures("catalogue_of")
@pytest.mark.parametrize(
    ("asked", "summary"),
    [
        ({"product": "shoe"}, "Delivery to United States: free returns without a time limit."),
        ({"product": "sale"}, NO_RETURNS),
        ({"product": "shirt-s"}, "Delivery to United States: free returns for 30 days."),
        ({"product": "shirt-l"}, "Delivery to United States: free returns for 90 days."),
        ({"product": "shirt", "sku": "L"}, "Delivery to United States: free returns for 90 days."),
        ({"product": "shirt"}, "Delivery to United States: free returns for 30 days."),
        ({"product": "shoe", "sku": "L"}, "Delivery to United States: free returns for 90 days."),
        ({"product": "unheard of"}, NO_RETURNS),
        ({"sku": "L"}, NO_RETURNS),
        ({"product": "x" * 300}, NO_RETURNS),
        ({}, NO_RETURNS),
    ],
)
def test_the_answer_is_about_the_product_as_the_catalogue_knows_it(
    client: FlaskClient, shop: Shop, asked: dict[str, str], summary: str
) -> None:
    """What is not known of it leaves the least: an SKU of no such variation may be any."""
    assert ask(client, shop, country="US", lang="en", **asked).summary == summary


@pytest.mark.usefixtures("catalogue_of")
@pytest.mark.parametrize(
    ("cart", "banner"),
    [
        ("shoe", "free returns without a time limit"),
        ("shoe,shirt-l", "free returns for 90 days"),
        ("shirt,shoe,shirt-l", "free returns for 30 days"),
        ("shoe,sale", None),
        ("shoe,unheard of", None),
        (",".join(["shoe"] * 101), None),
    ],
)
def test_the_banner_speaks_for_everything_in_the_cart_or_not_at_all(
    client: FlaskClient, shop: Shop, cart: str, banner: str | None
) -> None:
    shown = ask(client, shop, country="US", lang="en", products=cart).banner
    assert (shown is None) if banner is None else (shown is not None and banner in shown)


@pytest.mark.usefixtures("catalogue_of")
def test_one_line_promises_say_the_same_as_the_badge(client: FlaskClient, shop: Shop) -> None:
    answer = ask(client, shop, country="DE", lang="en", product="shoe")
    told = {promise.kind: promise.text for promise in answer.promises}
    assert list(told) == ["window", "payer", "warranty", "refund"]
    assert told["window"] == answer.summary
    assert told["payer"] in {line.text for line in answer.lines}
    assert "14 days" in told["refund"]
    assert answer.heading == "What you can count on"


def test_a_kept_answer_is_not_another_shops(client: FlaskClient, shop: Shop) -> None:
    ask(client, shop, country="DE")
    assert client.get("/storefront/v1/other/policy?country=DE").status_code == HTTPStatus.NOT_FOUND


def test_a_new_policy_is_answered_once_the_kept_answer_has_run_out(
    client: FlaskClient, shop: Shop, units: FakeUnits, clock: FakeClock
) -> None:
    before = ask(client, shop, country="DE")
    later = a_policy("v2", effective_from=NOW + timedelta(hours=1), default=a_market("DE", return_days=60))
    with units(MERCHANT) as unit:
        unit.policies.add(later)
        unit.commit()
    clock.advance(timedelta(hours=2))
    assert ask(client, shop, country="DE") == before
    client.application.extensions["aftercare.answers"].forget()
    after = ask(client, shop, country="DE")
    assert after.version != before.version
    assert "60" in next(line.text for line in after.lines if line.kind == "extra")


def test_a_country_that_is_none_is_refused_by_name(client: FlaskClient, shop: Shop) -> None:
    answer = client.get(f"/storefront/v1/{shop.key}/policy?country=Germany&lang=de")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert (answer.json["code"], answer.json["field"]) == ("country_invalid", "country")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_an_unknown_shop_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/storefront/v1/nobody/policy")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert answer.json is not None
    assert answer.json["code"] == "shop_unknown"


def test_every_page_may_read_and_nobody_is_asked_who_they_are(client: FlaskClient, shop: Shop) -> None:
    path = f"/storefront/v1/{shop.key}/policy"
    headers = {"Origin": "https://store.example", "Access-Control-Request-Method": "GET"}
    asked = client.options(path, headers=headers)
    assert asked.status_code == HTTPStatus.NO_CONTENT
    answer = client.get(path, headers={"Origin": "https://store.example"})
    for response in (asked, answer):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "Set-Cookie" not in response.headers


def test_writing_is_not_offered(client: FlaskClient, shop: Shop) -> None:
    assert client.post(f"/storefront/v1/{shop.key}/policy").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_days_of_arrival_stand_there_once_enough_was_delivered(
    client: FlaskClient, shop: Shop, units: FakeUnits
) -> None:
    assert ask(client, shop, country="FR", lang="en").arrival is None
    days = Fitted(DayRange(2, 5), 40, is_six_day=False)
    with units(MERCHANT) as unit:
        unit.lanes.replace([LaneDays(order_lane(shop.id, "DE"), days, NOW.date())])
        unit.commit()
    found = ask(client, shop, country="DE", lang="en").arrival
    assert found is not None
    assert (found.first, found.last) == (date(2026, 11, 24), date(2026, 11, 27))
    assert "Tue 24 Nov" in found.text
    assert "Fri 27 Nov" in found.text
    assert ask(client, shop, country="AT", lang="en").arrival is None
