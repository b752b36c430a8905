"""Comparisons in the words of the desk: each difference has a line that says where, what, and from what to what."""

from dataclasses import fields, replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import Phase, given, settings

from plugin.domain.money import Money
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.diff import _LEFT_OUT, _NOUNS, DifferenceKind, _Named, differences
from plugin.domain.policy.identity import Address, ReturnAddress, Trader
from plugin.domain.policy.scope import Scope, Season
from plugin.domain.policy.terms import (
    Anchor,
    Condition,
    Fee,
    MethodKind,
    Offer,
    Payer,
    RefundPromise,
    ReturnMethod,
    Window,
    WindowUnit,
)
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.remedy import Remedy
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.wording.policy_diff import told_difference
from plugin.wording.policy_values import _NAMES
from tests.build import a_market, a_policy
from tests.domain.policy.versions import versions
from tests.support.sizes import examples

ENGLISH = catalogue("en")
KIEL = Address(("Kaistraße 1", "24103 Kiel"), "DE")
NEVER_WHOLE = frozenset(
    {"rule.id", "trait.id", "reason.id", "return_address.id", "repair.id"}
    | {"policy.default", "market.disclosure", "rule.payers", "rule.scope", "trait.scope", "repair.scope"}
)
"""What names an entry cannot differ in it; what is never absent is told part by part."""
desk = pytest.mark.parametrize("language", DESK_LANGUAGES)


def terms_told() -> frozenset[str]:
    """Every term a difference can be about."""
    of_fields = (f"{noun}.{each.name}" for kind, noun in _NOUNS.items() for each in fields(kind))
    return frozenset((*of_fields, *(_NOUNS[kind] for kind in get_args(_Named)))) - _LEFT_OUT - NEVER_WHOLE


def lines(before: PolicyVersion | None, after: PolicyVersion, language: str = "en") -> list[str]:
    said = [told_difference(each, catalogue(language)) for each in differences(before, after)]
    return [f"{line.place}: {line.text}" for line in said]


def with_rule(**facts: object) -> PolicyVersion:
    market = a_market("European Union", exchange_days=None, warranty_months=None)
    withdrawal, returns = market.rules
    return a_policy(default=replace(market, rules=(withdrawal, replace(returns, **facts))))  # type: ignore[arg-type]  # fields of a rule


BEFORE = with_rule()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"window": Window(45)}, "Window: 30 days → 45 days"),
        ({"window": Window(None)}, "Window: 30 days → without end"),
        ({"window": Window(24, WindowUnit.MONTHS)}, "Window: 30 days → 2 years"),
        ({"window": None}, "Window: removed (30 days)"),
        ({"fee": Fee(250, Money(500, "EUR"))}, "Fee: added (2.5% + €5.00)"),
        (
            {"offers": (Offer(Remedy.EXCHANGE), Offer(Remedy.STORE_CREDIT, 1000))},
            "Remedies: refund → exchange, store credit + 10%",
        ),
        ({"conditions": (Condition.UNUSED,)}, "Conditions: nothing said → unused"),
        ({"is_final_sale": True}, "Final sale: no → yes"),
        ({"clock": (Anchor.SHIPPED, Anchor.ORDERED)}, "Counted from: delivery → dispatch, order"),
        ({"methods": (ReturnMethod(MethodKind.QR_CODE),)}, "Ways to send back: nothing said → QR code"),
        ({"refund": RefundPromise(5)}, "Refund: added (5 days, from receipt, by the means of payment)"),
        ({"scope": Scope(tags=frozenset({"sale"}))}, "Tags: + sale"),
        ({"scope": Scope(price_from=Money(10000, "EUR"))}, "Price from: added (€100.00)"),
        (
            {"scope": Scope(season=Season(date(2026, 12, 1), date(2026, 12, 31)))},
            "Season: added (Tuesday 1 December 2026 – Thursday 31 December 2026)",
        ),
        ({"priority": 5}, "Priority: 0 → 5"),
        ({"note": {"en": "Keep the box."}}, "Note: added"),
    ],
)
def test_a_changed_term_of_a_rule_is_told_with_its_values(facts: dict[str, object], said: str) -> None:
    assert lines(BEFORE, with_rule(**facts)) == [f"European Union · Returns (returns): {said}"]


