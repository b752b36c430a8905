"""Every step of a refund: from which states it may be taken, and what is on record after it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.ids import RefundId
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.echo import settled_by, taken_back
from plugin.domain.refund.intent import STOPPED, Means, NotInThatState, RefundIntent, RefundState
from plugin.domain.refund.payee import BankAccount, NotAnAccount, Wallet
from plugin.domain.refund.payout import Payout
from plugin.domain.times import Moment, Source
from tests.build import NOW
from tests.support.refunds import an_intent, both, line, of, plain_order, reported, returned

ORDER = plain_order(line("11", 2, 2000, 380), line("12"))
LATER, MUCH_LATER = NOW + timedelta(minutes=1), NOW + timedelta(hours=1)
GRANTED = an_intent(quote(returned(of("11")), ORDER))
TRIED = GRANTED.attempted(NOW, LATER)
S = RefundState


def in_state(state: RefundState) -> RefundIntent:
    return replace(TRIED, state=state)


TO = {
    S.SENT: lambda intent: intent.sent("77", MUCH_LATER),
    S.SETTLED: lambda intent: intent.settled("77", MUCH_LATER),
    S.FAILED: lambda intent: intent.failed("no_gateway", MUCH_LATER),
    S.NEEDS_SHOPPER_DATA: lambda intent: intent.awaits_shopper("cash_on_delivery", MUCH_LATER),
}
MAY = {
    S.INTENT: {S.SENT, S.SETTLED, S.FAILED, S.NEEDS_SHOPPER_DATA},
    S.SENT: {S.SETTLED, S.FAILED, S.NEEDS_SHOPPER_DATA},
    S.NEEDS_SHOPPER_DATA: {S.SENT, S.SETTLED, S.FAILED},
    S.FAILED: {S.SETTLED},
    S.SETTLED: set(),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("to", TO)
def test_a_refund_goes_only_where_it_may_and_is_then_no_longer_due(state: RefundState, to: RefundState) -> None:
    if to in MAY[state]:
        moved = TO[to](in_state(state))
        assert (moved.state, moved.changed_at, moved.due_at) == (to, MUCH_LATER, None)
        return
    with pytest.raises(NotInThatState) as refused:
        TO[to](in_state(state))
    assert refused.value.facts == {"refund": "refund1", "state": state, "wanted": to}


@pytest.mark.parametrize(
    ("step", "wanted", "needed"),
    [
        (lambda intent: intent.attempted(NOW, LATER), S.INTENT, S.INTENT),
        (lambda intent: intent.paid_out(NOW), S.NEEDS_SHOPPER_DATA, S.NEEDS_SHOPPER_DATA),
        (lambda intent: intent.tried_again(NOW), S.FAILED, S.FAILED),
        (lambda intent: intent.reversal(RefundId("r2"), NOW), S.SETTLED, S.SETTLED),
    ],
)
def test_a_step_that_begins_in_one_state_says_which(step: object, wanted: RefundState, needed: RefundState) -> None:
    for state in set(S) - {needed}:
        with pytest.raises(NotInThatState) as refused:
            step(in_state(state))  # type: ignore[operator]  # a step of the table
        assert refused.value.facts == {"refund": "refund1", "state": state, "wanted": wanted}
    step(in_state(needed))  # type: ignore[operator]  # likewise


def told(intent: RefundIntent) -> tuple[object, ...]:
    return intent.attempts, intent.attempted_at, intent.due_at, intent.may_have_moved, intent.code, intent.changed_at


def test_an_attempt_is_on_record_before_anything_leaves() -> None:
    assert told(GRANTED) == (0, None, None, False, None, NOW)
    assert told(TRIED) == (1, NOW, LATER, True, None, NOW)
    again = TRIED.attempted(LATER, MUCH_LATER)
    assert told(again) == (2, LATER, MUCH_LATER, True, None, LATER)
    assert told(again.counted()) == (3, LATER, MUCH_LATER, True, None, LATER)


def test_without_an_answer_it_is_tried_again_when_told_or_parked() -> None:
    waiting = TRIED.unanswered("unavailable", MUCH_LATER, LATER)
    assert (waiting.state, *told(waiting)) == (S.INTENT, 1, NOW, MUCH_LATER, True, "unavailable", LATER)
    parked = TRIED.unanswered("unavailable", None, LATER)
    assert (parked.state, *told(parked)) == (S.FAILED, 1, NOW, None, True, "unavailable", LATER)
    again = parked.tried_again(MUCH_LATER)
    assert (again.state, *told(again)) == (S.INTENT, 0, NOW, MUCH_LATER, True, None, MUCH_LATER)


def test_an_answer_clears_the_code_and_keeps_the_platforms_id() -> None:
    doubtful = TRIED.unanswered("unavailable", MUCH_LATER, LATER)
    for answered in (doubtful.sent("77", LATER), doubtful.settled("77", LATER)):
        assert (answered.platform_refund, answered.code) == ("77", None)


def test_a_refusal_says_that_no_money_moved_unless_the_bank_has_paid() -> None:
    refused = TRIED.failed("no_gateway", LATER)
    assert told(refused) == (1, NOW, None, False, "no_gateway", LATER)
    waiting = TRIED.awaits_shopper("cash_on_delivery", LATER)
    assert (waiting.means, *told(waiting)) == (Means.PAYOUT, 1, NOW, None, False, "cash_on_delivery", LATER)
    paid = waiting.paid_out(MUCH_LATER)
    assert (paid.state, paid.paid_out_at, *told(paid)) == (
        S.INTENT, MUCH_LATER, 0, NOW, MUCH_LATER, True, None, MUCH_LATER,
    )  # fmt: skip
    assert told(paid.failed("no_gateway", MUCH_LATER))[3] is True


def test_one_that_has_left_cannot_be_stopped_and_one_that_has_not_can() -> None:
    stopped = GRANTED.stopped(LATER)
    assert (stopped.state, stopped.code, stopped.changed_at) == (S.FAILED, STOPPED, LATER)
    with pytest.raises(NotInThatState) as refused:
        TRIED.stopped(LATER)
    assert refused.value.facts == {"refund": "refund1", "state": S.INTENT, "wanted": "stopped"}


def test_a_reversal_begins_anew_and_names_what_it_takes_back() -> None:
    settled = replace(TRIED.settled("77", LATER), version=4)
    reversal = settled.reversal(RefundId("refund2"), MUCH_LATER)
    assert (reversal.id, reversal.reverses, reversal.platform_refund) == ("refund2", "refund1", None)
    assert (reversal.created_at, reversal.changed_at, reversal.version) == (MUCH_LATER, MUCH_LATER, 0)
    assert (reversal.allocations, reversal.total) == (settled.allocations, settled.total)


@pytest.mark.parametrize("state", S)
def test_money_is_pending_until_it_is_settled_or_surely_did_not_move(state: RefundState) -> None:
    sure = replace(in_state(state), may_have_moved=False)
    assert sure.is_pending is (state not in {S.SETTLED, S.FAILED})
    assert in_state(state).is_pending is (state is not S.SETTLED)
    assert not replace(in_state(state), reverses=RefundId("r0")).is_pending


def test_units_are_those_of_the_line_asked_for() -> None:
    intent = an_intent(quote(returned(of("11", 2), of("12")), ORDER))
    assert [intent.units(each.id) for each in ORDER.lines] == [2, 1]


def the_report(at: datetime, **facts: object) -> object:
    order = replace(ORDER, refunds=(replace(reported(TRIED, "77", at=at), **facts),))  # type: ignore[arg-type]  # its fields
    return [(intent.state, intent.platform_refund, intent.changed_at) for intent in settled_by(order, [TRIED])]


def test_a_platforms_clock_may_be_five_minutes_behind_and_no_more() -> None:
    edge = NOW - timedelta(minutes=5)
    assert the_report(edge) == [(S.SETTLED, "77", edge)]
    assert the_report(edge - timedelta(microseconds=1)) == []


def test_the_amount_that_the_shopper_sees_decides_whether_a_report_is_ours() -> None:
    shown = TRIED.total.presentment.minor
    assert the_report(LATER, amount=both(1, shown)) != []
    assert the_report(LATER, amount=both(shown, shown + 1)) == []


@pytest.mark.parametrize("state", S)
def test_a_report_by_its_id_settles_what_is_under_way_and_leaves_the_rest(state: RefundState) -> None:
    ours = replace(in_state(state), platform_refund="77")
    found = settled_by(replace(ORDER, refunds=(reported(ours, "77", at=LATER),)), [ours])
    assert bool(found) is (state in {S.INTENT, S.SENT, S.FAILED})


@pytest.mark.parametrize(
    ("facts", "is_taken"),
    [
        ({}, True),
        ({"state": S.FAILED}, True),
        ({"state": S.SENT}, False),
        ({"may_have_moved": False}, False),
        ({"attempted_at": None}, False),
        ({"platform_refund": "78"}, False),
    ],
)
def test_only_an_attempt_without_an_answer_is_settled_by_its_likeness(facts: dict[str, object], is_taken: bool) -> None:  # noqa: FBT001 - a parameter of the table
    ours = replace(TRIED, **facts)  # type: ignore[arg-type]  # fields of the intent
    found = settled_by(replace(ORDER, refunds=(reported(TRIED, "77", at=LATER),)), [ours])
    assert bool(found) is is_taken


def test_the_oldest_of_those_alike_is_settled_first() -> None:
    old, young = replace(TRIED, id=RefundId("z")), replace(TRIED, id=RefundId("a"), created_at=LATER)
    report = reported(TRIED, "77", at=MUCH_LATER)
    assert [each.id for each in settled_by(replace(ORDER, refunds=(report,)), [young, old])] == ["z"]


def test_what_the_platform_has_no_more_is_taken_back_if_it_was_settled_and_was_not_yet() -> None:
    settled = TRIED.settled("77", LATER)
    had = replace(ORDER, refunds=(reported(settled, "77"), reported(settled, "78")))
    kept = replace(ORDER, refunds=(reported(settled, "78"),))
    assert taken_back(had, kept, [settled]) == (settled,)
    assert taken_back(had, kept, [TRIED.sent("77", LATER)]) == ()
    assert taken_back(had, kept, [replace(settled, platform_refund="78")]) == ()
    assert taken_back(had, kept, [replace(settled, reverses=RefundId("refund0"))]) == ()
    estimated = replace(reported(settled, "77"), moment=Moment(NOW, Source.ESTIMATE))
    assert taken_back(replace(ORDER, refunds=(estimated,)), ORDER, [settled]) == (settled,)


IBAN = "DE89370400440532013000"


@pytest.mark.parametrize("holder", ["I", "A" * 70, "  Ida   Holm "])
def test_a_holders_name_is_taken_up_to_its_length_and_without_stray_spaces(holder: str) -> None:
    assert BankAccount.parse(holder, IBAN).holder == " ".join(holder.split())
    assert Wallet.parse(holder, "Pay", "0700 123").account == "0700123"


@pytest.mark.parametrize("holder", ["", " ", "A" * 71, "Ida\x07Holm"])
def test_no_name_is_refused_and_names_its_field(holder: str) -> None:
    for parse in (lambda: BankAccount.parse(holder, IBAN), lambda: Wallet.parse(holder, "Pay", "0700123")):
        with pytest.raises(NotAnAccount) as refused:
            parse()
        assert refused.value.facts == {"field": "holder"}


def test_a_wallet_names_the_field_that_is_wrong() -> None:
    for service, account, field in (("", "0700123", "service"), ("Pay", "07", "account"), ("Pay", "1" * 65, "account")):
        with pytest.raises(NotAnAccount) as refused:
            Wallet.parse("Ida", service, account)
        assert refused.value.facts == {"field": field}
    assert Wallet.parse("Ida", " My  Pay ", "1" * 64).service == "My Pay"


@pytest.mark.parametrize(
    ("bic", "kept"), [(None, None), ("", None), ("cobadeff", "COBADEFF"), ("COBA DE FF XXX", "COBADEFFXXX")]
)
def test_a_bank_code_is_taken_as_people_type_it(bic: str | None, kept: str | None) -> None:
    assert BankAccount.parse("Ida", IBAN, bic).bic == kept


def test_an_account_is_shown_masked_with_its_kind() -> None:
    assert repr(BankAccount.parse("Ida", IBAN)) == "BankAccount(DE•• •••• 3000)"
    assert repr(Wallet.parse("Ida", "Pay", "abc")) == "Wallet(Pay •••c)"


def test_euros_to_an_iban_go_by_sepa_and_all_else_by_the_table() -> None:
    account, wallet = BankAccount.parse("Ida", IBAN), Wallet.parse("Ida", "Pay", "0700123")
    euros, dollars = both(1, 1).shop, both(1, 1, ("USD", "USD")).shop
    assert Payout("a", account, euros, "n").is_sepa
    assert not Payout("a", account, dollars, "n").is_sepa
    assert not Payout("a", wallet, euros, "n").is_sepa
