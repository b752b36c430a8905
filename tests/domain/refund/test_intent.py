from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from plugin.domain.ids import RefundId
from plugin.domain.order import Refund
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.echo import settled_by, taken_back
from plugin.domain.refund.intent import Means, NotInThatState, RefundIntent, RefundState
from plugin.domain.refund.ledger import open_to_refund
from plugin.domain.times import Moment, Source
from tests.build import NOW
from tests.support.refunds import an_intent, both, line, of, plain_order, reported, returned

ORDER = plain_order(line("11", 2, 2000, 380))
LATER = NOW + timedelta(minutes=1)


def an_attempt(refund_id: str = "refund1", units: int = 1) -> RefundIntent:
    return an_intent(quote(returned(of("11", units)), ORDER), refund_id).attempted(NOW, LATER)


def test_a_refund_is_granted_then_sent_then_settled() -> None:
    sent = an_attempt().sent("77", LATER)
    assert (sent.state, sent.platform_refund, sent.due_at) == (RefundState.SENT, "77", None)
    assert sent.settled("77", LATER).state is RefundState.SETTLED


def test_every_attempt_has_the_same_key() -> None:
    first = an_attempt()
    again = first.unanswered("unavailable", LATER, NOW).attempted(LATER, LATER)
    assert UUID(first.idempotency_key) == UUID(again.idempotency_key)
    assert an_attempt("refund2").idempotency_key != first.idempotency_key


@pytest.mark.parametrize("step", ["sent", "failed", "awaits_shopper"])
def test_nothing_happens_to_a_settled_refund(step: str) -> None:
    settled = an_attempt().settled("77", LATER)
    with pytest.raises(NotInThatState):
        getattr(settled, step)("x", LATER)


def test_a_refused_refund_opens_its_money_and_an_unanswered_one_keeps_it() -> None:
    refused = an_attempt().failed("no_gateway", LATER)
    unknown = an_attempt().unanswered("unavailable", None, LATER)
    assert refused.state is unknown.state is RefundState.FAILED
    assert open_to_refund(ORDER, [refused]) == ORDER.total
    assert open_to_refund(ORDER, [unknown]) == ORDER.total - unknown.total


def test_a_failed_refund_is_tried_again_under_its_key() -> None:
    refused = an_attempt().failed("no_gateway", LATER)
    again = refused.tried_again(LATER)
    assert (again.state, again.attempts, again.due_at) == (RefundState.INTENT, 0, LATER)
    assert again.idempotency_key == refused.idempotency_key


def test_a_payout_counts_as_gone_even_when_the_platform_refuses_to_record_it() -> None:
    waiting = an_attempt().awaits_shopper("cash_on_delivery", LATER)
    assert (waiting.means, waiting.is_pending) == (Means.PAYOUT, True)
    refused = waiting.paid_out(LATER).attempted(LATER, LATER).failed("no_gateway", LATER)
    assert refused.is_pending


def test_a_reversal_is_a_row_of_its_own_that_opens_the_money_again() -> None:
    settled = an_attempt().settled("77", LATER)
    reversal = settled.reversal(RefundId("refund2"), LATER)
    assert (reversal.reverses, settled.state) == (settled.id, RefundState.SETTLED)
    assert open_to_refund(ORDER, [settled]) == ORDER.total - settled.total
    assert open_to_refund(ORDER, [settled, reversal]) == ORDER.total
    assert not reversal.is_pending


def test_a_reported_refund_of_ours_settles_it_by_the_platforms_id() -> None:
    sent = an_attempt().sent("77", LATER)
    order = replace(ORDER, refunds=(reported(sent, "77", names_lines=False, at=LATER),))
    (settled,) = settled_by(order, [sent])
    assert (settled.state, settled.changed_at) == (RefundState.SETTLED, LATER)
    assert settled_by(order, [settled]) == ()


@pytest.mark.parametrize("names_lines", [True, False])
def test_an_attempt_without_answer_is_settled_by_amount_lines_and_time(names_lines: bool) -> None:  # noqa: FBT001 - a parameter of the table
    unknown = an_attempt().unanswered("unavailable", None, LATER)
    order = replace(ORDER, refunds=(reported(unknown, "77", names_lines=names_lines, at=LATER),))
    (settled,) = settled_by(order, [unknown])
    assert (settled.id, settled.platform_refund) == (unknown.id, "77")


def test_one_reported_refund_settles_one_of_two_alike() -> None:
    alike = [an_attempt("refund2"), an_attempt("refund1")]
    first = reported(alike[0], "77", at=LATER)
    (settled,) = settled_by(replace(ORDER, refunds=(first,)), alike)
    assert settled.id == "refund1"
    both_settled = settled_by(replace(ORDER, refunds=(first, reported(alike[0], "78", at=LATER))), alike)
    assert [(intent.id, intent.platform_refund) for intent in both_settled] == [("refund1", "77"), ("refund2", "78")]


def _other(refund: Refund, **facts: object) -> Refund:
    return replace(refund, **facts)  # type: ignore[arg-type]  # the table names fields of the refund


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": both(1, 1)},
        {"amount": None},
        {"moment": Moment(NOW - timedelta(hours=1), Source.PLATFORM)},
        {"moment": Moment(NOW - timedelta(hours=1), Source.ESTIMATE)},
    ],
)
def test_a_refund_of_somebody_elses_settles_nothing(facts: dict[str, object]) -> None:
    unknown = an_attempt()
    foreign = _other(reported(unknown, "77", at=LATER), **facts)
    assert settled_by(replace(ORDER, refunds=(foreign,)), [unknown]) == ()


def test_other_units_or_an_intent_never_attempted_are_not_the_same_refund() -> None:
    unknown = an_attempt()
    other = reported(an_attempt(units=2), "77", at=LATER)
    assert settled_by(replace(ORDER, refunds=(_other(other, amount=unknown.total),)), [unknown]) == ()
    granted = an_intent(quote(returned(of("11")), ORDER))
    assert settled_by(replace(ORDER, refunds=(reported(granted, "77", at=LATER),)), [granted]) == ()


def test_a_settled_refund_that_the_platform_has_no_more_was_taken_back() -> None:
    settled = an_attempt().settled("77", LATER)
    had = replace(ORDER, refunds=(reported(settled, "77", at=LATER),))
    assert taken_back(had, ORDER, [settled]) == (settled,)
    assert taken_back(had, had, [settled]) == ()
    assert taken_back(ORDER, ORDER, [settled]) == (), "not yet seen is not taken back"
    assert taken_back(had, ORDER, [settled, settled.reversal(RefundId("refund2"), LATER)]) == ()


def test_a_refund_is_taken_back_only_before_anything_left() -> None:
    granted = an_intent(quote(returned(of("11")), ORDER))
    assert open_to_refund(ORDER, [granted.stopped(NOW)]) == ORDER.total
    assert an_attempt().awaits_shopper("cash_on_delivery", NOW).stopped(NOW).code == "stopped"
    for left in (an_attempt(), an_attempt().sent("77", NOW), an_attempt().settled("77", NOW)):
        with pytest.raises(NotInThatState):
            left.stopped(LATER)


def test_what_the_bank_has_paid_cannot_be_stopped() -> None:
    paid = an_intent(quote(returned(of("11")), ORDER)).awaits_shopper("cash_on_delivery", NOW).paid_out(NOW)
    with pytest.raises(NotInThatState):
        paid.stopped(LATER)
    assert open_to_refund(ORDER, [paid]) == ORDER.total - paid.total
