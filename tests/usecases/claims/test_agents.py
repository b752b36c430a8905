"""What agents may do to a claim is judged where it is done, whichever page they came from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.access import RoleTooLow
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import note
from plugin.domain.claim.errors import AnotherAgentNeeded
from plugin.domain.claim.goodwill import GIFT
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.decide import agent, approve_within, cost_with
from plugin.usecases.claim.give_goodwill import Gift, give_goodwill
from plugin.usecases.claim.stop_claim_refund import stop_claim_refund
from plugin.usecases.claim.work_as_agent import work_as_agent
from tests.build import NOW
from tests.support.claims import Shop, an_order_of, opened_line

ANNA = StaffMember(StaffId("anna"), "anna@shop.example", Role.AGENT, "en", NOW)
BEN = replace(ANNA, id=StaffId("ben"))
VERA = replace(ANNA, id=StaffId("vera"), role=Role.VIEWER)
MONA = replace(ANNA, id=StaffId("mona"), role=Role.MANAGER)


@pytest.fixture
def claim() -> Claim:
    order = an_order_of(2, 1)
    lines = [
        opened_line(order, 1, Ground.SHOP_RETURN, 2, Remedy.REFUND),
        opened_line(order, 2, Ground.SHOP_RETURN, 1, Remedy.REFUND, at=1),
    ]
    return Shop(order).open(*lines).claim


def above(minor: int) -> ClaimSettings:
    return ClaimSettings(second_above=(Money(minor, "EUR"),))


def test_parts_of_a_claim_are_weighed_together_so_that_splitting_hides_nothing(claim: Claim) -> None:
    first = claim.line(1)
    plan = usual_plan(Remedy.REFUND, first.judged)
    one, whole = cost_with(claim, first, 1, plan), cost_with(claim, first, 2, plan)
    assert one + one == whole == first.judged.price
    approved = claim.with_line(replace(first, decision=DecisionState.APPROVED, plan=plan))
    second = claim.line(2)
    assert cost_with(approved, second, 1, usual_plan(Remedy.REFUND, second.judged)) == whole + second.judged.price


def test_only_another_person_and_at_least_a_manager_agrees_to_a_proposal(claim: Claim) -> None:
    plan = usual_plan(Remedy.REFUND, claim.line(1).judged)
    (proposal,) = approve_within(1, 2, plan, MONA, above(100))(claim)
    proposed = claim.with_line(replace(claim.line(1), proposed=proposal.event))  # type: ignore[arg-type]  # a proposal
    with pytest.raises(RoleTooLow):
        approve_within(1, 2, plan, BEN, above(100))(proposed)
    with pytest.raises(AnotherAgentNeeded):
        approve_within(1, 2, plan, MONA, above(100))(proposed)
    other = replace(MONA, id=StaffId("max"))
    assert len(approve_within(1, 2, plan, other, above(100))(proposed)) > 1


def test_below_the_limit_one_agent_decides(claim: Claim) -> None:
    plan = usual_plan(Remedy.REFUND, claim.line(1).judged)
    drafts = approve_within(1, 2, plan, ANNA, above(10**6))(claim)
    assert drafts[0].actor == agent(ANNA)
    assert len(drafts) > 1


def test_whoever_only_looks_changes_nothing() -> None:
    desk = None  # never reached
    with pytest.raises(RoleTooLow):
        work_as_agent("claim1", lambda _: note("x", agent(VERA)), by=VERA, desk=desk, now=NOW)  # type: ignore[arg-type]  # never reached
    with pytest.raises(RoleTooLow):
        stop_claim_refund("claim1", "refund1", by=VERA, desk=desk, now=NOW)  # type: ignore[arg-type]  # likewise
    with pytest.raises(RoleTooLow):
        give_goodwill("claim1", Gift(GIFT, Money(1, "EUR")), by=VERA, seen=1, desk=desk, now=NOW)  # type: ignore[arg-type]  # likewise
