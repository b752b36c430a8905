"""What of a claim belongs into a platform's return: units whose remedy becomes another one leave it, fees are said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import deciding, remedying, returning
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.plans import kept_item, usual_plan
from plugin.domain.claim.vocabulary import RemedyPlan
from plugin.domain.claim.wanted_return import Phase, WantedLine, wanted_return
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from tests.support.claims import AGENT, Case, Shop, an_order_of, opened_line

FEE = Money(100, "EUR")
VARIANT = "61"


def asked_for(remedy: Remedy) -> Case:
    order = an_order_of(2)
    line = opened_line(order, 1, Ground.SHOP_RETURN, 2, remedy)
    return Shop(order).open(replace(line, judged=replace(line.judged, remedies=tuple(Remedy))))


def plan(case: Case, remedy: Remedy) -> RemedyPlan:
    if remedy is Remedy.PRICE_REDUCTION:
        return kept_item(case.claim.line(1).judged, Money(500, "EUR"))
    found = usual_plan(remedy, case.claim.line(1).judged)
    return replace(found, variant=VARIANT) if remedy is Remedy.EXCHANGE else found


def the_line(claim: Claim) -> WantedLine | None:
    found = wanted_return(claim).lines
    assert len(found) <= 1
    return found[0] if found else None


def phase(case: Case) -> Phase | None:
    found = the_line(case.claim)
    return found.phase if found else None


@pytest.mark.parametrize(
    ("remedy", "fee"),
    [(Remedy.REFUND, FEE), (Remedy.STORE_CREDIT, FEE), (Remedy.REPLACEMENT, None)],
)
def test_a_request_carries_a_fee_only_where_the_remedy_that_is_asked_for_costs_one(
    remedy: Remedy, fee: Money | None
) -> None:
    line = the_line(asked_for(remedy).claim)
    assert line is not None
    assert (line.phase, line.fee) == (Phase.ASKED, fee)


@pytest.mark.parametrize("other", [Remedy.EXCHANGE, Remedy.REPAIR, Remedy.PRICE_REDUCTION])
def test_units_leave_their_return_once_a_remedy_is_agreed_on_that_no_return_is_for(other: Remedy) -> None:
    case = asked_for(Remedy.REFUND)
    case.act(lambda claim: deciding.approve(claim, 1, 2, plan(case, Remedy.REFUND), AGENT))
    assert phase(case) is Phase.COMING
    case.act(lambda claim: remedying.offer(claim, 1, plan(case, other), AGENT))
    assert phase(case) is Phase.COMING, "nobody has taken the offer"
    case.act(lambda claim: remedying.choose(claim, 1, plan(case, other)))
    assert phase(case) is Phase.GONE


@pytest.mark.parametrize("other", [Remedy.EXCHANGE, Remedy.PRICE_REDUCTION, Remedy.REFUND])
def test_an_offer_leaves_a_request_as_it_is(other: Remedy) -> None:
    case = asked_for(Remedy.STORE_CREDIT)
    case.act(lambda claim: deciding.approve(claim, 1, 2, plan(case, other), AGENT))
    assert phase(case) is None


def test_units_of_an_exchange_are_free_until_it_is_made_and_then_in_its_own_return() -> None:
    case = asked_for(Remedy.REFUND)
    case.act(lambda claim: deciding.approve(claim, 1, 2, plan(case, Remedy.REFUND), AGENT))
    case.act(lambda claim: remedying.offer(claim, 1, plan(case, Remedy.EXCHANGE), AGENT))
    case.act(lambda claim: returning.receive(claim, 1, 2, AGENT))
    assert phase(case) is Phase.HERE
    case.act(lambda claim: remedying.choose(claim, 1, plan(case, Remedy.EXCHANGE)))
    for step in (remedying.carry_out, lambda claim, no, by: remedying.fail(claim, no, "refused", by)):
        case.act(lambda claim: step(claim, 1, AGENT))  # noqa: B023 - called at once
        assert phase(case) is Phase.GONE
    case.act(lambda claim: remedying.succeed(claim, 1, AGENT))
    made = the_line(case.claim)
    assert made is not None
    assert (made.phase, made.is_exchange, case.claim.line(1).remedy) == (Phase.HERE, True, RemedyState.SUCCEEDED)


def test_an_exchange_from_the_start_is_in_no_return_before_it_is_made() -> None:
    case = asked_for(Remedy.EXCHANGE)
    assert phase(case) is None
    case.act(lambda claim: deciding.approve(claim, 1, 2, plan(case, Remedy.EXCHANGE), AGENT))
    assert phase(case) is None
