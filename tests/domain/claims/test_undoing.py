"""What was recorded by mistake is taken back while nothing has followed from it, and no longer; nothing is deleted."""

from __future__ import annotations

import pytest

from plugin.domain.claim.commands import (
    conversing,
    deciding,
    opening,
    refunding,
    remedying,
    returning,
    undoing,
    withdrawing,
)
from plugin.domain.claim.commands.disposing import dispose
from plugin.domain.claim.errors import TooLateToUndo
from plugin.domain.claim.machines.goods import Disposition, InspectionState, ReturnState
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import verify
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.errors import NotFound
from plugin.domain.ids import RefundId
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from tests.support.claims import AGENT, OTHER_AGENT, Case, an_order_of, opened_line
from tests.support.claims import opening as opened


@pytest.fixture
def case() -> Case:
    """Two units to be exchanged, agreed and awaited."""
    line = opened_line(an_order_of(2), 1, Ground.SHOP_RETURN, 2, Remedy.EXCHANGE)
    begun = Case.begun(opening.open_claim(opened(line), {line.order_line: 2}, proof="signed_in"))
    begun.act(lambda claim: deciding.approve(claim, 1, 2, usual_plan(Remedy.EXCHANGE, line.judged), AGENT))
    return begun


@pytest.mark.parametrize("on_the_way", [None, ReturnState.IN_TRANSIT])
def test_goods_that_had_not_arrived_are_where_they_were(case: Case, on_the_way: ReturnState | None) -> None:
    if on_the_way:
        case.act(lambda claim: returning.move_return(claim, 1, on_the_way, AGENT))
    before = case.claim.line(1)
    case.act(lambda claim: returning.receive(claim, 1, 2, AGENT))
    assert case.claim.line(1).received == 2
    case.act(lambda claim: undoing.take_receipt_back(claim, 1, AGENT))
    assert case.claim.line(1) == before
    verify(case.id, case.entries)
    case.act(lambda claim: returning.receive(claim, 1, 1, AGENT))
    assert [line.received for line in case.claim.lines] == [1, 0]


def test_once_somebody_looked_the_receipt_stands_until_the_inspection_is_taken_back(case: Case) -> None:
    case.act(lambda claim: returning.receive(claim, 1, 2, AGENT))
    case.act(lambda claim: returning.inspect(claim, 1, InspectionState.DOWNGRADED, AGENT, "B", Money(100, "EUR")))
    with pytest.raises(TooLateToUndo):
        case.act(lambda claim: undoing.take_receipt_back(claim, 1, AGENT))
    case.act(lambda claim: undoing.take_inspection_back(claim, 1, AGENT))
    line = case.claim.line(1)
    assert (line.inspection, line.grade, line.diminished) == (InspectionState.NOT_LOOKED_AT, None, None)
    case.act(lambda claim: undoing.take_receipt_back(claim, 1, AGENT))
    assert case.claim.line(1).leg is ReturnState.AWAITED


def test_a_second_look_is_recorded_and_having_seen_nothing_is_no_finding(case: Case) -> None:
    case.act(lambda claim: returning.receive(claim, 1, 2, AGENT))
    for less in (100, 250):
        found = Money(less, "EUR")
        case.act(lambda claim, found=found: returning.inspect(claim, 1, InspectionState.DOWNGRADED, AGENT, "B", found))  # type: ignore[misc]  # one argument, as `Command` asks
    assert case.claim.line(1).diminished == Money(250, "EUR")
    with pytest.raises(NoSuchMove):
        case.act(lambda claim: returning.inspect(claim, 1, InspectionState.NOT_LOOKED_AT, AGENT))