def test_a_text_in_other_words_and_methods_for_other_countries_are_told_as_changed() -> None:
    before = with_rule(note={"en": "Keep the box."}, methods=(ReturnMethod(MethodKind.LABEL),))
    after = with_rule(note={"en": "Keep it."}, methods=(ReturnMethod(MethodKind.LABEL, frozenset({"DE"})),))
    assert [line.split(": ", 1)[1] for line in lines(before, after)] == ["Ways to send back: changed", "Note: changed"]


def test_whole_rules_markets_and_countries_are_told() -> None:
    markets = (a_market("EU", frozenset({"DE", "FR"})), a_market("UK", frozenset({"GB"})))
    before = a_policy(markets=markets)
    wider = replace(markets[0], countries=frozenset({"DE", "AT"}), rules=markets[0].rules[:-1])
    assert lines(before, a_policy(markets=(wider,))) == [
        "EU: Countries: + Austria, − France",
        "EU · Warranty (warranty): Rule: removed (2 years)",
        "UK: Market: removed (United Kingdom)",
    ]


def test_what_holds_in_every_market_says_so() -> None:
    trader = Trader("Nordkap GmbH", KIEL, "hallo@nordkap.example")
    before = a_policy(default=replace(a_market(), trader=trader))
    after = replace(
        before,
        home_country="DE",
        default=replace(before.default, trader=replace(trader, address=replace(KIEL, lines=("Hafen 2", "Kiel")))),
        traits=(TraitRule("engraved", Trait.PERSONALISED),),
        return_addresses=(ReturnAddress("kiel", "Lager Kiel", KIEL),),
    )
    assert lines(before, after) == [
        "everywhere: Trader’s address: Kaistraße 1, 24103 Kiel, Germany → Hafen 2, Kiel, Germany",
        "All markets: Home country: added (Germany)",
        "All markets · engraved: Kind of goods: added (made to order or personalised)",
        "All markets · kiel: Return address: added (Lager Kiel)",
    ]


def test_the_language_of_a_markets_orders_is_told_by_its_name() -> None:
    before = a_policy()
    named = replace(before, default=replace(before.default, language="pt-BR"))
    odd = replace(before, default=replace(before.default, language="xx"))
    assert lines(before, named) == ["everywhere: Language of orders: added (Brazilian Portuguese)"]
    assert lines(named, odd) == ["everywhere: Language of orders: Brazilian Portuguese → xx"]


def test_another_language_of_the_desk_says_it_too() -> None:
    after = with_rule(window=Window(45), fee=Fee(250))
    assert lines(BEFORE, after, "de") == [
        "European Union · Rückgabe (returns): Frist: 30 Tage → 45 Tage",
        "European Union · Rückgabe (returns): Gebühr: hinzugefügt (2,5\N{NO-BREAK SPACE}%)",
    ]


@desk
def test_every_term_and_every_name_has_words(language: str) -> None:
    words = catalogue(language)
    named = {f"policy.term.{term}" for term in terms_told()}
    named |= {f"{key}.{value.value}" for kind, key in _NAMES.items() for value in kind}
    assert {key for key in named if key not in words.entries} == set()


@desk
@settings(max_examples=examples(5), deadline=None, phases=[Phase.generate])
@given(versions, versions)
def test_whatever_differs_can_be_said(language: str, before: PolicyVersion, after: PolicyVersion) -> None:
    for each in differences(before, after):
        said = told_difference(each, catalogue(language))
        assert said.place
        assert said.text
        assert said.kind is each.kind
        assert isinstance(said.kind, DifferenceKind)


def test_a_payer_by_fault_is_told() -> None:
    rule = BEFORE.default.rules[1]
    after = with_rule(payers=replace(rule.payers, buyer=Payer.SHOPPER))
    assert lines(BEFORE, after) == [
        "European Union · Returns (returns): Payer, the buyer’s doing: the shop → the shopper"
    ]
