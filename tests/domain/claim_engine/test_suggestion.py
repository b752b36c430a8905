"""What to offer first, with its numbers: the order changes, what the shopper has a right to never does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugin.domain.claim_engine.costs import Costs, Row
from plugin.domain.claim_engine.question import Question
from plugin.domain.claim_engine.suggestion import Suggestion, legal_remedies, suggest
from plugin.domain.money import Money
from plugin.domain.policy.terms import Fee, Offer, Payers
from plugin.domain.remedy import Remedy
from tests.domain.claim_engine.asked import AFTER, RETURNS, SHOP_ONLY, a_policy, a_question, asked
from tests.domain.claim_engine.test_judge import questions
from tests.support.sizes import examples


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


CHEAP = Costs(eur(400), eur(0), eur(150), 9_000, eur(500), eur(2_000), eur(300), eur(1_500))
DEAR = replace(CHEAP, label=eur(2_900), duty=eur(350))
SHOP_PAYS = replace(RETURNS, payers=Payers())
PROMISED = (Remedy.STORE_CREDIT, Remedy.REFUND, Remedy.PRICE_REDUCTION)


def order_of(suggestion: Suggestion) -> tuple[Remedy, ...]:
    return tuple(option.offer.remedy for option in suggestion.options)


def from_afar(costs: Costs, **facts: object) -> Suggestion:
    question = a_question(asked(), SHOP_ONLY, policy=a_policy(SHOP_PAYS))
    return suggest(replace(question, **facts), costs)  # type: ignore[arg-type]  # a test names fields of the question


def test_a_way_back_that_pays_is_offered_as_the_policy_says() -> None:
    suggestion = from_afar(CHEAP)
    assert suggestion.landed_total == eur(400 + 150 + 500)  # a tenth of 49.95 is lost, rounded against the shop
    assert suggestion.threshold == eur(1_998)
    assert suggestion.because == "as_the_policy_says"
    assert order_of(suggestion) == PROMISED


def test_a_way_back_that_costs_too_much_puts_keeping_and_credit_before_the_refund() -> None:
    suggestion = from_afar(DEAR)
    assert suggestion.landed == (
        Row("label", eur(2_900)),
        Row("duty", eur(350)),
        Row("handling", eur(150)),
        Row("resale_loss", eur(500)),
    )
    assert suggestion.because == "keep_first"
    assert order_of(suggestion) == (Remedy.PRICE_REDUCTION, Remedy.STORE_CREDIT, Remedy.REFUND)


def test_the_threshold_itself_is_not_too_dear() -> None:
    question = a_question(asked(), SHOP_ONLY, policy=a_policy(SHOP_PAYS))
    at = replace(CHEAP, label=eur(1_998 - 650))
    assert suggest(question, at).because == "as_the_policy_says"
    assert suggest(question, replace(at, label=eur(1_999 - 650))).because == "keep_first"
    assert suggest(question, CHEAP, too_dear=2_000).because == "keep_first"


def test_every_option_shows_what_it_costs_row_by_row() -> None:
    credit, refund, keep = from_afar(CHEAP).options
    way_back = (
        Row("label", eur(400)),
        Row("duty", eur(0)),
        Row("handling", eur(150)),
        Row("resale_value", eur(-4_495)),
    )
    assert refund.rows == (Row("refund", eur(4_995)), *way_back)
    assert credit.rows == (Row("store_credit", eur(4_995)), Row("bonus", eur(249)), *way_back)
    assert keep.rows == (Row("partial_refund", eur(1_498)),)
    assert [option.total for option in (credit, refund, keep)] == [eur(1_299), eur(1_050), eur(1_498)]
    assert [option.keeps_item for option in (credit, refund, keep)] == [False, False, True]


def test_a_refund_costs_what_the_way_back_costs() -> None:
    """Money for goods that can be sold again: what is lost is the way back and the loss of value."""
    suggestion = from_afar(DEAR)
    (refund,) = (option for option in suggestion.options if option.offer.remedy is Remedy.REFUND)
    assert refund.total == suggestion.landed_total


def test_who_pays_the_label_and_what_the_shop_keeps_are_in_the_reckoning() -> None:
    with_fee = replace(RETURNS, fee=Fee(1_000), offers=(Offer(Remedy.REFUND),))
    (refund,) = suggest(a_question(asked(), SHOP_ONLY, policy=a_policy(with_fee)), CHEAP).options
    rows = {row.code: row.amount for row in refund.rows}
    assert (rows["label"], rows["fee"]) == (eur(0), eur(-499))


def test_by_law_repair_replacement_and_part_have_their_own_costs() -> None:
    question = a_question(asked("quality.defective", Remedy.REPAIR), AFTER, policy=a_policy())
    totals = {option.offer.remedy: option.total for option in suggest(question, CHEAP).options}
    assert totals == {
        Remedy.REPAIR: eur(1_500 + 500 + 400 + 150),
        Remedy.REPLACEMENT: eur(2_000 + 500 + 400 + 150 - 4_495),
        Remedy.PRICE_REDUCTION: None,  # how much is a person's to say
        Remedy.REFUND: eur(1_050),
    }
    part = replace(question.decision, offers=(Offer(Remedy.SPARE_PART),))
    assert suggest(replace(question, decision=part), CHEAP).options[0].total == eur(800)


@pytest.mark.parametrize("unknown", ["label", "duty", "handling", "resale"])
def test_what_nobody_knows_is_left_open_and_never_taken_for_nothing(unknown: str) -> None:
    suggestion = from_afar(replace(CHEAP, **{unknown: None}))  # type: ignore[arg-type]  # each may be None
    refund = next(option for option in suggestion.options if option.offer.remedy is Remedy.REFUND)
    assert (suggestion.landed_total, refund.total, suggestion.because) == (None, None, "as_the_policy_says")


def test_what_is_known_may_be_too_dear_already() -> None:
    assert from_afar(replace(DEAR, resale=None)).because == "keep_first"


def test_on_a_declared_withdrawal_nothing_stands_before_the_refund() -> None:
    question = a_question(asked(is_withdrawal=True), policy=a_policy(SHOP_PAYS))
    suggestion = suggest(question, DEAR)
    assert suggestion.because == "withdrawal"
    assert order_of(suggestion) == (Remedy.REFUND, Remedy.STORE_CREDIT, Remedy.PRICE_REDUCTION)


def test_after_a_hazard_nothing_is_sold_and_nothing_is_left_with_the_shopper() -> None:
    question = a_question(asked("safety.injury"), SHOP_ONLY, country="US", policy=a_policy(SHOP_PAYS))
    suggestion = suggest(question, DEAR)
    assert (suggestion.because, order_of(suggestion)) == ("safety", (Remedy.REFUND,))


amounts = st.none() | st.integers(0, 10_000).map(eur)
costs = st.builds(Costs, *[amounts] * 3, st.none() | st.integers(0, 10_000), *[amounts] * 4)


@settings(max_examples=examples(60))
@given(questions, costs, st.integers(0, 10_000))
def test_no_number_takes_away_what_the_law_gives_and_none_adds_an_offer(
    question: Question, drawn: Costs, too_dear: int
) -> None:
    suggestion = suggest(question, drawn, too_dear)
    offered = [option.offer for option in suggestion.options]
    legal = legal_remedies(question) & {offer.remedy for offer in question.decision.offers}
    assert legal <= {offer.remedy for offer in offered}
    assert set(offered) <= set(question.decision.offers)
    assert len(offered) == len(set(offered))
    if suggestion.because != "safety":
        assert set(offered) == set(question.decision.offers)


@settings(max_examples=examples(60))
@given(questions, costs)
def test_the_total_is_the_sum_of_the_rows_to_the_minor_unit(question: Question, drawn: Costs) -> None:
    for option in suggest(question, drawn).options:
        known = [row.amount.minor for row in option.rows if row.amount is not None]
        assert option.total == (eur(sum(known)) if len(known) == len(option.rows) else None)
