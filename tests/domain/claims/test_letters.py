"""One act is told once: which letters become due, and which say what another one says already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugin.domain.claim.commands import conversing, deciding, ending, remedying, returning, withdrawing
from plugin.domain.claim.letters import ClaimLetterKind as Kind
from plugin.domain.claim.letters import LetterDue, letters_for
from plugin.domain.claim.machines.goods import PartState, RepairState, ReturnState
from plugin.domain.claim.plans import kept_item, usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE, PLATFORM, ClaimTrack
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy
from tests.support.claim_acts import ACTS
from tests.support.claims import AGENT, CLAUSE, OTHER_AGENT, REFUSAL, Case, Command, Shop, an_order_of, opened_line
from tests.support.sizes import examples


def by(act: Callable[..., Sequence[Draft]], *rest: object, **more: object) -> Command:
    return lambda claim: act(claim, *rest, **more)


def all_of(act: Callable[..., Sequence[Draft]], *rest: object) -> Command:
    """The act with every unit of line 1."""
    return lambda claim: act(claim, 1, claim.line(1).quantity, *rest)


ASK, WRITE = by(conversing.ask, "Welche Farbe?", AGENT), by(conversing.write, "Wir melden uns.", AGENT)
REJECT = all_of(deciding.reject, REFUSAL, "Getragen.", AGENT)
RECEIVE = all_of(returning.receive, AGENT)


def an_open_claim(ground: Ground = Ground.SHOP_RETURN, wanted: Remedy = Remedy.REFUND) -> tuple[Shop, Case]:
    shop = Shop(an_order_of(2, 1))
    return shop, shop.open(opened_line(shop.order, 1, ground, 2, wanted))


def approve(remedy: Remedy = Remedy.REFUND, *, goods_exist: bool = True) -> Command:
    return lambda claim: deciding.approve(
        claim, 1, claim.line(1).quantity, usual_plan(remedy, claim.line(1).judged, goods_exist=goods_exist), AGENT
    )


def goods(to: ReturnState) -> Command:
    return lambda claim: returning.move_return(claim, 1, to, PLATFORM)


def repair(to: RepairState) -> Command:
    return lambda claim: remedying.move_repair(claim, 1, to, AGENT)


def due(shop: Shop, case: Case, *commands: Command) -> tuple[LetterDue, ...]:
    """What one act of these commands, and of all that follows from them, makes due."""
    before = case.claim
    for command in commands:
        assert shop.act(case, command)
    return letters_for(before, case.claim, case.entries)


def told(shop: Shop, case: Case, *commands: Command) -> list[Kind]:
    return [letter.kind for letter in due(shop, case, *commands)]


def test_a_claim_that_is_opened_is_received() -> None:
    _, case = an_open_claim()
    letters = letters_for(None, case.claim, case.entries)
    assert letters == (LetterDue(Kind.RECEIVED, 1),)


def test_a_claim_approved_as_it_is_opened_is_told_approved_alone() -> None:
    shop, case = an_open_claim()
    shop.act(case, approve())
    assert [letter.kind for letter in letters_for(None, case.claim, case.entries)] == [Kind.APPROVED]


def test_of_two_lines_one_decided_as_it_is_opened_the_other_is_still_received() -> None:
    shop = Shop(an_order_of(1, 1))
    lines = (opened_line(shop.order, no, Ground.SHOP_RETURN, 1, Remedy.REFUND, no - 1) for no in (1, 2))
    case = shop.open(*lines)
    shop.act(case, approve())
    assert [letter.kind for letter in letters_for(None, case.claim, case.entries)] == [Kind.RECEIVED, Kind.APPROVED]


def test_an_approval_that_grants_the_money_at_once_is_one_letter_that_tells_of_it() -> None:
    shop, case = an_open_claim(Ground.LIABILITY)
    (letter,) = due(shop, case, approve(goods_exist=False))
    assert letter.kind is Kind.APPROVED
    assert letter.refunds == ("refund1",)


def test_an_approval_with_its_label_is_one_letter_and_a_later_label_another() -> None:
    shop, case = an_open_claim()
    assert told(shop, case, approve(), goods(ReturnState.LABEL_ISSUED)) == [Kind.APPROVED]
    assert told(shop, case, goods(ReturnState.LABEL_ISSUED)) == [Kind.LABEL]


def test_two_lines_approved_in_one_act_are_one_letter_about_both() -> None:
    shop = Shop(an_order_of(1, 1))
    lines = (opened_line(shop.order, no, Ground.SHOP_RETURN, 1, Remedy.REFUND, no - 1) for no in (1, 2))
    case = shop.open(*lines)
    second = by(deciding.approve, 2, 1, usual_plan(Remedy.REFUND, case.claim.line(2).judged), AGENT)
    (letter,) = due(shop, case, approve(), second)
    assert (letter.kind, letter.lines) == (Kind.APPROVED, (1, 2))


def test_a_refusal_quotes_its_words_and_an_appeal_is_confirmed() -> None:
    shop, case = an_open_claim()
    (letter,) = due(shop, case, REJECT)
    words = {entry.seq: entry.words for entry in case.entries}
    assert letter.kind is Kind.REJECTED
    assert [words[seq] for seq in letter.said] == ["Getragen."]
    appeal = by(ending.appeal, 1, "Ungetragen.", shop.now, shop.now)
    assert told(shop, case, appeal) == [Kind.APPEALED]


def test_a_question_is_one_letter_and_not_a_message_too() -> None:
    shop, case = an_open_claim()
    (letter,) = due(shop, case, ASK)
    assert letter.kind is Kind.NEEDS_INFO
    assert len(letter.said) == 1


def test_a_message_is_a_letter_unless_the_act_has_another_that_quotes_it() -> None:
    shop, case = an_open_claim()
    assert told(shop, case, WRITE) == [Kind.MESSAGE]
    (letter,) = due(shop, case, approve(), WRITE)
    assert letter.kind is Kind.APPROVED
    assert len(letter.said) == 1


def test_what_the_shopper_says_and_what_agents_note_is_mailed_to_nobody() -> None:
    shop, case = an_open_claim()
    assert told(shop, case, lambda claim: conversing.answer(claim, "Blau.")) == []
    assert told(shop, case, lambda _: conversing.note("Prüfen.", AGENT)) == []
    assert told(shop, case, lambda _: conversing.mailed("received", "mail-1", "de")) == []


def test_another_remedy_is_an_offer_and_taking_it_brings_the_way_back() -> None:
    shop, case = an_open_claim(wanted=Remedy.EXCHANGE)
    assert told(shop, case, approve(Remedy.REFUND)) == [Kind.OFFER]
    take = by(remedying.choose, 1, usual_plan(Remedy.REFUND, case.claim.line(1).judged))
    assert told(shop, case, take) == [Kind.APPROVED]


def test_a_part_of_the_price_offered_and_taken_is_told_with_its_money() -> None:
    shop, case = an_open_claim(Ground.LIABILITY)
    shop.act(case, lambda claim: remedying.show_choice(claim, 1))
    keep = kept_item(case.claim.line(1).judged, Money(500, "EUR"))
    assert told(shop, case, lambda claim: deciding.approve(claim, 1, 2, keep, AGENT)) == [Kind.OFFER]
    (letter,) = due(shop, case, lambda claim: remedying.choose(claim, 1, keep))
    assert (letter.kind, letter.refunds) == (Kind.APPROVED, ("refund1",))


def test_goods_that_arrive_and_free_the_money_are_one_letter() -> None:
    shop, case = an_open_claim()
    shop.act(case, approve())
    (letter,) = due(shop, case, RECEIVE)
    assert (letter.kind, letter.refunds) == (Kind.GOODS_RECEIVED, ("refund1",))


def test_a_proof_of_sending_grants_money_and_tells_nothing_until_it_left() -> None:
    shop, case = an_open_claim(Ground.LIABILITY)
    shop.act(case, approve())
    assert told(shop, case, goods(ReturnState.SENT)) == []
    assert case.claim.refunds


@pytest.mark.parametrize("ends", [[RefundState.SENT, RefundState.SETTLED], [RefundState.SETTLED]])
def test_money_is_told_once_however_often_its_state_is_reported(ends: list[RefundState]) -> None:
    shop, case = an_open_claim(Ground.LIABILITY)
    shop.act(case, approve(goods_exist=False))
    told_of = []
    for to in ends:
        before = case.claim
        shop.move(shop.intents[0], to)
        told_of += [letter.kind for letter in letters_for(before, case.claim, case.entries)]
    assert told_of == [Kind.REFUND_SENT]


def test_money_that_cannot_go_back_asks_the_shopper_where_to_and_is_told_again_when_it_went() -> None:
    shop, case = an_open_claim(Ground.LIABILITY)
    shop.act(case, approve(goods_exist=False))
    kinds = []
    for to in (RefundState.NEEDS_SHOPPER_DATA, RefundState.SETTLED):
        before = case.claim
        shop.move(shop.intents[0], to)
        kinds += [letter.kind for letter in letters_for(before, case.claim, case.entries)]
    assert kinds == [Kind.PAYEE_NEEDED, Kind.REFUND_SENT]


def test_a_repair_is_told_when_it_is_sent_and_when_it_is_finished_with_the_longer_guarantee() -> None:
    shop, case = an_open_claim(Ground.LIABILITY, Remedy.REPAIR)
    shop.act(case, approve(Remedy.REPAIR, goods_exist=False))
    for to in (RepairState.BOOKED, RepairState.REPAIRING, RepairState.TESTED):
        assert told(shop, case, repair(to)) == []
    assert told(shop, case, repair(RepairState.SHIPPED)) == [Kind.SENT]
    assert told(shop, case, repair(RepairState.DELIVERED)) == [Kind.REPAIRED]


@pytest.mark.parametrize(("minor", "kind"), [(500, Kind.DIFFERENCE), (0, Kind.SENT), (-500, Kind.SENT)])
def test_an_exchange_that_costs_more_is_not_told_as_sent_but_as_waiting_to_be_paid(minor: int, kind: Kind) -> None:
    shop, case = an_open_claim(Ground.SHOP_RETURN, Remedy.EXCHANGE)
    shop.act(case, approve(Remedy.EXCHANGE, goods_exist=False))
    made = remedying.Made("1001-E1", Money(minor, "EUR"), "https://shop.example/pay" if minor > 0 else None)
    assert told(shop, case, lambda claim: remedying.succeed(claim, 1, PLATFORM, made)) == [kind]


def test_what_is_sent_instead_is_told_when_it_is_made_and_a_part_when_it_leaves() -> None:
    shop, case = an_open_claim(Ground.LIABILITY, Remedy.REPLACEMENT)
    shop.act(case, approve(Remedy.REPLACEMENT, goods_exist=False))
    made = remedying.Made("order-9")
    assert told(shop, case, lambda claim: remedying.succeed(claim, 1, PLATFORM, made)) == [Kind.SENT]
    shop, case = an_open_claim(Ground.LIABILITY)
    shop.act(case, lambda claim: remedying.show_choice(claim, 1))
    shop.act(case, approve(Remedy.SPARE_PART))
    shop.act(case, lambda claim: remedying.choose(claim, 1, usual_plan(Remedy.SPARE_PART, claim.line(1).judged)))
    for to, kinds in ((PartState.REQUESTED, []), (PartState.SHIPPED, [Kind.SENT]), (PartState.DELIVERED, [])):
        assert told(shop, case, by(remedying.move_part, 1, to, AGENT)) == kinds


def test_a_withdrawal_is_told_how_goods_go_back_and_that_they_came() -> None:
    shop = Shop(an_order_of(1, 1))
    line = opened_line(shop.order, 1, Ground.WITHDRAWAL, 1, Remedy.REFUND)
    case = shop.open(line, track=ClaimTrack.WITHDRAWAL)
    assert letters_for(None, case.claim, case.entries) == ()
    assert told(shop, case, lambda _: withdrawing.acknowledge("mail-1")) == []
    assert told(shop, case, lambda claim: withdrawing.settle(claim, was_sent=True)) == [Kind.SEND_BACK]
    (letter,) = due(shop, case, RECEIVE)
    assert (letter.kind, letter.refunds) == (Kind.GOODS_RECEIVED, ("refund1",))


def test_a_contested_withdrawal_quotes_what_shows_the_exception() -> None:
    shop = Shop(an_order_of(1, 1))
    case = shop.open(opened_line(shop.order, 1, Ground.WITHDRAWAL, 1, Remedy.REFUND), track=ClaimTrack.WITHDRAWAL)
    shop.act(case, lambda _: withdrawing.acknowledge("mail-1"))
    (letter,) = due(shop, case, lambda claim: withdrawing.contest(claim, CLAUSE, "Versiegelt.", AGENT))
    assert letter.kind is Kind.CONTESTED
    assert len(letter.said) == 1


def test_the_end_of_a_claim_is_told_by_how_it_ended() -> None:
    shop, case = an_open_claim()
    assert told(shop, case, ending.cancel) == [Kind.CANCELLED]
    shop, case = an_open_claim()
    shop.act(case, ASK)
    assert told(shop, case, lambda claim: ending.expire(claim, claim.changed_at + ending.ANSWER_AWAITED)) == [
        Kind.EXPIRED
    ]
    shop, case = an_open_claim()
    shop.act(case, REJECT)
    assert told(shop, case, lambda claim: ending.close(claim, claim.changed_at + ending.CLOSES_AFTER)) == [Kind.CLOSED]


def test_what_needs_a_second_agent_is_told_when_the_second_agrees() -> None:
    shop, case = an_open_claim()
    plan = usual_plan(Remedy.REFUND, case.claim.line(1).judged)
    first = by(deciding.approve, 1, 2, plan, AGENT, needs_second=True)
    assert told(shop, case, first) == []
    second = by(deciding.approve, 1, 2, plan, OTHER_AGENT, needs_second=True)
    assert told(shop, case, second) == [Kind.APPROVED]


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(60), deadline=None)
def test_whatever_happens_no_entry_is_told_twice_and_one_act_tells_a_kind_once(rnd: Random) -> None:
    shop, case = an_open_claim(rnd.choice([Ground.LIABILITY, Ground.SHOP_RETURN]))
    known = letters_for(None, case.claim, case.entries)
    for _ in range(30):
        before = case.claim
        if shop.intents and rnd.random() < 0.2:
            shop.move(rnd.choice(shop.intents), rnd.choice(list(RefundState)))
        else:
            shop.act(case, rnd.choice(ACTS)(rnd, case.claim, rnd.choice(case.claim.lines)))
        letters = letters_for(before, case.claim, case.entries)
        assert letters == letters_for(before, case.claim, case.entries[before.version :])
        assert len({letter.kind for letter in letters}) == len(letters)
        known += letters
    assert len({letter.seq for letter in known}) == len(known)


def test_the_engine_may_approve_and_the_shopper_is_told_as_by_a_person() -> None:
    shop, case = an_open_claim()
    plan = usual_plan(Remedy.REFUND, case.claim.line(1).judged)
    assert told(shop, case, lambda claim: deciding.approve(claim, 1, 2, plan, ENGINE)) == [Kind.APPROVED]
