"""What a shop's own platform keeps for pages that only print: the samples are what would be written today."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from plugin.documents.published_promises import published_promises
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy.classes import rules_key
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Track, Window
from plugin.usecases.plan_promises import plan_countries, plan_products
from tests.build import MERCHANT, a_market, a_policy
from tests.support.published import AUDIENCE, BASE_URL, LARGEST, SAMPLES, WRITTEN, demo_shop, samples

WORD = published_promises(Law(load_rulebook(), HolidayCalendar()), BASE_URL)
SHOES = Rule("shoes", Track.RETURN, Scope(categories=frozenset({"Shoes"})), window=Window(90))


def test_the_samples_are_what_would_be_written() -> None:
    assert {path.name: path.read_bytes() for path in SAMPLES.glob("*.json")} == samples()


def test_a_class_a_product_names_is_among_those_of_every_country_of_the_same_rules() -> None:
    told = {name: json.loads(value) for name, value in samples().items()}
    countries = [each for each in told.values() if "classes" in each]
    assert len(countries) == len(AUDIENCE.languages) * len(AUDIENCE.countries)
    for product in (each for name, each in told.items() if not name.startswith("app.")):
        for country in countries:
            own = product[country["rules"]]
            assert {own["promise"], *own.get("variants", {}).values()} <= country["classes"].keys()
    assert all(each["anything"] in each["classes"] for each in countries)


def test_a_shop_without_the_withdrawal_function_offers_it_in_no_country() -> None:
    shop, _ = demo_shop()
    told = json.loads(WORD.anywhere(replace(shop, withdrawal_since=None), "zh-CN"))
    assert (told["language"], told["withdrawal"]) == ("zh-Hans", None)
    assert told["details"]["url"] == f"{BASE_URL}/s/{shop.key}/?lang=zh-Hans"


@pytest.mark.parametrize("room", [0, 1200])
def test_a_class_there_is_no_room_for_is_left_out_and_never_what_holds_for_everything(room: int) -> None:
    _, units = demo_shop()
    with units.read(MERCHANT) as unit:
        shop = unit.shops.all()[0]
        first = next(iter(plan_countries(shop, AUDIENCE, unit, WRITTEN)))
    told = json.loads(WORD(first, "de", room))
    assert set(told["classes"]) == {told["anything"]}


def test_a_product_loses_its_variants_where_there_is_no_room_for_them() -> None:
    shop, units = demo_shop()
    with units.read(MERCHANT) as unit:
        varied = {each.place.owner: json.loads(each.value) for each in plan_products(shop, unit, 300, WRITTEN)}
    assert all("variants" not in own for own in varied["504"].values())


def test_what_decides_over_classes_has_another_name_as_soon_as_it_decides_otherwise() -> None:
    market = a_market(return_days=30)
    policy = a_policy(default=market)
    other = replace(market, rules=(*market.rules, SHOES))
    assert rules_key(policy, market) == rules_key(replace(policy, id="v2"), replace(market, market="renamed"))
    assert rules_key(policy, market) != rules_key(policy, other)


def test_a_product_with_what_holds_for_everything_has_nothing_written_on_it() -> None:
    shop, units = demo_shop()
    with units(MERCHANT) as unit:
        unit.policies.add(a_policy(default=a_market(return_days=30), effective_from=WRITTEN))
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert list(plan_products(shop, unit, LARGEST, WRITTEN)) == []
