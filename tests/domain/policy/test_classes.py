"""Promise classes say what the engine says, and there are few of them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.clocks.before_purchase import MarketRights, market_rights, rights_by
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.classes import MOST_CLASSES, class_of, class_of_anything, outcome, too_many_classes
from plugin.domain.policy.presets import preset, preset_names
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope, Season
from plugin.domain.policy.terms import Track, Window
from plugin.domain.policy.traits import Trait, TraitRule
from tests.build import NOW, PLACED, a_market, a_policy
from tests.domain.policy.rules import DAYS, fields_of_items, markets, scopes, whole_items

LAW = Law(load_rulebook(), HolidayCalendar())
traits = st.builds(TraitRule, st.just("t"), st.sampled_from(Trait), scopes, is_confirmed=st.just(value=True))
versions = st.builds(
    lambda market, found: PolicyVersion("v1", PLACED, market, traits=found),
    markets,
    st.lists(traits, max_size=2).map(tuple),
)
items = st.builds(lambda item, unknown: replace(item, **dict.fromkeys(unknown)), whole_items, fields_of_items)


def told(rights: MarketRights) -> MarketRights:
    """The rights without which rules they came from."""
    return replace(rights, rules={track: rule and outcome(rule) for track, rule in rights.rules.items()})


@given(versions, items, st.sampled_from(["DE", "NO", "US", "IL", "JP", "AQ"]))
def test_the_class_of_an_item_says_exactly_what_its_market_rights_say(
    policy: PolicyVersion, item: Item, country: str
) -> None:
    found = class_of(item, policy, policy.default)
    by_class = rights_by(found.promised, country, policy.default, LAW)
    assert told(by_class) == told(market_rights(country, policy, LAW, item))


@given(versions, items, items)
def test_two_items_share_a_class_exactly_if_the_same_is_said_of_them(
    policy: PolicyVersion, one: Item, other: Item
) -> None:
    first, second = (class_of(item, policy, policy.default) for item in (one, other))
    assert (first.id == second.id) == (first.promised == second.promised)


def test_a_class_keeps_its_id_when_a_policy_says_the_same_in_other_rules() -> None:
    policy = a_policy()
    renamed = tuple(replace(rule, id=f"new-{rule.id}", priority=3) for rule in policy.default.rules)
    again = replace(policy, id="v2", default=replace(policy.default, rules=renamed))
    assert class_of_anything(again, again.default).id == class_of_anything(policy, policy.default).id


def test_what_depends_on_the_day_shows_the_weakest_promise_that_always_holds() -> None:
    season = Season(DAYS[10], DAYS[11])
    winter = Rule("winter", Track.RETURN, Scope(season=season), window=Window(90))
    market = a_market(return_days=30)
    policy = a_policy(default=replace(market, rules=(*market.rules, winter)))
    found = class_of(Item(product="501", sku="A"), policy, policy.default).promised.rules[Track.RETURN]
    assert found is not None
    assert found.window == Window(30)


def a_market_of_tags(number: int) -> MarketPolicy:
    market = a_market()
    tagged = (
        Rule(f"r{n}", Track.RETURN, Scope(tags=frozenset({f"t{n}"})), window=Window(n + 1)) for n in range(number)
    )
    return replace(market, rules=(*market.rules, *tagged))


def test_fifty_promises_are_few_enough_and_one_more_is_too_many() -> None:
    few = a_policy(default=a_market_of_tags(MOST_CLASSES - 2))
    assert too_many_classes(few) == ()
    many = a_policy(default=a_market_of_tags(MOST_CLASSES))
    assert too_many_classes(many) == (many.default,)


def test_many_rules_that_promise_the_same_are_few_promises() -> None:
    market = a_market()
    same = (Rule(f"r{n}", Track.RETURN, Scope(products=frozenset({str(n)})), window=Window(60)) for n in range(500))
    assert too_many_classes(a_policy(default=replace(market, rules=(*market.rules, *same)))) == ()


def test_every_preset_makes_few_promises() -> None:
    assert [name for name in preset_names() if too_many_classes(preset(name, NOW))] == []
