"""Each check: what it lets through, what it hands to a person, what it calls not owed and by which clause."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.claim_engine.abuse import Mark, Past
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
    safety,
    within_window,
)
from plugin.domain.claim_engine.finding import Finding, Outcome
from plugin.domain.claim_engine.limits import Limits
from plugin.domain.claim_engine.question import Question
from plugin.domain.money import Money
from plugin.domain.order import PaymentKind
from plugin.domain.policy.terms import Condition, EvidenceRule, MethodKind, Offer, ReturnMethod, Track
from plugin.domain.policy.terms import Evidence as Kind
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.remedy import Remedy
from tests.domain.claim_engine.asked import (
    AFTER,
    EXCHANGES,
    INSIDE,
    PHOTO,
    PRICE,
    RETURNS,
    SHOP_ONLY,
    a_policy,
    a_question,
    asked,
    conditions,
)
from tests.domain.clocks.worked_orders import shipped, stored

OK, PERSON, NO = Outcome.OK, Outcome.NEEDS_PERSON, Outcome.NO
CLAUSE = "v1 · everywhere · returns"


def said(check: Callable[[Question], Finding], question: Question) -> tuple[Outcome, str, str]:
    found = check(question)
    return found.outcome, found.code, found.clause


def test_what_is_in_time_names_the_right_it_rests_on() -> None:
    assert said(within_window.check, a_question()) == (OK, "within_window", "Directive 2011/83/EU art. 9")
    assert said(within_window.check, a_question(now=SHOP_ONLY)) == (OK, "within_window", CLAUSE)


def test_what_is_too_late_names_the_period_that_ended_last_and_its_day() -> None:
    found = within_window.check(a_question(now=AFTER))
    assert (found.outcome, found.code, found.clause) == (NO, "window_over", CLAUSE)
    assert dict(found.facts) == {"day": "2024-01-02"}


def test_what_nobody_ever_promised_is_no_but_names_no_clause() -> None:
    assert said(within_window.check, a_question(country="US", policy=a_policy())) == (NO, "nothing_promised", "")


@pytest.mark.parametrize(("quantity", "is_open", "outcome"), [(1, 1, OK), (2, 1, NO), (1, 0, NO), (0, 1, NO)])
def test_no_more_can_be_claimed_than_is_left(quantity: int, is_open: int, outcome: Outcome) -> None:
    found = open_quantity.check(a_question(asked(quantity=quantity), open_quantity=is_open))
    assert (found.outcome, found.clause) == (outcome, "")


ASKS = replace(RETURNS, evidence=(EvidenceRule("quality", (Kind.PHOTO, Kind.SERIAL_NUMBER)),))


def test_evidence_the_policy_asks_for_is_asked_for_and_never_a_reason_to_refuse() -> None:
    policy = a_policy(ASKS)
    found = evidence.check(a_question(asked("quality.defective", evidence=PHOTO), policy=policy))
    assert (found.outcome, found.code, dict(found.facts)) == (PERSON, "evidence_missing", {"missing": "serial_number"})
    both = asked("quality.defective", evidence=frozenset(Kind))
    assert said(evidence.check, a_question(both, policy=policy))[:2] == (OK, "evidence_there")
    assert said(evidence.check, a_question(now=SHOP_ONLY, policy=policy))[:2] == (OK, "no_evidence_asked")


def test_a_withdrawal_asks_for_no_evidence_whatever_the_policy_says() -> None:
    strict = replace(ASKS, evidence=(EvidenceRule("change_of_mind", (Kind.VIDEO,)),))
    for ask in (asked(), asked(is_withdrawal=True), asked(None)):
        assert evidence.check(a_question(ask, policy=a_policy(strict))).outcome is OK
    assert evidence.check(a_question(now=SHOP_ONLY, policy=a_policy(strict))).outcome is PERSON


UNUSED = replace(RETURNS, conditions=(Condition.UNUSED, Condition.COMPLETE))


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (conditions(unused=True, complete=True), (OK, "condition_declared", CLAUSE)),
        (conditions(unused=True), (PERSON, "condition_not_declared", CLAUSE)),
        (conditions(unused=False), (NO, "condition_unmet", CLAUSE)),
    ],
)
def test_a_promise_may_ask_for_a_state_of_the_goods(declared: object, expected: tuple[Outcome, str, str]) -> None:
    question = a_question(asked(conditions=declared), SHOP_ONLY, policy=a_policy(UNUSED))
    assert said(condition.check, question) == expected


def test_the_law_asks_for_no_state_and_goods_at_fault_may_be_used() -> None:
    used = conditions(unused=False, complete=False)
    assert condition.check(a_question(asked(conditions=used), policy=a_policy(UNUSED))).outcome is OK
    faulty = asked("quality.defective", conditions=used)
    assert condition.check(a_question(faulty, SHOP_ONLY, country="US", policy=a_policy(UNUSED))).outcome is OK


FINAL = replace(RETURNS, is_final_sale=True)


def test_a_final_sale_is_final_where_the_law_gives_nothing_and_nowhere_else() -> None:
    policy = a_policy(FINAL)
    assert said(final_sale.check, a_question(country="US", policy=policy)) == (NO, "final_sale", CLAUSE)
    assert said(final_sale.check, a_question(policy=policy))[:2] == (OK, "law_over_final_sale")
    faulty = a_question(asked("quality.defective", Remedy.REPAIR), SHOP_ONLY, policy=policy)
    assert said(final_sale.check, faulty)[:2] == (OK, "law_over_final_sale")
    assert said(final_sale.check, a_question())[:2] == (OK, "not_final_sale")


def test_a_remedy_that_is_not_offered_is_a_persons_to_answer() -> None:
    assert said(remedy.check, a_question(asked(wanted=Remedy.REPAIR)))[:2] == (PERSON, "remedy_not_offered")
    assert said(remedy.check, a_question(asked(wanted=Remedy.STORE_CREDIT)))[:2] == (OK, "remedy_entitled")


def test_what_is_to_be_sent_or_paid_has_to_be_named() -> None:
    assert said(remedy.check, a_question(asked(wanted=Remedy.EXCHANGE)))[:2] == (PERSON, "to_be_named")
    assert remedy.check(a_question(asked(wanted=Remedy.EXCHANGE, variant="502"))).outcome is OK
    assert remedy.check(a_question(asked(wanted=Remedy.PRICE_REDUCTION))).outcome is OK  # 30 % by the policy
    open_amount = replace(RETURNS, offers=(Offer(Remedy.PRICE_REDUCTION),))
    question = a_question(asked(wanted=Remedy.PRICE_REDUCTION), SHOP_ONLY, policy=a_policy(open_amount))
    assert said(remedy.check, question)[:2] == (PERSON, "to_be_named")


@pytest.mark.parametrize(
    ("wanted", "now", "outcome"),
    [
        (Remedy.REPAIR, AFTER, OK),
        (Remedy.REPLACEMENT, AFTER, OK),
        (Remedy.REFUND, AFTER, PERSON),
        (Remedy.PRICE_REDUCTION, AFTER, PERSON),
        (Remedy.REFUND, SHOP_ONLY, OK),  # the shop's return gives it, faulty or not
        (Remedy.REFUND, INSIDE, OK),  # so does a withdrawal
    ],
)
def test_by_law_alone_repair_and_replacement_come_before_money(wanted: Remedy, now: object, outcome: Outcome) -> None:
    question = a_question(asked("quality.defective", wanted), now)  # type: ignore[arg-type]  # an instant
    assert remedy.check(question).outcome is outcome


def test_before_the_money_of_a_withdrawal_no_repair_comes_even_without_any_promise() -> None:
    question = a_question(asked("quality.defective"), policy=a_policy())
    assert remedy.check(question).outcome is OK


def test_what_is_dearer_than_the_limit_or_in_another_currency_is_a_persons() -> None:
    assert said(amount.check, a_question())[:2] == (OK, "no_amount_limit")
    whole_claim = a_question(limits=Limits(PRICE), claim_price=Money(9_990, "EUR"))
    assert amount.check(whole_claim).outcome is PERSON
    for limit, outcome in ((PRICE, OK), (Money(4_994, "EUR"), PERSON), (Money(9_999, "USD"), PERSON)):
        assert amount.check(a_question(limits=Limits(limit))).outcome is outcome


def test_goods_come_back_only_by_ways_that_serve_where_they_are() -> None:
    to_germany = ReturnMethod(MethodKind.LABEL, frozenset({"DE"}), max_grams=5_000)
    policy = a_policy(replace(RETURNS, methods=(to_germany,)))
    assert destination.check(a_question(policy=policy)).outcome is OK
    assert destination.check(a_question(policy=policy, grams=5_001)).outcome is PERSON
    assert destination.check(a_question(country="US", policy=policy)).outcome is PERSON
    assert destination.check(a_question(asked(wanted=Remedy.SPARE_PART), country="US", policy=policy)).outcome is OK
    own = a_policy(replace(RETURNS, methods=(to_germany, ReturnMethod(MethodKind.OWN_CARRIER))))
    assert destination.check(a_question(country="US", policy=own)).outcome is OK


def test_cash_paid_at_the_door_needs_an_account_to_go_back_to() -> None:
    cash = stored(payment=PaymentKind.CASH_ON_DELIVERY)
    assert said(payee.check, a_question(order=cash))[:2] == (PERSON, "payee_unknown")
    assert payee.check(a_question(order=cash, is_payee_known=True)).outcome is OK
    assert payee.check(a_question(asked(wanted=Remedy.EXCHANGE), order=cash)).outcome is OK
    assert payee.check(a_question()).outcome is OK


def a_trait(trait: Trait) -> TraitRule:
    return TraitRule(trait.value, trait, is_confirmed=True)


def test_that_the_law_excepts_goods_is_said_by_a_person() -> None:
    personalised = a_policy(traits=(a_trait(Trait.PERSONALISED),))
    assert said(goods.check, a_question(policy=personalised))[:2] == (PERSON, "excepted_goods")
    assert goods.check(a_question(asked(is_withdrawal=True), policy=personalised)).outcome is PERSON
    with_promise = a_policy(RETURNS, traits=(a_trait(Trait.PERSONALISED),))
    assert goods.check(a_question(policy=with_promise)).outcome is OK
    assert goods.check(a_question(asked("quality.defective"), policy=personalised)).outcome is OK


def test_a_seal_is_looked_at_when_the_goods_are_back_and_keeps_nobody_from_sending_them() -> None:
    sealed = a_policy(traits=(a_trait(Trait.SEALED_HYGIENE),))
    assert said(goods.check, a_question(policy=sealed))[:2] == (OK, "seal_seen_on_return")


def test_a_fault_is_presumed_for_a_year_and_then_to_be_shown() -> None:
    defect = asked("quality.defective", Remedy.REPAIR)
    assert said(conformity.check, a_question(defect, AFTER))[:2] == (OK, "fault_presumed")
    later = AFTER + timedelta(days=400)
    assert said(conformity.check, a_question(defect, later))[:2] == (PERSON, "fault_to_be_shown")
    assert conformity.check(a_question()).outcome is OK


def test_the_day_on_which_the_presumption_ends_is_the_shoppers_day() -> None:
    defect = asked("quality.defective", Remedy.REPAIR)
    last = a_question(defect, AFTER).clock
    assert last is not None
    assert last.presumption_last_day is not None
    end = AFTER.replace(year=2024, month=12, day=last.presumption_last_day.day, hour=22, minute=59)  # 23:59 in Berlin
    assert conformity.check(a_question(defect, end)).outcome is OK
    assert conformity.check(a_question(defect, end + timedelta(minutes=1))).outcome is PERSON


def test_what_never_came_is_looked_for_by_a_person() -> None:
    on_its_way = stored(fulfilments=(shipped(),))
    lost = asked("logistics.lost", Remedy.REPLACEMENT)
    assert said(arrival.check, a_question(lost, order=on_its_way))[:2] == (PERSON, "not_arrived")
    assert said(arrival.check, a_question(lost))[:2] == (PERSON, "said_not_to_have_come")
    assert said(arrival.check, a_question(asked(None), order=on_its_way))[:2] == (OK, "called_off_before_arrival")
    broken = asked("quality.defective")
    assert said(arrival.check, a_question(broken, order=on_its_way))[:2] == (PERSON, "faulty_before_arrival")


@pytest.mark.parametrize(("country", "code"), [(None, "country_unknown"), ("AQ", "law_unknown")])
def test_where_the_law_is_unknown_no_other_countrys_is_guessed(country: str | None, code: str) -> None:
    assert said(known_law.check, a_question(country=country))[:2] == (PERSON, code)
    assert known_law.check(a_question()).outcome is OK


def test_a_hazard_is_always_a_persons() -> None:
    assert said(safety.check, a_question(asked("safety.fire_or_shock")))[:2] == (PERSON, "safety")
    assert safety.check(a_question()).outcome is OK


def test_what_is_unusual_is_looked_at_with_every_sign_named() -> None:
    history = (Past(Mark.EMPTY_BOX, INSIDE - timedelta(days=30)),)
    found = abuse.check(a_question(history=history))
    assert (found.outcome, found.code) == (PERSON, "unusual")
    assert [sign.code for sign in found.because] == ["empty_box_before"]
    assert abuse.check(a_question(history=history, limits=Limits(review_score=6))).outcome is OK


def test_a_rule_of_exchanges_alone_is_cited_for_exchanges() -> None:
    only = a_policy(replace(EXCHANGES, window=RETURNS.window))
    found = within_window.check(a_question(asked(wanted=Remedy.EXCHANGE), SHOP_ONLY, policy=only))
    assert found.clause == "v1 · everywhere · exchanges"
    assert only.default.rules[0].track is Track.EXCHANGE
