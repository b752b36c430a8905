"""The return on the shop's platform follows a claim to its end, joins what is there, and is never made twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from plugin.demo.platform.books import BookedReturn
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import deciding, disposing, ending, returning, sending
from plugin.domain.claim.machines.goods import Disposition, InspectionState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.vocabulary import Refusal as Refused
from plugin.domain.effects import KeepReturn
from plugin.domain.order import Platform
from plugin.domain.remedy import Remedy
from plugin.domain.returning.kept_return import KeptReturn
from plugin.ports.platform_actions import Refusal
from plugin.usecases.claim.queue_returns import queue_due_returns
from tests.build import MERCHANT
from tests.support.claim_cases import POLICY
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT, REFUSAL
from tests.support.demo_platform import open_demo_shop

NUMBER, FAULTY = "5400000001042", "quality.defective"


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.SHOPIFY, NUMBER))
    desk.deliver(NUMBER)
    with desk.shop.units(MERCHANT) as unit:
        unit.policies.add(POLICY)
        unit.orders.save([replace(desk.shop.stored(NUMBER), policy_version=POLICY.id)])
        unit.commit()
    return desk


@pytest.fixture
def claim(desk: ClaimDesk) -> Claim:
    """Asked for, and not decided: somebody has to look at it."""
    line = desk.shop.order(NUMBER).lines[0]
    claim = desk.open(NUMBER, asked(line.id, 1, FAULTY))
    desk.work()
    return claim


def books(desk: ClaimDesk) -> tuple[BookedReturn, ...]:
    return desk.shop.books.read(desk.shop.shop.id, desk.shop.order(NUMBER).ref).returns


def the_one(desk: ClaimDesk) -> BookedReturn:
    (kept,) = books(desk)
    return kept


def row(desk: ClaimDesk, claim: Claim) -> KeptReturn:
    with desk.shop.units.read(MERCHANT) as unit:
        return unit.kept_returns.get(claim.id) or pytest.fail("nobody has looked")


def approve(desk: ClaimDesk, claim: Claim) -> Claim:
    line = claim.line(1)
    plan = usual_plan(Remedy.REFUND, line.judged)
    changed = desk.act(claim, lambda known: deciding.approve(known, 1, line.quantity, plan, AGENT))
    desk.work()
    return changed


def receive(desk: ClaimDesk, claim: Claim) -> None:
    desk.act(claim, lambda known: returning.receive(known, 1, 1, AGENT))
    desk.work()


def dispose(desk: ClaimDesk, claim: Claim, to: Disposition) -> Claim:
    desk.act(claim, lambda known: disposing.dispose(known, 1, to, AGENT, is_final=True))
    desk.work()
    return desk.now(claim)


def test_a_claim_that_waits_for_a_decision_is_a_request_there(desk: ClaimDesk, claim: Claim) -> None:
    kept = the_one(desk)
    assert (kept.status, kept.lines) == ("requested", ((claim.line(1).order_line, 1),))
    assert row(desk, claim).returns == (kept.id,)


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (REFUSAL, "other"),
        (replace(REFUSAL, code="window_over"), "return_period_ended"),
        (replace(REFUSAL, code="excluded"), "final_sale"),
    ],
)
def test_a_refusal_declines_it_and_says_why(desk: ClaimDesk, claim: Claim, refusal: Refused, reason: str) -> None:
    desk.act(claim, lambda known: deciding.reject(known, 1, 1, refusal, "Not ours.", AGENT))
    desk.work()
    assert (the_one(desk).status, the_one(desk).declined) == ("declined", reason)


def test_calling_it_off_cancels_an_open_return(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    assert the_one(desk).status == "open"
    desk.act(claim, ending.cancel)
    desk.work()
    assert the_one(desk).status == "canceled"


def test_the_shoppers_number_and_a_corrected_one_stand_on_one_parcel(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    day = desk.shop.clock.now().date()
    for number in ("RR1", "RR2"):
        said = (day, number)
        desk.act(claim, lambda known: sending.tell_sending(known, [1], said, "DHL", day, has_proof=False))  # noqa: B023 - called at once
        desk.work()
    assert [each.number for each in the_one(desk).parcels] == ["RR2"]


def test_goods_are_said_to_be_received_once_it_is_final_what_becomes_of_them(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    receive(desk, claim)
    assert (the_one(desk).handled, the_one(desk).disposed) == ((), ())
    after = dispose(desk, claim, Disposition.RESTOCK)
    line = claim.line(1).order_line
    assert (the_one(desk).handled, the_one(desk).disposed) == (((line, 1),), ((line, "restocked", 1),))
    assert after.line(1).restock == "restocked"
    assert not desk.shop.books.read(desk.shop.shop.id, desk.shop.order(NUMBER).ref).deeds, "not restocked besides"


@pytest.mark.parametrize("to", [Disposition.DESTROY, Disposition.REFURBISH, Disposition.TO_SHOPPER])
def test_whatever_is_not_sold_again_is_not_restocked(desk: ClaimDesk, claim: Claim, to: Disposition) -> None:
    approve(desk, claim)
    receive(desk, claim)
    dispose(desk, claim, to)
    assert [outcome for _, outcome, _ in the_one(desk).disposed] == ["not_restocked"]


def test_an_empty_parcel_is_missing_goods(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    receive(desk, claim)
    desk.act(claim, lambda known: returning.inspect(known, 1, InspectionState.EMPTY, AGENT))
    desk.work()
    assert [outcome for _, outcome, _ in the_one(desk).disposed] == ["missing"]


def test_it_is_closed_once_money_and_goods_are_dealt_with(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    receive(desk, claim)
    dispose(desk, claim, Disposition.DONATE)
    assert desk.now(claim).line(1).is_final, "the money went back when the goods came"
    assert the_one(desk).status == "closed"


def test_a_refused_line_leaves_the_return_and_the_other_goes_on(desk: ClaimDesk) -> None:
    first, second = (line.id for line in desk.shop.order(NUMBER).lines)
    claim = desk.open(NUMBER, asked(first, 1, FAULTY), asked(second, 1, FAULTY))
    desk.work()
    assert the_one(desk).lines == ((first, 1), (second, 1))
    approve(desk, claim)
    assert (the_one(desk).status, len(the_one(desk).lines)) == ("open", 2), "nobody has decided about the other"
    desk.act(claim, lambda known: deciding.reject(known, 2, 1, REFUSAL, "It was worn.", AGENT))
    desk.work()
    assert (the_one(desk).status, the_one(desk).lines) == ("open", ((first, 1),))


def test_two_claims_have_a_return_each_and_neither_joins_the_others(desk: ClaimDesk, claim: Claim) -> None:
    other = desk.open(NUMBER, asked(desk.shop.order(NUMBER).lines[1].id, 1, FAULTY), draft="draft2")
    desk.work()
    assert [each.lines[0][0] for each in books(desk)] == [line.id for line in desk.shop.order(NUMBER).lines]
    assert row(desk, other).returns != row(desk, claim).returns


def test_what_was_closed_too_early_is_opened_again_for_what_came(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    order, kept = desk.shop.order(NUMBER), the_one(desk)
    desk.shop.actions.close_return(order, kept.id, idempotency_key="staff")
    receive(desk, claim)
    assert the_one(desk).status == "closed", "nobody has said yet what becomes of it"
    dispose(desk, claim, Disposition.RECYCLE)
    assert [outcome for _, outcome, _ in the_one(desk).disposed] == ["not_restocked"]
    assert (the_one(desk).status, the_one(desk).handled) == ("closed", the_one(desk).lines)


def test_a_return_that_was_made_elsewhere_is_joined_and_not_doubled(desk: ClaimDesk) -> None:
    line = desk.shop.order(NUMBER).lines[0].id
    theirs = BookedReturn("77", "", "requested", ((line, 1),))
    with desk.shop.books.held(desk.shop.shop.id, desk.shop.order(NUMBER).ref) as page:
        page.write(msgspec.structs.replace(page.book, returns=(theirs,)))
    claim = desk.open(NUMBER, asked(line, 1, FAULTY))
    desk.work()
    approve(desk, claim)
    assert (the_one(desk).id, the_one(desk).status, row(desk, claim).returns) == ("77", "open", ("77",))


def test_a_lost_answer_and_a_refusal_leave_one_return_and_a_word_why(desk: ClaimDesk, claim: Claim) -> None:
    troubles = desk.shop.books.troubles(desk.shop.shop.id)
    desk.shop.books.trouble(desk.shop.shop.id, msgspec.structs.replace(troubles, lost_answers=1))
    approve(desk, claim)
    assert row(desk, claim).due_at, "nobody heard: it is tried again"
    desk.shop.clock.advance(timedelta(minutes=2))
    assert queue_due_returns(merchant=MERCHANT, units=desk.shop.units, now=desk.shop.clock.now()) == 1
    desk.work()
    assert (the_one(desk).status, row(desk, claim).due_at) == ("open", None)
    refusing = msgspec.structs.replace(troubles, refusal=Refusal.WRONG_STATE)
    desk.shop.books.trouble(desk.shop.shop.id, refusing)
    desk.act(claim, ending.cancel)
    desk.work()
    assert (row(desk, claim).code, the_one(desk).status) == (Refusal.WRONG_STATE, "open")


def test_a_lost_job_is_found_by_the_clock(desk: ClaimDesk) -> None:
    line = desk.shop.order(NUMBER).lines[0]
    desk.open(NUMBER, asked(line.id, 1, FAULTY))
    desk.forget(KeepReturn)
    later = desk.shop.clock.now() + timedelta(minutes=16)
    assert queue_due_returns(merchant=MERCHANT, units=desk.shop.units, now=later) == 1
    desk.work()
    assert the_one(desk).status == "requested"
    assert queue_due_returns(merchant=MERCHANT, units=desk.shop.units, now=later) == 0


def test_what_nobody_waits_for_is_no_return(desk: ClaimDesk) -> None:
    line = desk.shop.order(NUMBER).lines[0]
    desk.open(NUMBER, asked(line.id, 1, "logistics.lost"))
    desk.work()
    assert books(desk) == ()
