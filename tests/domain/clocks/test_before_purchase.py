"""What a market may count on before buying agrees with what the clocks say afterwards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugin.demo.policy import demo_policy
from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import Right
from plugin.domain.law.answers import Certainty
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import Payer
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Track, Window
from tests.domain.clocks.worked_orders import PLACED, a_policy, stored

LAW = Law(load_rulebook(), HolidayCalendar())
COUNTRIES = sorted(code for code in LAW.rulebook.jurisdictions if "-" not in code)
RETURNS = (Right.WITHDRAWAL, Right.SHOP_RETURN)
days = st.one_of(st.none(), st.integers(0, 60))


def length_of(window: Window | None) -> int | None:
    """How many of its units a window has; None where there is none."""
    return window.length if window else None


@given(st.sampled_from(COUNTRIES), days, st.sampled_from(Payer), st.sampled_from([None, True, False]))
def test_a_return_said_to_be_free_is_free_on_every_clock_of_the_order(
    country: str, return_days: int | None, payer: Payer, told: object
) -> None:
    policy = a_policy(return_days=return_days, return_payer=payer, is_told_return_cost=told)
    rights = market_rights(country, policy, LAW)
    clocks = [entitlements(stored(country=country, postcode=""), policy, LAW)[0].clock(right) for right in RETURNS]
    payers = {clock.payer for clock in clocks if clock.absent is None}
    assert not rights.is_return_free or payers == {Payer.SHOP}


@given(st.sampled_from(COUNTRIES), st.integers(1, 400))
def test_an_extra_ends_after_the_legal_right(country: str, promised: int) -> None:
    policy = a_policy(return_days=promised)
    rights = market_rights(country, policy, LAW)
    order = entitlements(stored(country=country, postcode=""), policy, LAW)[0]
    by_law, by_shop = order.clock(Right.WITHDRAWAL), order.clock(Right.SHOP_RETURN)
    if rights.extra_return is not None and rights.withdrawal_days is not None:
        assert by_shop.nominal_last_day is not None
        assert by_law.nominal_last_day is not None
        assert by_shop.nominal_last_day > by_law.nominal_last_day


@given(st.dates(date(2024, 1, 1), date(2040, 12, 1)), st.sampled_from(["CO", "MX"]))
@example(date(2027, 3, 19), "CO")  # a Friday before Holy Week, with a holiday on the Monday between
def test_an_extra_in_a_country_of_working_days_outlasts_every_run_of_holidays(delivered: date, country: str) -> None:
    shortest = next(n for n in range(1, 60) if market_rights(country, a_policy(return_days=n), LAW).extra_return)
    assert LAW.calendar.add_business_days(country, None, delivered, 5) < delivered + timedelta(days=shortest)


@pytest.mark.parametrize(("promised", "extra"), [(None, None), (7, None), (14, None), (15, 15), (30, 30)])
def test_only_what_goes_beyond_the_law_is_an_extra(promised: int | None, extra: int | None) -> None:
    assert length_of(market_rights("DE", a_policy(return_days=promised), LAW).extra_return) == extra


def test_where_the_law_gives_nothing_every_promise_is_an_extra() -> None:
    assert length_of(market_rights("US", a_policy(return_days=7), LAW).extra_return) == 7


@pytest.mark.parametrize(("promised", "extra"), [(0, None), (24, None), (36, 36)])
def test_a_warranty_as_long_as_the_legal_guarantee_is_no_extra(promised: int, extra: int | None) -> None:
    assert length_of(market_rights("DE", a_policy(warranty_months=promised), LAW).extra_warranty) == extra


def test_without_a_policy_the_law_alone_speaks() -> None:
    rights = market_rights("DE", None, LAW)
    assert (rights.withdrawal_days, rights.withdrawal_certainty) == (14, Certainty.VERIFIED)
    assert rights.depends_on_notice
    assert not rights.is_return_free


def test_a_country_without_law_of_ours_has_promises_only() -> None:
    rights = market_rights("AQ", demo_policy(PLACED), LAW)
    assert rights.withdrawal_days is rights.guarantee_months is None
    assert rights.withdrawal_certainty is Certainty.UNVERIFIED
    assert length_of(rights.extra_return) == 14


def test_in_japan_the_shops_terms_stand_in_the_place_of_the_legal_right() -> None:
    assert market_rights("JP", None, LAW).withdrawal_days == 8
    assert market_rights("JP", a_policy(return_days=5), LAW).withdrawal_days is None


@given(days, st.sampled_from([None, True, False]))
def test_in_japan_the_badge_says_what_the_clock_of_an_order_placed_now_will(
    return_days: int | None, informed: object
) -> None:
    policy = a_policy(return_days=return_days, is_informed=informed)
    rights = market_rights("JP", policy, LAW)
    clock = entitlements(stored(country="JP", postcode=""), policy, LAW)[0].clock(Right.WITHDRAWAL)
    assert (rights.withdrawal_days is None) == (clock.absent is not None)
    assert clock.absent is None or clock.basis


def test_in_japan_terms_for_some_goods_promise_the_legal_right_of_nothing() -> None:
    policy = a_policy()
    rule = Rule("shoes", Track.RETURN, Scope(categories=frozenset({"shoes"})), window=Window(5))
    some = replace(policy, default=replace(policy.default, rules=(rule,)))
    assert market_rights("JP", some, LAW).withdrawal_days is None


def test_a_right_that_hangs_on_a_defect_of_form_is_not_announced_to_everybody() -> None:
    quebec = replace(LAW.rulebook.jurisdictions["CA-QC"], code="CA")
    rulebook = replace(LAW.rulebook, jurisdictions={**LAW.rulebook.jurisdictions, "CA": quebec})
    assert market_rights("CA", None, replace(LAW, rulebook=rulebook)).withdrawal_days is None
