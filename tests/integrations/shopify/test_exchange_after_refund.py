"""Goods whose refund was asked for, which are exchanged after all: Shopify lets units be in one return alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import deciding, disposing, remedying, returning
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.machines.goods import Disposition
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.vocabulary import RemedyPlan
from plugin.domain.effects import KeepReturn
from plugin.domain.ids import OrderId
from plugin.domain.order import Platform
from plugin.domain.remedy import Remedy
from plugin.ports.errors import Unavailable
from plugin.ports.platform_actions import Refusal
from plugin.usecases.claim.carry_out_remedy import carry_out_remedy
from plugin.usecases.claim.keep_return import KeepingMeans
from tests.build import MERCHANT, a_stored_order
from tests.integrations.shopify.making import OTHER, MakingRig, making
from tests.integrations.shopify.test_actions import PAID
from tests.integrations.shopify.test_claim_returns import LiveShop
from tests.support.claim_cases import POLICY
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.support.demo_platform import BASE_URL, open_demo_shop


@pytest.fixture
def rig() -> Iterator[MakingRig]:
    with making() as rig:
        yield rig


@pytest.fixture
def desk(rig: MakingRig, tmp_path: Path) -> ClaimDesk:
    demo = open_demo_shop(tmp_path, Platform.SHOPIFY)
    desk = ClaimDesk(LiveShop(demo.shop, demo.units, demo.clock, demo.ids, demo.books, rig))
    with demo.units(MERCHANT) as unit:
        unit.policies.add(POLICY)
        stored = a_stored_order(rig.paid, order_id=OrderId(f"order-{PAID}"), policy_version=POLICY.id)
        unit.orders.save([replace(stored, shop=demo.shop.id)])
        unit.commit()
    desk.deliver(PAID)
    return desk


@pytest.fixture
def claim(desk: ClaimDesk, rig: MakingRig) -> Claim:
    """A refund of the whole line was asked for, an exchange is offered, and the request waits at Shopify."""
    line = rig.paid.lines[0]
    claim = desk.open(PAID, asked(line.id, line.quantity, "quality.defective"))
    desk.work()
    assert statuses(rig) == ["REQUESTED"]
    offered = desk.act(claim, lambda known: deciding.approve(known, 1, line.quantity, exchange(known), AGENT))
    desk.work()
    assert statuses(rig) == ["REQUESTED"], "nobody has taken the offer"
    return offered


def exchange(claim: Claim) -> RemedyPlan:
    return replace(usual_plan(Remedy.EXCHANGE, claim.line(1).judged), variant=OTHER.rpartition("/")[2])


def take(desk: ClaimDesk, claim: Claim) -> Claim:
    return desk.act(claim, lambda known: remedying.choose(known, 1, exchange(known), AGENT))


def receive(desk: ClaimDesk, claim: Claim) -> Claim:
    return desk.act(claim, lambda known: returning.receive(known, 1, known.line(1).quantity, AGENT))


def fit_for_sale(desk: ClaimDesk, claim: Claim) -> None:
    desk.act(claim, lambda known: disposing.dispose(known, 1, Disposition.RESTOCK, AGENT, is_final=True))


def carry_out(desk: ClaimDesk, claim: Claim) -> str:
    now, means = desk.shop.clock.now(), KeepingMeans(desk.shop.actions_of, BASE_URL)
    return carry_out_remedy(claim.id, 1, desk=desk.desk, means=means, now=now)


def statuses(rig: MakingRig) -> list[str]:
    return [each["status"] for each in rig.record["returns"]]


def test_the_request_gives_its_units_up_once_the_exchange_is_taken(
    desk: ClaimDesk, rig: MakingRig, claim: Claim
) -> None:
    take(desk, claim)
    desk.work()
    assert statuses(rig) == ["DECLINED"]
    receive(desk, claim)
    desk.work()
    assert desk.now(claim).line(1).remedy is RemedyState.SUCCEEDED
    assert statuses(rig) == ["DECLINED", "OPEN"]


def test_an_exchange_frees_its_units_itself_whatever_became_of_the_jobs_before(
    desk: ClaimDesk, rig: MakingRig, claim: Claim
) -> None:
    take(desk, claim)
    receive(desk, claim)
    desk.forget(KeepReturn)
    assert carry_out(desk, claim) == RemedyState.SUCCEEDED
    assert statuses(rig) == ["DECLINED", "OPEN"]


def test_nothing_is_made_while_nobody_knows_whether_the_units_are_free(
    desk: ClaimDesk, rig: MakingRig, claim: Claim
) -> None:
    take(desk, claim)
    receive(desk, claim)
    desk.forget(KeepReturn)
    rig.lose_answers(1)
    for _ in range(2):
        with pytest.raises(Unavailable):
            carry_out(desk, claim)
    assert desk.now(claim).line(1).remedy is RemedyState.EXECUTING
    desk.shop.clock.advance(timedelta(minutes=1))
    assert carry_out(desk, claim) == RemedyState.SUCCEEDED
    assert statuses(rig) == ["DECLINED", "OPEN"]


def test_goods_to_be_exchanged_are_put_on_sale_with_their_exchange_and_not_before(
    desk: ClaimDesk, rig: MakingRig, claim: Claim
) -> None:
    take(desk, claim)
    rig.shop.made.exchanges.variants[OTHER]["inventoryQuantity"] = 0
    receive(desk, claim)
    fit_for_sale(desk, claim)
    desk.work()
    line = desk.now(claim).line(1)
    assert (line.remedy, line.remedy_detail, line.restock) == (RemedyState.FAILED, Refusal.MORE_THAN_LEFT, None)
    assert statuses(rig) == ["DECLINED"], "no return of its own"
    rig.shop.made.exchanges.variants[OTHER]["inventoryQuantity"] = 9
    desk.done.clear()  # each attempt has a job of its own
    take(desk, claim)
    desk.work()
    line = desk.now(claim).line(1)
    assert (line.remedy, line.restock) == (RemedyState.SUCCEEDED, "restocked")
    assert statuses(rig)[0] == "DECLINED"
    assert len(statuses(rig)) == 2


def test_goods_whose_exchange_came_to_nothing_are_put_on_sale_with_the_return_of_what_is_made_instead(
    desk: ClaimDesk, rig: MakingRig, claim: Claim
) -> None:
    take(desk, claim)
    rig.shop.made.exchanges.variants[OTHER]["inventoryQuantity"] = 0
    receive(desk, claim)
    fit_for_sale(desk, claim)
    desk.work()
    again = usual_plan(Remedy.REPLACEMENT, claim.line(1).judged)
    desk.act(claim, lambda known: remedying.choose(known, 1, again, AGENT))
    desk.work()
    assert desk.now(claim).line(1).restock == "restocked"
    assert len(statuses(rig)) == 2
