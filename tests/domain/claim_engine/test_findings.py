"""What each check says word for word: code, facts and clause, as agents and shoppers are told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.claim_engine.abuse import Mark, Past
from plugin.domain.claim_engine.asking import Known, Subject, question_of
from plugin.domain.claim_engine.checks import (
    abuse,
    amount,
    arrival,
    condition,
    conformity,
    destination,
    evidence,
    final_sale,
    goods,
    known_law,
    open_quantity,
    payee,
    remedy,
    within_window,
)
from plugin.domain.claim_engine.costs import Costs, Line, rows_of, total, way_back
from plugin.domain.claim_engine.finding import Finding
from plugin.domain.claim_engine.limits import Limits
from plugin.domain.claim_engine.question import Question
from plugin.domain.clocks.claimed import case_of
from plugin.domain.clocks.engine import entitlements
from plugin.domain.clocks.inputs import gather
from plugin.domain.errors import NotFound
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import PaymentKind
from plugin.domain.policy.decision import decide
from plugin.domain.policy.terms import Condition, EvidenceRule, Fault, MethodKind, Offer, Payer, ReturnMethod, Track
from plugin.domain.policy.terms import Evidence as Kind
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.remedy import Remedy
from tests.domain.claim_engine.asked import (
    AFTER,
    EXCHANGES,
    INSIDE,
    LAW,
    PRICE,
    RETURNS,
    SHOP_ONLY,
    a_policy,
    a_question,
    asked,
    conditions,
)
from tests.domain.clocks.worked_orders import stored

CLAUSE = "v1 · everywhere · returns"
WITHDRAWAL = "Directive 2011/83/EU art. 9"
GUARANTEE = "Directive (EU) 2019/771"
DEFECT = "quality.defective"
CASH = stored(payment=PaymentKind.CASH_ON_DELIVERY)
ABROAD = a_policy(replace(RETURNS, methods=(ReturnMethod(MethodKind.LABEL, frozenset({"FR"})),)))
UNUSED = a_policy(replace(RETURNS, conditions=(Condition.UNUSED, Condition.COMPLETE)))
SHOWN = a_policy(replace(RETURNS, evidence=(EvidenceRule("change_of_mind", (Kind.VIDEO, Kind.PHOTO)),)))
FINAL = a_policy(replace(RETURNS, is_final_sale=True))
PERSONAL = a_policy(traits=(TraitRule("own", Trait.PERSONALISED, is_confirmed=True),))
SEALED = a_policy(RETURNS, traits=(TraitRule("own", Trait.SEALED_HYGIENE, is_confirmed=True),))
EMPTY_BOX = (Past(Mark.EMPTY_BOX, INSIDE - timedelta(days=3)),)

Told = dict[str, str]
CASES: list[tuple[Callable[[Question], Finding], Question, str, str, Told]] = [
    (abuse.check, a_question(), "nothing_unusual", "", {"points": "0"}),
    (abuse.check, a_question(history=EMPTY_BOX), "unusual", "", {"points": "5"}),
    (
        amount.check,
        a_question(limits=Limits(PRICE)),
        "within_amount_limit",
        "",
        {"amount": "4995", "limit": "4995", "currency": "EUR"},
    ),
    (
        amount.check,
        a_question(limits=Limits(Money(1, "EUR"))),
        "above_amount_limit",
        "",
        {"amount": "4995", "currency": "EUR"},
    ),
    (arrival.check, a_question(), "arrived", "", {}),
    (condition.check, a_question(), "no_condition_asked", WITHDRAWAL, {}),
    (
        condition.check,
        a_question(asked(conditions=conditions(unused=False, complete=False)), SHOP_ONLY, policy=UNUSED),
        "condition_unmet",
        CLAUSE,
        {"unmet": "unused,complete"},
    ),
    (
        condition.check,
        a_question(asked(), SHOP_ONLY, policy=UNUSED),
        "condition_not_declared",
        CLAUSE,
        {"missing": "unused,complete"},
    ),
    (conformity.check, a_question(), "conformity_not_asked", "", {}),
    (
        conformity.check,
        a_question(asked(DEFECT, Remedy.REPAIR), AFTER),
        "fault_presumed",
        GUARANTEE,
        {"day": "2024-12-03"},
    ),
    (
        conformity.check,
        a_question(asked(DEFECT, Remedy.REPAIR), AFTER + timedelta(days=400)),
        "fault_to_be_shown",
        GUARANTEE,
        {},
    ),
    (destination.check, a_question(), "way_back_served", "", {"country": "DE"}),
    (destination.check, a_question(policy=ABROAD), "no_way_back", "", {"country": "DE"}),
    (destination.check, a_question(country=None, policy=ABROAD), "no_way_back", "", {"country": ""}),
    (destination.check, a_question(asked(wanted=Remedy.SPARE_PART)), "nothing_comes_back", "", {}),
    (evidence.check, a_question(), "no_evidence_on_withdrawal", WITHDRAWAL, {}),
    (
        evidence.check,
        a_question(now=SHOP_ONLY, policy=SHOWN),
        "evidence_missing",
        CLAUSE,
        {"missing": "photo,video"},
    ),
    (final_sale.check, a_question(), "not_final_sale", "", {}),
    (final_sale.check, a_question(policy=FINAL), "law_over_final_sale", WITHDRAWAL, {}),
    (final_sale.check, a_question(country="US", policy=FINAL), "final_sale", CLAUSE, {}),
    (
        final_sale.check,
        a_question(
            asked(wanted=Remedy.EXCHANGE),
            SHOP_ONLY,
            policy=a_policy(replace(RETURNS, is_final_sale=True), EXCHANGES),
        ),
        "promised_all_the_same",
        "v1 · everywhere · exchanges",
        {},
    ),
    (goods.check, a_question(), "ordinary_goods", "", {}),
    (goods.check, a_question(policy=PERSONAL), "excepted_goods", "Directive 2011/83/EU art. 16", {}),
    (goods.check, a_question(policy=SEALED), "seal_seen_on_return", WITHDRAWAL, {"trait": "sealed_hygiene"}),
    (known_law.check, a_question(), "law_known", "", {"country": "DE"}),
    (known_law.check, a_question(country=None), "country_unknown", "", {"country": ""}),
    (known_law.check, a_question(country="AQ"), "law_unknown", "", {"country": "AQ"}),
    (open_quantity.check, a_question(open_quantity=3), "quantity_open", "", {"asked": "1", "open": "3"}),
    (
        open_quantity.check,
        a_question(asked(quantity=2), open_quantity=-1),
        "more_than_open",
        "",
        {"asked": "2", "open": "0"},
    ),
    (payee.check, a_question(), "money_goes_back_as_it_came", "", {}),
    (payee.check, a_question(order=CASH), "payee_unknown", "", {"payment": "cash_on_delivery"}),
    (payee.check, a_question(order=CASH, is_payee_known=True), "payee_known", "", {"payment": "cash_on_delivery"}),
    (remedy.check, a_question(), "remedy_entitled", WITHDRAWAL, {"wanted": "refund"}),
    (remedy.check, a_question(country="US", policy=a_policy()), "nothing_to_offer", "", {}),
    (
        remedy.check,
        a_question(asked(wanted=Remedy.REPAIR)),
        "remedy_not_offered",
        WITHDRAWAL,
        {"wanted": "repair"},
    ),
    (
        remedy.check,
        a_question(asked(DEFECT), AFTER),
        "repair_comes_first",
        GUARANTEE,
        {"wanted": "refund"},
    ),
    (
        remedy.check,
        a_question(asked(wanted=Remedy.EXCHANGE), SHOP_ONLY),
        "to_be_named",
        CLAUSE,
        {"wanted": "exchange"},
    ),
    (within_window.check, a_question(), "within_window", WITHDRAWAL, {"ground": "withdrawal"}),
    (within_window.check, a_question(now=SHOP_ONLY), "within_window", CLAUSE, {"ground": "shop_return"}),
]


@pytest.mark.parametrize(
    ("check", "question", "code", "clause", "facts"), CASES, ids=[f"{case[0].__module__}-{case[2]}" for case in CASES]
)
def test_a_finding_is_told_with_its_clause_and_its_numbers(
    check: Callable[[Question], Finding], question: Question, code: str, clause: str, facts: Told
) -> None:
    found = check(question)
    assert (found.code, found.clause, dict(found.facts)) == (code, clause, facts)


def test_every_period_that_is_over_is_cited_the_last_one_first() -> None:
    found = within_window.check(a_question(now=AFTER))
    assert [basis.citation for basis in found.basis] == [
        CLAUSE,
        "v1 · everywhere · exchanges",
        WITHDRAWAL,
        "Regulation (EEC, Euratom) 1182/71 art. 3",
    ]


def test_the_question_has_what_no_order_tells() -> None:
    known = {
        "open_quantity": 4,
        "grams": 900,
        "is_payee_known": True,
        "history": EMPTY_BOX,
        "limits": Limits(PRICE),
        "claim_price": Money(7, "EUR"),
    }
    question = a_question(**known)  # type: ignore[arg-type]  # fields of what is known
    assert {name: getattr(question, name) for name in known} == known
    assert (question.now, question.price, question.payment) == (INSIDE, PRICE, PaymentKind.ONLINE)
    assert {track: basis.citation for track, basis in question.clauses.items()} == {
        Track.RETURN: CLAUSE,
        Track.EXCHANGE: "v1 · everywhere · exchanges",
    }


def test_a_line_that_the_order_does_not_have_is_named() -> None:
    order = stored()
    facts = gather(order, None, LAW)
    (entitled,) = entitlements(order, None, LAW)
    case = case_of(entitled, Fault.NONE, PRICE, INSIDE, has_reason=False)
    terms = facts.lines[0].meant.terms
    subject = Subject(order.order, facts, replace(entitled, line=LineId("9")), decide(case, terms), terms)
    with pytest.raises(NotFound) as refused:
        question_of(asked(), subject, Known(PRICE, 1), INSIDE)
    assert refused.value.facts == {"field": "line", "line": "9"}


def test_a_rule_beside_a_right_by_law_is_cited_as_the_policy_has_it() -> None:
    own = replace(RETURNS, id="withdrawals", track=Track.WITHDRAWAL)
    clauses = a_question(policy=a_policy(own, RETURNS)).clauses
    assert clauses[Track.WITHDRAWAL].citation == "v1 · everywhere · withdrawals"


@pytest.mark.parametrize(
    ("remedy_", "codes"),
    [
        (Remedy.REPAIR, ["repair", "outbound", "label", "duty", "handling"]),
        (Remedy.REPLACEMENT, ["replacement", "outbound", "label", "duty", "handling", "resale_value"]),
        (Remedy.EXCHANGE, ["replacement", "outbound", "label", "duty", "handling", "resale_value"]),
        (Remedy.REFUND, ["refund", "label", "duty", "handling", "resale_value"]),
        (Remedy.STORE_CREDIT, ["store_credit", "label", "duty", "handling", "resale_value"]),
        (Remedy.SPARE_PART, ["part", "outbound"]),
        (Remedy.PRICE_REDUCTION, ["partial_refund"]),
    ],
)
def test_each_remedy_is_reckoned_in_its_own_rows(remedy_: Remedy, codes: list[str]) -> None:
    assert [row.code for row in rows_of(Offer(remedy_), Line(PRICE, Payer.SHOP), Costs())] == codes


def test_a_reckoning_of_less_than_nothing_shares_nothing() -> None:
    line, costs = Line(Money(-100, "EUR"), Payer.SHOP), Costs(resale=5_000)
    assert way_back(line, costs)[-1].amount == Money(-100, "EUR")
    assert total(()) is None
