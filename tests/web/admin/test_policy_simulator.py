"""The simulator says what the order page would say, about an order that nobody placed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from http import HTTPStatus

import pytest

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import Right
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy
from plugin.domain.shop import Role
from plugin.usecases.simulate_order import Purchase, order_of, simulate_order
from tests.build import MERCHANT, NOW, a_policy
from tests.support.admin import Installation
from tests.support.policies import with_return_days
from tests.support.policy_forms import write_draft

ASKED = "/admin/policy/simulate?country=PL&ordered_on=2026-12-01&delivered_on=2026-12-20"


def publish(running: Installation) -> None:
    with running.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()


def test_a_shopper_in_poland_is_told_five_clocks_with_their_reasons(light: Installation) -> None:
    publish(light)
    page = light.signed_in(Role.VIEWER).get(ASKED).text
    assert page.count('class="clock"') == 5
    assert "Monday, 4 January 2027" in page or "Monday 4 January 2027" in page
    assert "Directive 2011/83/EU" in page


def test_nothing_is_stored(light: Installation) -> None:
    publish(light)
    light.signed_in().get(ASKED)
    with light.deps.units.read(MERCHANT) as unit:
        assert unit.orders.batch(None, None, 10) == []
    assert light.jobs.waiting == []


def test_the_draft_can_be_tried_before_it_is_published(light: Installation) -> None:
    publish(light)
    write_draft(light, *with_return_days(45))
    browser = light.signed_in()
    assert "3 February 2027" in browser.get(f"{ASKED}&policy=draft").text
    assert "3 February 2027" not in browser.get(ASKED).text


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("country=PL&ordered_on=tomorrow", "ordered_on"),
        ("country=PL&ordered_on=2026-12-01&delivered_on=2026-11-30", "delivered_on"),
        ("country=PL&ordered_on=9999-12-31", "ordered_on"),
        ("country=PL&ordered_on=2026-12-01&price=much&currency=EUR", "price"),
        ("country=PL&ordered_on=2026-12-01&as_of=then", "as_of"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(light: Installation, asked: str, field: str) -> None:
    answer = light.signed_in().get(f"/admin/policy/simulate?{asked}")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="e-{field}"' in answer.text


@pytest.mark.parametrize("asked", ["policy=none", "policy=draft", "country=PL&ordered_on=2026-12-01&policy=v9"])
def test_a_policy_that_is_not_there_is_not_found(light: Installation, asked: str) -> None:
    assert light.signed_in().get(f"/admin/policy/simulate?{asked}").status_code == HTTPStatus.NOT_FOUND


def test_the_answer_is_the_engines_own(law: Law) -> None:
    purchase = Purchase("PL", date(2026, 12, 1), date(2026, 12, 20), sku="LANTERN", categories=("Lighting",))
    stored, line = simulate_order(purchase, a_policy(), law, now=NOW)
    assert (line,) == entitlements(stored, a_policy(), law)
    assert stored == order_of(purchase, NOW)


def test_a_rule_for_a_tag_means_the_purchase_that_has_it(law: Law) -> None:
    (returns,) = (rule for rule in a_policy().default.rules if rule.track is Track.RETURN)
    sale = replace(returns, id="sale", scope=Scope(tags=frozenset({"sale"})), is_final_sale=True)
    market = MarketPolicy("everywhere", rules=(returns, sale))
    purchase = Purchase("DE", date(2026, 12, 1), date(2026, 12, 3))
    _, plain = simulate_order(purchase, a_policy(default=market), law, now=NOW)
    _, tagged = simulate_order(replace(purchase, tags=("Sale",)), a_policy(default=market), law, now=NOW)
    assert plain.clock(Right.SHOP_RETURN).absent is None
    assert tagged.clock(Right.SHOP_RETURN).absent is not None


def test_a_business_has_the_shops_promise_alone(law: Law) -> None:
    purchase = Purchase("DE", date(2026, 12, 1), date(2026, 12, 3), is_business=True)
    _, line = simulate_order(purchase, a_policy(), law, now=NOW)
    assert line.clock(Right.WITHDRAWAL).absent is not None
    assert line.clock(Right.SHOP_RETURN).absent is None


def test_a_later_promise_for_earlier_orders_too_betters_the_order(law: Law) -> None:
    purchase = Purchase("DE", date(2026, 11, 10), date(2026, 11, 12))
    better = replace(a_policy("v2"), effective_from=NOW, is_for_earlier_orders=True)
    _, line = simulate_order(purchase, None, law, [better], now=NOW)
    assert line.clock(Right.SHOP_RETURN).absent is None
