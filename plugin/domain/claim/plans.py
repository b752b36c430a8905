"""The usual plan for a remedy: whether goods come back and when the money leaves. An agent may agree on another."""

from dataclasses import replace

from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.machines.goods import PROOF_OF_DISPATCH, InspectionState, ReturnState
from plugin.domain.claim.vocabulary import Judged, Payment, RemedyPlan
from plugin.domain.money import Money
from plugin.domain.policy.terms import RefundStart
from plugin.domain.refund.intent import STOPPED
from plugin.domain.remedy import Remedy

_STARTS = {
    RefundStart.REQUEST: Payment.AT_ONCE,
    RefundStart.SENT: Payment.ON_DISPATCH,
    RefundStart.RECEIPT: Payment.ON_RECEIPT,
}


def usual_plan(remedy: Remedy, judged: Judged, *, goods_exist: bool = True) -> RemedyPlan:
    """The plan nobody had to think about.

    `goods_exist`: False for what was lost, never sent or is unsafe to send, so that nothing is waited for. Where the
    law gives the refund, it waits for the proof of sending at most (Directive 2011/83/EU art. 13(3), Directive (EU)
    2019/771 art. 16(3)(b)) and loses no fee; elsewhere the shop's promise says when.
    """
    needs_goods = goods_exist and remedy.traits.brings_back
    plan = RemedyPlan(remedy, needs_goods=needs_goods, payment=Payment.NONE, means=judged.means)
    if not remedy.traits.pays or remedy is Remedy.PRICE_REDUCTION:
        return plan  # what a reduction comes to has to be named first: `kept_item`
    if not needs_goods:
        return replace(plan, payment=Payment.AT_ONCE, fee=None if judged.is_statutory else judged.fee)
    if judged.is_statutory:
        return replace(plan, payment=Payment.ON_DISPATCH)
    starts = judged.promise.start if judged.promise else RefundStart.RECEIPT
    return replace(plan, payment=_STARTS[starts], fee=judged.fee)


def kept_item(judged: Judged, amount: Money) -> RemedyPlan:
    """A part of the price back, and the shopper keeps the item."""
    return RemedyPlan(
        Remedy.PRICE_REDUCTION, needs_goods=False, payment=Payment.AT_ONCE, amount=amount, means=judged.means
    )


def is_money_due(line: ClaimLine) -> bool:
    """Whether nothing holds the money of this line any more: decided, agreed, and what the plan waits for is there."""
    plan, is_stopped = line.plan, line.remedy_detail == STOPPED
    if plan is None or not line.is_approved or line.remedy is not RemedyState.ACCEPTED or is_stopped:
        return False
    is_back = line.leg is ReturnState.RECEIVED
    return {
        Payment.NONE: False,
        Payment.AT_ONCE: True,
        Payment.ON_DISPATCH: is_back or line.leg in PROOF_OF_DISPATCH or not plan.needs_goods,
        Payment.ON_RECEIPT: is_back or not plan.needs_goods,
        Payment.AFTER_INSPECTION: line.inspection is not InspectionState.NOT_LOOKED_AT or not plan.needs_goods,
    }[plan.payment]


def is_goods_wait_over(line: ClaimLine) -> bool:
    """Whether what is sent instead (an exchange, a replacement) may leave: at once, or when the goods are back."""
    plan = line.plan
    if plan is None or not line.is_approved or plan.payment is not Payment.NONE:
        return False
    return plan.ships_first or not plan.needs_goods or line.leg is ReturnState.RECEIVED
