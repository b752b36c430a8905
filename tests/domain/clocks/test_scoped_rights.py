"""Every group of goods a market says something of, each with what holds for it, the one that counts first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.clocks.scoped_rights import scoped_rights
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.resolve import resolve
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import EVERYTHING, Item, Scope, Season, matches
from plugin.domain.policy.terms import Track, Window
from tests.domain.policy.rules import markets, whole_items

LAW = Law(load_rulebook(), HolidayCalendar())
TODAY = date(2026, 6, 1)


def a_version(*rules: Rule) -> PolicyVersion:
    return PolicyVersion("v1", datetime(2026, 1, 1, tzinfo=UTC), MarketPolicy("all", rules=rules))


def a_rule(name: str, length: int, scope: Scope = EVERYTHING, **facts: object) -> Rule:
    rule = Rule(name, Track.RETURN, scope=scope, window=Window(length))
    return replace(rule, **facts)  # type: ignore[arg-type]  # a test names fields of the rule


LIGHTING = Scope(categories=frozenset({"Lighting"}))


def told(*rules: Rule, today: date = TODAY) -> list[tuple[Scope, int | None]]:
    groups = scoped_rights("US", a_version(*rules), LAW, today)
    return [(group.scope, group.rights.return_days) for group in groups if Track.RETURN in group.tracks]


def test_goods_something_else_is_said_of_come_before_all_the_others() -> None:
    assert told(a_rule("all", 30), a_rule("lighting", 60, LIGHTING)) == [(LIGHTING, 60), (EVERYTHING, 30)]


def test_a_rule_another_one_always_prevails_over_is_not_told() -> None:
    assert told(a_rule("all", 30, priority=5), a_rule("lighting", 60, LIGHTING)) == [(EVERYTHING, 30)]


def test_a_season_that_is_over_is_not_told() -> None:
    season = Scope(season=Season(date(2026, 1, 1), date(2026, 5, 31)))
    rules = (a_rule("all", 30), a_rule("spring", 60, season))
    assert told(*rules) == [(EVERYTHING, 30)]
    assert told(*rules, today=date(2026, 5, 31)) == [(season, 60), (EVERYTHING, 30)]


def test_what_no_order_can_have_is_not_told() -> None:
    members = Scope(groups=frozenset({"members"}))
    assert told(a_rule("all", 30), a_rule("members", 60, members)) == [(EVERYTHING, 30)]


def test_what_nothing_else_is_said_of_holds_for_all_goods_not_only_for_the_others() -> None:
    exchange = a_rule("exchange", 60, track=Track.EXCHANGE)
    version = a_version(a_rule("all", 30), a_rule("lighting", 90, LIGHTING), exchange)
    groups = scoped_rights("US", version, LAW, TODAY)
    assert [(group.scope, group.is_rest, set(group.tracks)) for group in groups] == [
        (LIGHTING, False, {Track.RETURN}),
        (EVERYTHING, True, {Track.RETURN}),
        (EVERYTHING, False, {Track.EXCHANGE}),
    ]


def test_a_market_with_one_group_says_what_holds_for_everything() -> None:
    version = a_version(a_rule("all", 30))
    (group,) = scoped_rights("DE", version, LAW, TODAY)
    assert group.rights == market_rights("DE", version, LAW)


@given(market=markets, item=whole_items, country=st.sampled_from(["DE", "US"]))
def test_a_product_has_what_the_first_group_it_is_in_says(market: MarketPolicy, item: Item, country: str) -> None:
    """What stands first is what an order gets, unless two groups are equally particular."""
    ordered = replace(item, groups=None, channel=None)
    version = PolicyVersion("v1", datetime(2026, 1, 1, tzinfo=UTC), market)
    groups = scoped_rights(country, version, LAW, date(2025, 1, 1))
    meant = [group for group in groups if matches(group.scope, ordered) and Track.RETURN in group.tracks]
    decides = resolve(market, Track.RETURN, ordered).rule
    if not meant:
        assert decides is None
        return
    assert decides is not None
    told = [rule for group in meant if (rule := group.rights.rules[Track.RETURN])]
    first = told[0]
    alike = [
        rule
        for rule in told
        if (rule.priority, decides.scope.specificity) == (first.priority, decides.scope.specificity)
    ]
    assert any(rule.id == decides.id for rule in alike)