def test_what_has_led_to_something_is_not_taken_back(case: Case) -> None:
    case.act(lambda claim: returning.receive(claim, 1, 2, AGENT))
    case.act(lambda claim: returning.inspect(claim, 1, InspectionState.AS_SENT, AGENT, "A"))
    case.act(lambda claim: remedying.carry_out(claim, 1, AGENT))
    with pytest.raises(TooLateToUndo):
        case.act(lambda claim: undoing.take_inspection_back(claim, 1, AGENT))
    case.act(lambda claim: remedying.fail(claim, 1, "no_variant", AGENT))
    with pytest.raises(TooLateToUndo):
        case.act(lambda claim: undoing.take_inspection_back(claim, 1, AGENT))


def test_a_final_disposition_keeps_the_inspection(case: Case) -> None:
    case.act(lambda claim: returning.receive(claim, 1, 2, AGENT))
    case.act(lambda claim: returning.inspect(claim, 1, InspectionState.AS_SENT, AGENT, "A"))
    case.act(lambda claim: dispose(claim, 1, Disposition.RECYCLE, AGENT, is_final=True))
    with pytest.raises(TooLateToUndo):
        case.act(lambda claim: undoing.take_inspection_back(claim, 1, AGENT))


@pytest.fixture
def withdrawn() -> Case:
    line = opened_line(an_order_of(1), 1, Ground.WITHDRAWAL, 1, Remedy.REFUND)
    begun = Case.begun(
        opening.open_claim(opened(line, track=ClaimTrack.WITHDRAWAL), {line.order_line: 1}, proof="signed_in")
    )
    begun.act(lambda _: withdrawing.acknowledge("mail-1"))
    begun.act(lambda claim: withdrawing.settle(claim, was_sent=True))
    return begun


def test_a_withdrawal_whose_goods_had_not_arrived_waits_for_them_again(withdrawn: Case) -> None:
    withdrawn.act(lambda claim: returning.receive(claim, 1, 1, AGENT))
    assert refunding.due_lines(withdrawn.claim) == (1,)
    withdrawn.act(lambda claim: undoing.take_receipt_back(claim, 1, AGENT))
    assert withdrawn.claim.withdrawal is WithdrawalState.AWAITING_GOODS
    assert refunding.due_lines(withdrawn.claim) == ()


def test_the_proof_of_sending_frees_the_money_whatever_becomes_of_the_receipt(withdrawn: Case) -> None:
    withdrawn.act(lambda claim: returning.move_return(claim, 1, ReturnState.SENT, AGENT))
    withdrawn.act(lambda claim: returning.receive(claim, 1, 1, AGENT))
    withdrawn.act(lambda claim: undoing.take_receipt_back(claim, 1, AGENT))
    assert withdrawn.claim.withdrawal is WithdrawalState.REFUND_DUE


def test_money_that_was_granted_on_it_keeps_the_receipt(withdrawn: Case) -> None:
    withdrawn.act(lambda claim: returning.receive(claim, 1, 1, AGENT))
    withdrawn.act(lambda claim: refunding.grant(claim, RefundId("r1"), [1], Money(1190, "EUR"), AGENT))
    with pytest.raises(TooLateToUndo):
        withdrawn.act(lambda claim: undoing.take_receipt_back(claim, 1, AGENT))


def test_whoever_wrote_a_note_strikes_it_out_once_and_its_words_stay(case: Case) -> None:
    case.act(lambda _: conversing.note("Wrong customer", AGENT))
    note = case.entries[-1]
    with pytest.raises(TooLateToUndo):
        case.act(lambda claim: undoing.strike_note(claim, case.entries, note.seq, OTHER_AGENT))
    case.act(lambda claim: undoing.strike_note(claim, case.entries, note.seq, AGENT))
    assert case.claim.struck_notes == {note.seq}
    assert case.entries[note.seq - 1].words == "Wrong customer"
    with pytest.raises(TooLateToUndo):
        case.act(lambda claim: undoing.strike_note(claim, case.entries, note.seq, AGENT))
    with pytest.raises(NotFound):
        case.act(lambda claim: undoing.strike_note(claim, case.entries, 1, AGENT))
