"""A claim from the shopper's form to the settled refund, on the demo's platform and through its inbox."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import conversing, deciding, remedying, returning, withdrawing
from plugin.domain.claim.errors import TooManyUnits
from plugin.domain.claim.machines.goods import RepairState, ReturnState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import verify
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import PLATFORM, ClaimTrack
from plugin.domain.effects import FollowRefund, StopShipping
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.order import Platform
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy
from plugin.usecases.claim.catch_up_refunds import catch_up_refunds
from plugin.usecases.claim.wake import wake_claims
from plugin.usecases.claim.work import work_on_claim
from tests.build import MERCHANT
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.support.demo_platform import open_demo_shop
from tests.support.refunding import ON_DELIVERY, PAID, booked, execute

LANTERN, WATCH, WATCH_ORDER = "9002", "9008", "3005"


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, PAID, ON_DELIVERY, WATCH_ORDER))
    desk.deliver(PAID)
    desk.deliver(WATCH_ORDER)
    return desk


def withdrawn(desk: ClaimDesk, quantity: int = 2) -> Claim:
    claim = desk.open(PAID, asked(LANTERN, quantity), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    return desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))


def test_a_withdrawal_is_paid_back_whole_once_the_goods_were_sent(desk: ClaimDesk) -> None:
    claim = withdrawn(desk)
    assert (claim.withdrawal, claim.refunds) == (WithdrawalState.AWAITING_GOODS, ())
    claim = desk.act(claim, lambda known: returning.move_return(known, 1, ReturnState.SENT, PLATFORM, "RM1GB"))
    assert [row.total.minor for row in claim.refunds] == [10470], "goods with tax, and delivery"
    assert claim.refunds[0].due_at is not None
    desk.work()
    claim = desk.now(claim)
    assert claim.refunds[0].state is RefundState.SETTLED
    assert (claim.withdrawal, status_of(claim)) == (WithdrawalState.REFUNDED, ClaimStatus.RESOLVED)
    assert booked(desk.shop) == 1


def test_the_same_draft_submitted_twice_is_one_claim(desk: ClaimDesk) -> None:
    first = desk.open(PAID, asked(LANTERN))
    assert desk.open(PAID, asked(LANTERN)) == first


def test_what_one_claim_holds_another_cannot_ask_for(desk: ClaimDesk) -> None:
    desk.open(PAID, asked(LANTERN, 2))
    with pytest.raises(TooManyUnits) as refused:
        desk.open(PAID, asked(LANTERN), draft="draft2")
    assert refused.value.facts["open"] == 0


def test_a_page_that_is_out_of_date_changes_nothing(desk: ClaimDesk) -> None:
    claim = desk.open(WATCH_ORDER, asked(WATCH, 1, "quality.defective", Remedy.REPAIR))
    desk.act(claim, lambda known: remedying.show_choice(known, 1) or deciding.undo_decision(known, 1, AGENT))
    now, seen = desk.shop.clock.now(), claim.version
    with pytest.raises(Conflict):
        work_on_claim(claim.id, lambda _: (), desk=desk.desk, now=now, seen=seen - 1)


def test_a_finished_repair_settles_the_claim_and_extends_the_guarantee(desk: ClaimDesk) -> None:
    claim = desk.open(WATCH_ORDER, asked(WATCH, 1, "quality.defective", Remedy.REPAIR))
    assert claim.line(1).is_approved, "nothing speaks against it, so nobody has to be asked"
    for step in (
        RepairState.BOOKED,
        RepairState.REPAIRING,
        RepairState.TESTED,
        RepairState.SHIPPED,
        RepairState.DELIVERED,
    ):
        claim = desk.act(claim, partial(remedying.move_repair, no=1, to=step, by=AGENT))
    assert status_of(claim) is ClaimStatus.RESOLVED
    assert claim.line(1).is_guarantee_extended
    assert [repair.line for repair in desk.shop.stored(WATCH_ORDER).repairs] == [WATCH]


def test_a_replacement_is_sent_again_free_of_charge(desk: ClaimDesk) -> None:
    claim = desk.open(WATCH_ORDER, asked(WATCH, 1, "logistics.lost", Remedy.REPLACEMENT))
    plan = usual_plan(Remedy.REPLACEMENT, claim.line(1).judged, goods_exist=False)
    desk.act(claim, lambda known: deciding.approve(known, 1, 1, plan, AGENT))
    desk.work()
    claim = desk.now(claim)
    assert status_of(claim) is ClaimStatus.RESOLVED
    assert claim.line(1).remedy_detail, "the new order's number"
    assert claim.refunds == ()


def test_money_that_cannot_go_back_the_way_it_came_waits_for_an_account(desk: ClaimDesk) -> None:
    claim = desk.open(ON_DELIVERY, asked("9015", 1), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    claim = desk.act(claim, lambda known: withdrawing.settle(known, was_sent=False))
    desk.work()
    claim = desk.now(claim)
    line = claim.line(1)
    assert [row.state for row in claim.refunds] in ([RefundState.NEEDS_SHOPPER_DATA], []), line.remedy_detail


def test_the_record_of_everything_that_happened_is_one_chain(desk: ClaimDesk) -> None:
    claim = withdrawn(desk)
    desk.act(claim, lambda known: returning.receive(known, 1, 2, AGENT))
    desk.work()
    with desk.shop.units.read(MERCHANT) as unit:
        verify(claim.id, unit.claims.record(claim.id))


def test_goods_that_have_not_left_are_kept_from_leaving(desk: ClaimDesk) -> None:
    claim = desk.open(ON_DELIVERY, asked("9015", 1), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    desk.act(claim, lambda known: withdrawing.settle(known, was_sent=False))
    desk.work()
    claim = desk.now(claim)
    assert claim.is_shipping_stopped
    assert desk.shop.books.read(desk.shop.shop.id, desk.shop.order(ON_DELIVERY).ref).deeds


def test_a_decision_answers_what_was_written_with_the_claim(desk: ClaimDesk) -> None:
    told = replace(asked(WATCH, 1, "quality.defective", Remedy.REPAIR), words="It stays dark.")
    claim = desk.open(WATCH_ORDER, told)
    assert claim.line(1).is_approved
    assert not claim.waits_for_answer
    claim = desk.act(claim, lambda known: conversing.answer(known, "When does it come back?"))
    assert claim.waits_for_answer


def test_a_claim_that_missed_what_became_of_its_money_catches_up(desk: ClaimDesk) -> None:
    claim = withdrawn(desk)
    claim = desk.act(claim, lambda known: returning.move_return(known, 1, ReturnState.SENT, PLATFORM, "RM1GB"))
    execute(desk.shop, claim.refunds[0].id)
    desk.shop.drain()
    desk.forget(FollowRefund)
    assert desk.now(claim).refunds[0].state is RefundState.INTENT
    later = desk.shop.clock.now() + timedelta(minutes=20)
    assert catch_up_refunds(merchant=MERCHANT, units=desk.shop.units, now=later) == 1
    desk.work()
    assert desk.now(claim).refunds[0].state is RefundState.SETTLED
    assert catch_up_refunds(merchant=MERCHANT, units=desk.shop.units, now=later) == 0


def test_goods_nobody_answered_about_are_left_to_a_person_to_hold_back(desk: ClaimDesk) -> None:
    claim = desk.open(ON_DELIVERY, asked("9015", 1), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    claim = desk.act(claim, lambda known: withdrawing.settle(known, was_sent=False))
    desk.forget(StopShipping)
    later = desk.shop.clock.now() + timedelta(hours=2)
    assert wake_claims(desk=desk.desk, now=later) == 1
    claim = desk.now(claim)
    assert claim.is_shipping_stopped
    assert claim.needs_person


def test_a_claim_that_cannot_be_woken_keeps_no_other_asleep(desk: ClaimDesk) -> None:
    def left_behind(order: str, line: str) -> Claim:
        claim = desk.open(order, asked(line, 1), track=ClaimTrack.WITHDRAWAL, draft=f"draft-{order}")
        desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
        claim = desk.act(claim, lambda known: withdrawing.settle(known, was_sent=False))
        desk.forget(StopShipping)
        return claim

    broken, sound = left_behind(PAID, LANTERN), left_behind(ON_DELIVERY, "9015")
    del desk.shop.units.of(MERCHANT).orders[broken.order]
    with pytest.raises(NotFound):
        wake_claims(desk=desk.desk, now=desk.shop.clock.now() + timedelta(hours=2))
    assert desk.now(sound).is_shipping_stopped
