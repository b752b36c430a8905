"""Goods a hub took: in its open batch from that moment, and wherever the batch is from then on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plugin.domain.access import RoleTooLow
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import returning, withdrawing
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.effects import FollowBatch
from plugin.domain.ids import StaffId
from plugin.domain.order import Platform
from plugin.domain.refund.intent import RefundState
from plugin.domain.returning.batch import BatchedParcel, BatchState, HubBatch, parcel_key
from plugin.domain.returning.errors import BatchNotInThatState, UnknownReturnPlace
from plugin.domain.returning.label import LabelledLine, LabelSource, LabelState
from plugin.domain.shop import Role, StaffMember
from plugin.jobs import codec
from plugin.usecases.claim.follow_batch import follow_batch
from plugin.usecases.claim.work_as_agent import work_as_agent
from plugin.usecases.close_batches import close_batch, dispatch_batch, receive_batch
from tests.build import MERCHANT, NOW, a_policy
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.support.demo_platform import open_demo_shop
from tests.support.refunding import PAID, booked
from tests.support.returning import HOME, HUB, a_label, a_parcel

LANTERN = "9002"
TRACKING = "JJD0001"
ANNA = StaffMember(StaffId("anna"), "anna@shop.example", Role.AGENT, "en", NOW)


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, PAID))
    desk.deliver(PAID)
    with desk.shop.units(MERCHANT) as unit:
        unit.policies.add(a_policy(return_addresses=(HOME, HUB)))
        unit.commit()
    return desk


@pytest.fixture
def claim(desk: ClaimDesk) -> Claim:
    claim = desk.open(PAID, asked(LANTERN, 2), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    return desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))


def take(desk: ClaimDesk, claim: Claim, hub: str = HUB.id, role: Role = Role.AGENT) -> Claim:
    return work_as_agent(
        claim.id,
        lambda known: returning.move_return(known, 1, ReturnState.AT_HUB, AGENT, hub),
        by=replace(ANNA, role=role),
        desk=desk.desk,
        now=desk.shop.clock.now(),
    )


def batches(desk: ClaimDesk) -> list[HubBatch]:
    with desk.shop.units.read(MERCHANT) as unit:
        return list(unit.hub_batches.latest(10))


def close(desk: ClaimDesk) -> HubBatch:
    return close_batch(batches(desk)[0].id, merchant=MERCHANT, units=desk.shop.units, now=desk.shop.clock.now())


def dispatch(desk: ClaimDesk, tracking: str | None = TRACKING) -> HubBatch:
    units, now = desk.shop.units, desk.shop.clock.now()
    return dispatch_batch(close(desk).id, tracking, merchant=MERCHANT, units=units, now=now)


def arrive(desk: ClaimDesk) -> HubBatch:
    return receive_batch(batches(desk)[0].id, merchant=MERCHANT, units=desk.shop.units, now=desk.shop.clock.now())


def test_what_a_hub_took_is_in_its_open_batch_and_the_money_of_a_withdrawal_leaves(
    desk: ClaimDesk, claim: Claim
) -> None:
    taken = take(desk, claim)
    assert (taken.line(1).leg, taken.withdrawal) == (ReturnState.AT_HUB, WithdrawalState.REFUND_DUE)
    assert [row.total.minor for row in taken.refunds] == [10470]
    (batch,) = batches(desk)
    goods = (LabelledLine(taken.line(1).order_line, 2),)
    key, now = parcel_key(claim.id, 1), desk.shop.clock.now()
    assert (batch.hub, batch.state) == (HUB, BatchState.OPEN)
    assert batch.parcels == (BatchedParcel(key, claim.id, claim.order, claim.number, now, goods),)


def test_what_a_hub_took_is_said_once_however_often_it_is_told(desk: ClaimDesk, claim: Claim) -> None:
    taken = take(desk, claim)
    assert take(desk, claim) == taken
    assert [len(batch.parcels) for batch in batches(desk)] == [1]


@pytest.mark.parametrize("hub", ["", "nowhere", HOME.id])
def test_goods_at_no_hub_of_the_policy_have_not_moved(desk: ClaimDesk, claim: Claim, hub: str) -> None:
    with pytest.raises(UnknownReturnPlace):
        take(desk, claim, hub)
    assert desk.now(claim) == claim
    assert batches(desk) == []


def test_whoever_only_looks_takes_nothing_in_at_a_hub(desk: ClaimDesk, claim: Claim) -> None:
    with pytest.raises(RoleTooLow):
        take(desk, claim, role=Role.VIEWER)
    assert batches(desk) == []


def test_goods_weigh_in_their_batch_what_their_label_says(desk: ClaimDesk, claim: Claim) -> None:
    goods = (LabelledLine(claim.line(1).order_line, 2),)
    facts = {"claim": claim.id, "order": claim.order, "lines": goods, "grams": 1_250}
    with desk.shop.units(MERCHANT) as unit:
        label = a_label("weighed", source=LabelSource.UPLOADED, state=LabelState.ISSUED, due_at=None, **facts)
        unit.labels.save([label])
        unit.commit()
    take(desk, claim)
    assert batches(desk)[0].grams == 1_250


def test_goods_are_on_their_way_when_their_batch_is_and_received_when_it_is(desk: ClaimDesk, claim: Claim) -> None:
    take(desk, claim)
    dispatch(desk)
    assert desk.now(claim).line(1).leg is ReturnState.AT_HUB, "told by the worker"
    desk.work()
    line = desk.now(claim).line(1)
    assert (line.leg, line.leg_detail) == (ReturnState.IN_TRANSIT, TRACKING)
    arrive(desk)
    desk.work()
    claim = desk.now(claim)
    assert (claim.line(1).leg, claim.line(1).received) == (ReturnState.RECEIVED, 2)
    assert [row.state for row in claim.refunds] == [RefundState.SETTLED]
    assert booked(desk.shop) == 1, "the money left once"


def test_a_claim_that_hears_late_is_where_its_batch_is_by_then(desk: ClaimDesk, claim: Claim) -> None:
    take(desk, claim)
    dispatch(desk)
    arrive(desk)
    desk.work()
    assert desk.now(claim).line(1).leg is ReturnState.RECEIVED


def test_news_of_a_batch_that_comes_twice_changes_nothing(desk: ClaimDesk, claim: Claim) -> None:
    take(desk, claim)
    for step in (dispatch, arrive):
        batch = step(desk)
        follow_batch(batch.id, desk=desk.desk, now=desk.shop.clock.now())
        told = desk.now(claim)
        assert follow_batch(batch.id, desk=desk.desk, now=desk.shop.clock.now()) == batch.state
        assert desk.now(claim) == told


@pytest.mark.parametrize("found", [ReturnState.LOST, ReturnState.RECEIVED])
def test_what_a_person_said_of_the_goods_stands_whatever_their_batch_does(
    desk: ClaimDesk, claim: Claim, found: ReturnState
) -> None:
    take(desk, claim)
    said = desk.act(claim, lambda known: returning.move_return(known, 1, found, AGENT))
    dispatch(desk)
    desk.work()
    arrive(desk)
    desk.work()
    assert desk.now(claim).line(1).leg is said.line(1).leg is found


def test_units_that_did_not_come_with_their_batch_stay_where_they_were(desk: ClaimDesk, claim: Claim) -> None:
    take(desk, claim)
    dispatch(desk)
    desk.work()
    parted = desk.act(claim, lambda known: returning.receive(known, 1, 1, AGENT))
    arrive(desk)
    desk.work()
    legs = {line.no: (line.leg, line.quantity) for line in desk.now(claim).lines}
    assert legs == {1: (ReturnState.RECEIVED, 1), 2: (ReturnState.IN_TRANSIT, 1)}, parted.lines


def test_a_parcel_of_a_claim_nobody_knows_keeps_the_others_from_nothing(desk: ClaimDesk, claim: Claim) -> None:
    take(desk, claim)
    with desk.shop.units(MERCHANT) as unit:
        (batch,) = unit.hub_batches.latest(1)
        unit.hub_batches.save(replace(batch, parcels=(a_parcel(order=claim.order), *batch.parcels)))
        unit.commit()
    dispatch(desk)
    desk.work()
    assert desk.now(claim).line(1).leg is ReturnState.IN_TRANSIT


def test_claims_are_told_of_no_step_that_was_not_taken(desk: ClaimDesk, claim: Claim) -> None:
    take(desk, claim)
    batch = close(desk)
    with pytest.raises(BatchNotInThatState):
        receive_batch(batch.id, merchant=MERCHANT, units=desk.shop.units, now=desk.shop.clock.now())
    assert FollowBatch(MERCHANT, batch.id) not in desk.shop.units.effects(MERCHANT)


def test_news_of_a_batch_travels_through_the_queue(desk: ClaimDesk, claim: Claim) -> None:
    take(desk, claim)
    effect = FollowBatch(MERCHANT, dispatch(desk).id)
    assert effect in desk.shop.units.effects(MERCHANT)
    assert codec.load("follow_batch", codec.dump(effect)) == effect
