"""The machine-readable policy document: what the engine says, by country, with its deadlines in UTC."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugin.demo.policy import demo_policy
from plugin.documents.policy_document import Amount, PolicyDocument, policy_document_schema
from plugin.documents.policy_document_terms import policy_document
from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy.scope import Item, Scope
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import PolicyVersion
from plugin.usecases.look_up_items import UNKNOWN
from plugin.usecases.quote_page import PageQuote, countries_of
from tests.build import a_shop
from tests.documents.test_json_ld import COUNTRIES
from tests.domain.policy.versions import versions
from tests.support.sizes import examples

LAW = Law(load_rulebook(), HolidayCalendar())
"""Not a fixture: of a failing example everything given is printed."""
DELIVERED = datetime(2026, 12, 4, 10, tzinfo=UTC)
SCHEMA = jsonschema.Draft202012Validator(policy_document_schema())


def told(
    law: Law,
    version: PolicyVersion | None,
    *countries: str,
    delivered: datetime | None = None,
    item: Item = UNKNOWN,
) -> PolicyDocument:
    default = version.default if version else None
    quote = PageQuote(a_shop(), countries[0], countries[0], countries, version, default, item)
    return policy_document(quote, countries, law, lambda code: f"https://a.example/s/key-Nordkap/en/{code}", delivered)


def as_json(document: PolicyDocument) -> Any:  # noqa: ANN401 - plain JSON
    return json.loads(msgspec.json.encode(document))


@settings(max_examples=examples(20))
@given(version=st.none() | versions, delivered=st.none() | st.just(DELIVERED))
def test_every_document_fits_its_published_schema(version: PolicyVersion | None, delivered: datetime) -> None:
    SCHEMA.validate(as_json(told(LAW, version, *COUNTRIES, delivered=delivered)))


def test_the_published_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(policy_document_schema())


def test_the_document_has_every_country_the_page_has(law: Law) -> None:
    version = demo_policy(DELIVERED)
    countries = countries_of(version, law)
    document = told(law, version, *countries)
    assert [each.country for each in document.countries] == list(countries)
    assert len(countries) > 60


@given(version=versions, country=st.sampled_from(COUNTRIES))
def test_the_document_says_what_the_engine_says(version: PolicyVersion, country: str) -> None:
    (found,) = told(LAW, version, country).countries
    rights = market_rights(country, version, LAW)
    assert found.withdrawal.days == rights.withdrawal_days
    assert found.withdrawal.payer == rights.legal_payer.value
    assert found.is_return_free == rights.is_return_free
    assert found.guarantee.months == rights.guarantee_months
    assert (found.shop_return is None) == (rights.return_window is None)
    if found.shop_return and rights.return_window:
        assert found.shop_return.window.length == rights.return_window.length
        assert found.shop_return.is_beyond_law == (rights.extra_return is not None)


@pytest.mark.parametrize(
    ("country", "right", "last_day", "closes_at"),
    [
        ("DE", "withdrawal", date(2026, 12, 18), datetime(2026, 12, 18, 23, tzinfo=UTC)),
        ("GB", "withdrawal", date(2026, 12, 18), datetime(2026, 12, 19, tzinfo=UTC)),
        ("DE", "shop_return", date(2027, 1, 3), datetime(2027, 1, 3, 23, tzinfo=UTC)),
        ("DE", "warranty", date(2029, 12, 4), datetime(2029, 12, 4, 23, tzinfo=UTC)),
    ],
)
def test_deadlines_are_computed_where_the_goods_are_delivered(
    law: Law, country: str, right: str, last_day: date, closes_at: datetime
) -> None:
    (found,) = told(law, demo_policy(DELIVERED), country, delivered=DELIVERED).countries
    deadline = getattr(found, right).deadline
    assert (deadline.last_day, deadline.closes_at) == (last_day, closes_at)


@pytest.mark.parametrize(
    ("item", "months", "last_day"),
    [
        (Item(), 12, date(2027, 12, 6)),
        (Item(tags=frozenset({"used"})), 12, date(2027, 12, 6)),
        (Item(tags=frozenset()), 24, date(2028, 12, 4)),
    ],
    ids=["anything", "used", "new"],  # 4 December 2027 is a Saturday
)
def test_goods_that_may_be_used_ones_have_the_deadline_of_used_ones(
    law: Law, item: Item, months: int, last_day: date
) -> None:
    used = TraitRule("used", Trait.SECOND_HAND, Scope(tags=frozenset({"used"})), is_confirmed=True, months=12)
    version = replace(demo_policy(DELIVERED), traits=(used,))
    (found,) = told(law, version, "DE", delivered=DELIVERED, item=item).countries
    assert found.guarantee.deadline is not None
    assert (found.guarantee.months, found.guarantee.deadline.last_day) == (months, last_day)


def test_without_a_delivery_there_is_no_deadline(law: Law) -> None:
    (found,) = told(law, demo_policy(DELIVERED), "DE").countries
    assert found.withdrawal.deadline is None
    assert found.shop_return is not None
    assert found.shop_return.deadline is None


@given(version=versions, country=st.sampled_from(COUNTRIES))
def test_a_deadline_is_only_told_of_what_is_promised(version: PolicyVersion, country: str) -> None:
    (found,) = told(LAW, version, country, delivered=DELIVERED).countries
    for promise in (found.shop_return, found.exchange, found.warranty):
        if promise is not None and promise.window.counted_from != "delivered":
            assert promise.deadline is None
        if promise is not None and promise.window.length is None:
            assert promise.deadline is None
    assert (found.withdrawal.deadline is None) or found.withdrawal.days is not None


def test_spare_parts_and_repair_stand_in_the_document_by_goods_and_for_a_product_alone(law: Law) -> None:
    version = demo_policy(DELIVERED)
    (whole,) = told(law, version, "DE").repairs
    assert (whole.goods.products, whole.goods.depends_on_order) == (("502",), False)
    assert (whole.parts_available_years, whole.parts_from) == (7, Amount(value="4.90", currency="EUR"))
    assert whole.service is not None
    assert whole.service["de"].startswith("Unsere Werkstatt")
    assert told(law, version, "DE", item=Item(product="502")).repairs == (whole,)
    assert told(law, version, "DE", item=Item(product="506")).repairs == ()
    jsonschema.validate(as_json(told(law, version, "DE")), dict(policy_document_schema()))
