"""The rules approve what nothing stands against, refuse only outside all law, and leave the rest to a person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from plugin.domain.claim_engine.abuse import Mark, Past
from plugin.domain.claim_engine.checks import CHECKS
from plugin.domain.claim_engine.finding import Outcome
from plugin.domain.claim_engine.judge import Judgement, Verdict, judge
from plugin.domain.claim_engine.limits import Limits
from plugin.domain.claim_engine.outside_the_law import OutsideTheLaw, outside_the_law, rights_at_stake
from plugin.domain.claim_engine.question import Question
from plugin.domain.entitlement import ClockState, Right
from plugin.domain.order import PaymentKind
from plugin.domain.policy.terms import Condition, Evidence, Fault, Track
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.remedy import Remedy
from tests.domain.claim_engine.asked import (
    AFTER,
    FAULTS,
    PRICE,
    RETURNS,
    SHOP_ONLY,
    a_policy,
    a_question,
    asked,
    conditions,
)
from tests.domain.clocks.worked_orders import DELIVERED, delivered, shipped, stored
from tests.domain.policy.rules import rules
from tests.support.sizes import examples

LEAVES = [None, *(leaf for leaf, fault in FAULTS.items() if fault)]
APPROVED, PERSON, REFUSED = Verdict.AUTO_APPROVE, Verdict.PERSON, Verdict.AUTO_REJECT
UNUSED = replace(RETURNS, conditions=(Condition.UNUSED,))

CASES: list[tuple[str, dict[str, Any], Verdict]] = [
    ("a second thought in time", {}, APPROVED),
    ("a second thought by the shop's promise", {"now": SHOP_ONLY}, APPROVED),
    ("a second thought after both", {"now": AFTER}, REFUSED),
    ("a second thought after both, in the United States", {"now": AFTER, "country": "US"}, REFUSED),
    ("a withdrawal declared too late", {"ask": asked(is_withdrawal=True), "now": AFTER}, PERSON),
    ("a defect in time", {"ask": asked("quality.defective", Remedy.REPAIR), "now": AFTER}, APPROVED),
    ("a defect after two years", {"ask": asked("quality.defective"), "now": AFTER + timedelta(days=800)}, PERSON),
    ("a defect long after, United States", {"ask": asked("quality.defective"), "now": AFTER, "country": "US"}, PERSON),
    ("a lost parcel", {"ask": asked("logistics.lost"), "order": stored(fulfilments=(shipped(),))}, PERSON),
    (
        "sold for good and never delivered",
        {
            "order": stored(country="US", fulfilments=(shipped(),)),
            "policy": a_policy(replace(RETURNS, is_final_sale=True)),
        },
        PERSON,
    ),
    ("nothing known of where it went", {"now": AFTER, "country": None}, PERSON),
    ("a country whose law nobody read", {"now": AFTER, "country": "AQ"}, PERSON),
    ("nobody said that shoppers were told", {"now": AFTER, "policy": a_policy(RETURNS, is_informed=None)}, PERSON),
    ("a business buyer after the promise", {"now": AFTER, "order": stored(is_business=True)}, PERSON),
    ("a final sale", {"country": "US", "policy": a_policy(replace(RETURNS, is_final_sale=True))}, REFUSED),
    ("a final sale where the law gives 14 days", {"policy": a_policy(replace(RETURNS, is_final_sale=True))}, APPROVED),
    (
        "used goods by a promise that asks for unused ones",
        {"ask": asked(conditions=conditions(unused=False)), "now": SHOP_ONLY, "policy": a_policy(UNUSED)},
        REFUSED,
    ),
    ("more than there is", {"ask": asked(quantity=2), "now": SHOP_ONLY}, PERSON),
    ("too late, and something to look at", {"now": AFTER, "limits": Limits(replace(PRICE, minor=1))}, PERSON),
    ("nothing ever promised, so no clause", {"country": "US", "policy": a_policy()}, PERSON),
    ("a hazard", {"ask": asked("safety.injury")}, PERSON),
]


@pytest.mark.parametrize(("facts", "verdict"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_worked_examples(facts: dict[str, Any], verdict: Verdict) -> None:
    judged = judge(a_question(**facts))
    assert judged.verdict is verdict, [found for found in judged.findings if found.outcome is not Outcome.OK]


def test_a_judgement_tells_what_every_check_found() -> None:
    judged = judge(a_question(now=AFTER))
    assert len(judged.findings) == len(CHECKS)
    assert judged.refusal is not None
    assert (judged.refusal.code, judged.refusal.clause) == ("window_over", "v1 · everywhere · returns")
    assert judge(a_question()).refusal is None


def test_a_refusal_cannot_be_made_where_a_right_by_law_is_at_stake() -> None:
    with pytest.raises(ValueError, match="right by law"):
        OutsideTheLaw(a_question())
    with pytest.raises(ValueError, match="no right by law"):
        Judgement(Verdict.AUTO_REJECT, ())
    shown = OutsideTheLaw(a_question(now=AFTER))
    with pytest.raises(ValueError, match="no right by law"):
        Judgement(Verdict.PERSON, (), shown)


def test_until_the_last_instant_of_the_withdrawal_a_right_is_at_stake_and_then_no_more() -> None:
    end = a_question().entitled.clock(Right.WITHDRAWAL).closes_at
    assert end is not None
    assert rights_at_stake(a_question(now=end - timedelta(microseconds=1))) == {Right.WITHDRAWAL}
    assert rights_at_stake(a_question(now=end)) == frozenset()


marks = st.builds(Past, st.sampled_from(Mark), st.integers(-500, 10).map(lambda days: AFTER + timedelta(days=days)))
histories = st.lists(marks, max_size=12).map(tuple)
orders = st.sampled_from(["DE", "FR", "SE", "GB", "US", "JP", "CH", "BR", "AQ", None]).flatmap(
    lambda country: st.builds(
        stored,
        country=st.just(country),
        fulfilments=st.sampled_from([(delivered(),), (shipped(),), (), (delivered(DELIVERED + timedelta(days=9)),)]),
        is_business=st.booleans(),
        payment=st.sampled_from(PaymentKind),
    )
)
policies = st.builds(
    lambda drawn, is_informed, traits: a_policy(*drawn, is_informed=is_informed, traits=traits),
    st.lists(
        st.tuples(rules, st.sampled_from(Track)).map(lambda pair: replace(pair[0], track=pair[1])),
        max_size=5,
        unique_by=lambda rule: rule.id,
    ),
    st.sampled_from([True, False, None]),
    st.lists(st.sampled_from(Trait).map(lambda t: TraitRule(t.value, t, is_confirmed=True)), max_size=2).map(tuple),
)
asks = st.builds(
    asked,
    st.sampled_from(LEAVES),
    st.sampled_from(Remedy),
    quantity=st.integers(0, 3),
    evidence=st.frozensets(st.sampled_from(Evidence)),
    conditions=st.dictionaries(st.sampled_from(Condition), st.booleans()),
    is_withdrawal=st.booleans(),
)


def _drawn(facts: dict[str, Any]) -> Question:
    return a_question(**facts)


instants = st.integers(0, 1200).map(lambda days: datetime(2023, 12, 1, 12, tzinfo=UTC) + timedelta(days=days))
facts_drawn: dict[str, st.SearchStrategy[Any]] = {
    "ask": asks | st.builds(asked, is_withdrawal=st.booleans()),
    "order": orders,
    "policy": policies | st.sampled_from([a_policy(RETURNS), a_policy(replace(RETURNS, is_final_sale=True))]),
    "open_quantity": st.integers(0, 3),
    "limits": st.just(Limits(replace(PRICE, minor=100), review_score=1)),
    "history": histories,
}
moments = st.sampled_from([AFTER, SHOP_ONLY, AFTER + timedelta(days=1_000)]) | instants
questions = st.fixed_dictionaries({"now": moments}, optional=facts_drawn).map(_drawn)
"""What is not drawn is as in the plainest case: so that each check decides now and then, and not always some other."""


@settings(max_examples=examples(40))
@given(questions)
def test_nothing_the_law_may_give_is_ever_refused_without_a_person(question: Question) -> None:
    """Held against the clocks themselves, not against what the engine takes from them."""
    if judge(question).verdict is not Verdict.AUTO_REJECT:
        return
    by_law = question.entitled.clock(Right.WITHDRAWAL)
    assert not question.asked.is_withdrawal
    assert question.asked.fault in {Fault.BUYER, Fault.NONE}
    assert question.is_delivered
    assert by_law.absent == "no_statutory_right" or by_law.state(question.now) is ClockState.CLOSED
    assert not question.is_by_law


@settings(max_examples=examples(40))
@given(questions)
def test_every_refusal_names_a_clause_and_every_approval_nothing_against_it(question: Question) -> None:
    judged = judge(question)
    if judged.verdict is Verdict.AUTO_REJECT:
        assert judged.refusal is not None
        assert judged.refusal.clause
    assert (judged.verdict is Verdict.AUTO_APPROVE) == all(each.outcome is Outcome.OK for each in judged.findings)


@settings(max_examples=examples(40))
@given(questions, histories)
def test_whatever_is_on_a_shoppers_record_refuses_nothing_and_takes_no_remedy_away(
    question: Question, history: tuple[Past, ...]
) -> None:
    clean, marked = replace(question, history=()), replace(question, history=history)
    before, after = judge(clean), judge(marked)
    assert after.verdict in {before.verdict, Verdict.PERSON}
    assert marked.decision == clean.decision
    assert rights_at_stake(marked) == rights_at_stake(clean)


@settings(max_examples=examples(40))
@given(questions)
def test_a_refusal_can_be_made_exactly_where_no_right_is_at_stake(question: Question) -> None:
    assert (outside_the_law(question) is None) == bool(rights_at_stake(question))


@pytest.mark.parametrize("verdict", [Verdict.AUTO_APPROVE, Verdict.AUTO_REJECT])
def test_the_properties_are_about_approvals_and_refusals_too(verdict: Verdict) -> None:
    drawn = settings(database=None, phases=[Phase.generate], max_examples=500)
    assert find(questions, lambda question: judge(question).verdict is verdict, settings=drawn)


def test_every_check_in_the_folder_is_asked() -> None:
    import plugin.domain.claim_engine.checks as folder  # noqa: PLC0415 - to look into it

    modules = {check.__module__ for check in CHECKS}
    found = {f"{folder.__name__}.{name}" for name in vars(folder) if hasattr(vars(folder)[name], "check")}
    assert modules == found
