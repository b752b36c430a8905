"""Which rule holds: exactly one, always the same, and before an order only what holds in every case."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.money import Money
from plugin.domain.policy.resolve import least, resolve
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope, Season, matches
from plugin.domain.policy.terms import Fault, Payer, Payers, Track, Window, WindowUnit
from plugin.domain.policy.version import MarketPolicy
from tests.domain.policy.rules import fields_of_items, markets, scopes, whole_items

ENDLESS = 1_000_000
LANTERN = Item(
    product="501",
    sku="LANTERN",
    categories=frozenset({"Lighting"}),
    collections=frozenset(),
    tags=frozenset({"sale"}),
    price=Money(4990, "EUR"),
    day=date(2026, 12, 1),
)


def rule(name: str, scope: Scope = Scope(), days: int | None = 30, **facts: object) -> Rule:  # noqa: B008 - frozen
    plain = Rule(name, Track.RETURN, scope, window=Window(days))
    return replace(plain, **facts)  # type: ignore[arg-type]  # a test names fields of the rule


def winner(*rules: Rule, item: Item = LANTERN) -> str | None:
    found = resolve(MarketPolicy("m", rules=rules), Track.RETURN, item).rule
    return found.id if found else None


EVERYTHING = rule("everything")


@pytest.mark.parametrize(
    "narrower",
    [
        Scope(products=frozenset({"501"})),
        Scope(skus=frozenset({"LANTERN", "STOVE"})),
        Scope(categories=frozenset({"lighting "})),
        Scope(tags=frozenset({"SALE"})),
        Scope(price_from=Money(4990, "EUR")),
        Scope(price_below=Money(4991, "EUR")),
        Scope(season=Season(date(2026, 12, 1), date(2026, 12, 1))),
    ],
)
def test_the_narrower_rule_wins_over_the_one_for_everything(narrower: Scope) -> None:
    assert winner(EVERYTHING, rule("narrow", narrower, days=3)) == "narrow"


@pytest.mark.parametrize(
    "other",
    [
        Scope(products=frozenset({"502"})),
        Scope(categories=frozenset({"Stoves"})),
        Scope(collections=frozenset({"Lighting"})),
        Scope(price_from=Money(4991, "EUR")),
        Scope(price_below=Money(4990, "EUR")),
        Scope(price_from=Money(1, "CHF")),
        Scope(season=Season(date(2026, 12, 2), date(2027, 1, 31))),
        Scope(groups=frozenset({"club"})),
        Scope(channels=frozenset({"pos"})),
        Scope(tags=frozenset({"sale"}), skus=frozenset({"STOVE"})),
    ],
)
def test_a_rule_about_something_else_or_unknown_does_not_hold_for_an_order(other: Scope) -> None:
    assert winner(EVERYTHING, rule("other", other, priority=9)) == "everything"


def test_priority_beats_narrowness_and_what_is_better_for_the_shopper_breaks_ties() -> None:
    lighting = Scope(categories=frozenset({"Lighting"}))
    assert winner(rule("first", priority=1), rule("narrow", lighting)) == "first"
    assert winner(rule("a", lighting, days=14), rule("b", lighting, days=60), rule("c", lighting, days=30)) == "b"
    assert winner(rule("a", days=60), rule("b", days=None)) == "b"
    assert winner(rule("b"), rule("a")) == "a"
    free = rule("free", payers=Payers(none=Payer.SHOP))
    assert winner(rule("a"), free) == "free"
    assert winner(rule("final", is_final_sale=True, days=99), rule("open", days=1)) == "open"


def test_the_answer_names_the_rules_that_were_overruled() -> None:
    narrow = rule("narrow", Scope(skus=frozenset({"LANTERN"})))
    found = resolve(MarketPolicy("m", rules=(EVERYTHING, rule("wide", days=3), narrow)), Track.RETURN, LANTERN)
    assert (found.of, found.overruled) == (("narrow",), ("everything", "wide"))


def test_rules_of_another_track_say_nothing() -> None:
    market = MarketPolicy("m", rules=(EVERYTHING,))
    assert resolve(market, Track.EXCHANGE, LANTERN).rule is None


def test_a_badge_promises_only_what_holds_for_members_and_everybody_else() -> None:
    club = rule("club", Scope(groups=frozenset({"club"})), days=100, payers=Payers(none=Payer.SHOP))
    market = MarketPolicy("m", rules=(EVERYTHING, club))
    found = least(market, Track.RETURN, LANTERN)
    assert found.rule is not None
    assert found.rule.window == Window(30)
    assert found.rule.payers.none is Payer.UNKNOWN
    assert found.of == ("club", "everything")


def test_what_ends_with_a_season_is_not_promised_while_the_day_is_open() -> None:
    winter = rule("winter", Scope(season=Season(date(2026, 11, 1), date(2026, 12, 31))), days=90)
    only = MarketPolicy("m", rules=(winter,))
    assert least(only, Track.RETURN, replace(LANTERN, day=None)).rule is None
    inside = least(only, Track.RETURN, LANTERN).rule
    assert inside is not None
    assert inside.id == "winter"


@given(markets, whole_items)
def test_for_a_known_item_the_winner_is_the_best_placed_rule_that_means_it(market: MarketPolicy, item: Item) -> None:
    found = resolve(market, Track.RETURN, item)
    meant = {each.id for each in market.rules if matches(each.scope, item)}
    assert {*found.of, *found.overruled} == meant
    assert len(found.of) == (1 if meant else 0)
    assert least(market, Track.RETURN, item) == found


@given(markets, whole_items, st.randoms())
def test_the_order_rules_are_written_in_changes_nothing(
    market: MarketPolicy, item: Item, random: st.DataObject
) -> None:
    shuffled = list(market.rules)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a `random.Random`
    again = replace(market, rules=tuple(shuffled))
    assert resolve(again, Track.RETURN, item) == resolve(market, Track.RETURN, item)


@given(markets, whole_items, fields_of_items)
def test_what_is_promised_before_everything_is_known_holds_whatever_comes(
    market: MarketPolicy, item: Item, unknown: frozenset[str]
) -> None:
    before = least(market, Track.RETURN, replace(item, **dict.fromkeys(unknown))).rule
    after = resolve(market, Track.RETURN, item).rule
    if before is None:
        return
    assert after is not None
    assert all(holds(before, after) for holds in (_as_long, _as_cheap, _as_free, _as_few_conditions, _as_many_offers))


def _as_long(before: Rule, after: Rule) -> bool:
    return _days(before) <= _days(after) and (before.is_final_sale or not after.is_final_sale)


def _days(each: Rule) -> int:
    if each.window is None:
        return 0
    days = each.window.least_days
    return ENDLESS if days is None else days


def _as_cheap(before: Rule, after: Rule) -> bool:
    rank = {Payer.SHOPPER: 0, Payer.UNKNOWN: 1, Payer.SHOP: 2}
    return all(rank[before.payers.of(fault)] <= rank[after.payers.of(fault)] for fault in Fault)


def _as_free(before: Rule, after: Rule) -> bool:
    if after.fee is None:
        return True
    if before.fee is None:
        return False
    whole = before.fee.rate == 10_000
    amounts = [fee.amount.minor if fee.amount else 0 for fee in (before.fee, after.fee)]
    return whole or (before.fee.rate >= after.fee.rate and amounts[0] >= amounts[1])


def _as_few_conditions(before: Rule, after: Rule) -> bool:
    return {*before.conditions} >= {*after.conditions}


def _as_many_offers(before: Rule, after: Rule) -> bool:
    return {*before.offers} <= {*after.offers}


@given(scopes, whole_items, fields_of_items)
def test_knowing_more_never_turns_a_certain_answer(scope: Scope, item: Item, unknown: frozenset[str]) -> None:
    before = matches(scope, replace(item, **dict.fromkeys(unknown)))
    assert before is None or before == matches(scope, item)
    assert matches(scope, item) is not None


@pytest.mark.parametrize(
    ("window", "days"),
    [
        (Window(30), 30),
        (Window(None), None),
        (Window(1, WindowUnit.MONTHS), 28),
        (Window(24, WindowUnit.MONTHS), 730),
    ],
)
def test_windows_compare_by_the_fewest_days_they_can_take(window: Window, days: int | None) -> None:
    assert window.least_days == days
