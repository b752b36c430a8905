"""Free returns are said of a cart only where they are proven for everything in it, and the merchant is told why not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.clocks.free_returns import NoBanner, free_window, why_no_banner
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope
from plugin.domain.policy.terms import Anchor, Fee, Payers, Track, Window, WindowUnit
from plugin.domain.policy.traits import Trait, TraitRule
from tests.build import a_market, a_policy

LAW = Law(load_rulebook(), HolidayCalendar())
FREE = Payers(none=Payer.SHOP, buyer=Payer.SHOP)
PLAIN = Item("1", "A", frozenset(), frozenset(), frozenset())
TAGGED = replace(PLAIN, tags=frozenset({"special"}))


def rights(policy: PolicyVersion, country: str = "DE", item: Item = PLAIN) -> MarketRights:
    return market_rights(country, policy, LAW, item)


def with_rule(*, track: Track = Track.RETURN, **terms: object) -> PolicyVersion:
    market = a_market(return_days=30)
    rule = Rule("special", track, Scope(tags=frozenset({"special"})), **{"payers": FREE, **terms})  # type: ignore[arg-type]  # terms of a rule
    return a_policy(default=replace(market, rules=(*market.rules, rule)))


def with_trait(trait: Trait, **market: object) -> PolicyVersion:
    found = TraitRule("special", trait, Scope(tags=frozenset({"special"})), is_confirmed=True)
    return a_policy(default=a_market(**market), traits=(found,))  # type: ignore[arg-type]  # terms of the market


@pytest.mark.parametrize(
    ("policy", "country", "why"),
    [
        (with_rule(is_final_sale=True), "US", NoBanner.FINAL_SALE),
        (with_rule(window=None), "US", NoBanner.NOTHING_PROMISED),
        (with_rule(window=Window(30), fee=Fee(1000)), "DE", NoBanner.FEE),
        (with_rule(window=Window(30), payers=Payers(none=Payer.SHOPPER)), "DE", NoBanner.SHOPPER_PAYS),
        (with_rule(window=Window(30), payers=Payers()), "US", NoBanner.PAYER_UNKNOWN),
        (with_rule(track=Track.WITHDRAWAL, payers=Payers()), "DE", NoBanner.PAYER_DEPENDS_ON_NOTICE),
        (with_rule(track=Track.WITHDRAWAL, fee=Fee(0, Money(500, "EUR"))), "DE", NoBanner.FEE),
        (with_rule(window=Window(7)), "KZ", NoBanner.LAW_NOT_VERIFIED),
        (with_trait(Trait.PERSONALISED, return_days=None), "DE", NoBanner.EXCEPTED),
        (with_trait(Trait.SEALED_HYGIENE, return_days=None), "DE", NoBanner.MAY_BE_EXCEPTED),
    ],
)
def test_each_reason_silences_the_banner_of_the_whole_cart(policy: PolicyVersion, country: str, why: NoBanner) -> None:
    cart = [rights(policy, country, TAGGED), rights(policy, country)]
    assert why in why_no_banner(cart)
    assert free_window(cart) is None


def test_a_fee_of_nothing_costs_nothing() -> None:
    assert free_window([rights(with_rule(window=Window(30), fee=Fee(0, Money(0, "EUR"))), item=TAGGED)]) == Window(30)


@pytest.mark.parametrize(
    ("other", "shortest"),
    [
        (Window(90), Window(30)),
        (Window(20), Window(20)),
        (Window(1, WindowUnit.MONTHS), Window(1, WindowUnit.MONTHS)),
        (Window(None), Window(30)),
    ],
)
def test_the_banner_names_the_shortest_time_in_the_cart(other: Window, shortest: Window) -> None:
    policy = with_rule(window=other)
    assert free_window([rights(policy, item=TAGGED), rights(policy)]) == shortest


def test_where_only_the_law_gives_a_return_its_length_is_named() -> None:
    assert free_window([rights(with_rule(window=Window(14)), item=TAGGED)]) == Window(14)


@given(st.sampled_from(["DE", "NO", "GB", "IL"]), st.sampled_from(Trait))
def test_goods_the_law_excepts_are_promised_what_the_shop_promises_alone(country: str, trait: Trait) -> None:
    policy = with_trait(trait, return_days=10)
    special = rights(policy, country, TAGGED)
    if special.exception is not None:
        assert special.withdrawal_days is None
        assert special.extra_return == Window(10)
    else:
        assert special.withdrawal_days == rights(policy, country).withdrawal_days


def test_a_return_counted_from_the_order_is_never_called_longer_than_the_law() -> None:
    counted = rights(with_rule(window=Window(30), clock=(Anchor.ORDERED,)), item=TAGGED)
    assert (counted.shown_return, counted.extra_return) == (Window(30), None)


def test_used_goods_are_told_the_agreed_guarantee_and_unknown_goods_the_shortest() -> None:
    used = TraitRule("used", Trait.SECOND_HAND, Scope(tags=frozenset({"special"})), is_confirmed=True, months=12)
    policy = a_policy(traits=(used,))
    assert [rights(policy, "DE", item).guarantee_months for item in (PLAIN, TAGGED, Item())] == [24, 12, 12]
