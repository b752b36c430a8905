"""What each remedy would come to for units of a line, before anybody asks: by the very steps that pay it later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.money import is_paid_back, payment_groups, refund_request
from plugin.domain.claim.plans import kept_item, usual_plan
from plugin.domain.claim.vocabulary import Judged, RemedyPlan
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.policy.decision import Decision
from plugin.domain.policy.terms import BASIS_POINTS, Fault, Offer, RefundMeans
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.request import Ground, NothingToRefund, NotRefundable
from plugin.domain.remedy import Remedy


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a claim as it would be: `judged` and `decision` are of these units for this reason."""

    line: LineId
    quantity: int
    reason: str
    fault: Fault
    judged: Judged
    decision: Decision
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class Worth:
    """What comes of it in the presentment currency; None for what there is none of.

    `refund` is what goes back in money, `delivery` the part of it that is for delivery, `fee` what was kept back.
    `credit` is given instead of money, `bonus` the part of it that is on top. `exchange` is what the goods count for.
    """

    refund: Money | None = None
    delivery: Money | None = None
    fee: Money | None = None
    credit: Money | None = None
    bonus: Money | None = None
    exchange: Money | None = None


def plan_of(asked: Asked) -> RemedyPlan:
    """The plan nobody had to think about, with what the offer says of bonus and share."""
    offer = next((each for each in asked.decision.offers if each.remedy is asked.remedy), Offer(asked.remedy))
    if asked.remedy is Remedy.PRICE_REDUCTION and offer.share:
        return kept_item(asked.judged, _share(asked.judged.price, offer.share))
    plan = usual_plan(asked.remedy, asked.judged)
    return replace(plan, bonus=_share(asked.judged.price, offer.bonus)) if offer.bonus else plan


def worth_of(asked: Sequence[Asked], order: Order, intents: Iterable[RefundIntent]) -> Worth:
    """What these lines come to together."""
    lines = [_line(no, each) for no, each in enumerate(asked, 1)]
    paid = [line for line in lines if is_paid_back(line) and not _is_open(line)]
    known = tuple(intents)
    parts = [part for ground, group in payment_groups(paid) if (part := _refunded(ground, group, order, known))]
    credited = [line for line in lines if _is_credited(line)]
    return Worth(
        refund=_sum(part.refund for part in parts),
        delivery=_sum(part.delivery for part in parts),
        fee=_sum(part.fee for part in (*parts, *(_credit(line) for line in credited))),
        credit=_sum(_credit(line).credit for line in credited),
        bonus=_sum(_credit(line).bonus for line in credited),
        exchange=_sum(line.judged.price for line in lines if line.wanted is Remedy.EXCHANGE),
    )


def _line(no: int, asked: Asked) -> ClaimLine:
    made = ClaimLine(no, asked.line, asked.quantity, asked.reason, asked.fault, asked.judged, asked.remedy)
    return replace(made, decision=DecisionState.APPROVED, plan=plan_of(asked))


def _is_open(line: ClaimLine) -> bool:
    """A part of the price that nobody has named yet."""
    return line.wanted is Remedy.PRICE_REDUCTION and (line.plan is None or line.plan.amount is None)


def _refunded(
    ground: Ground, lines: Sequence[ClaimLine], order: Order, intents: Sequence[RefundIntent]
) -> Worth | None:
    try:
        found = quote(refund_request(lines, ground), order, intents)
    except (NothingToRefund, NotRefundable):
        return None
    delivery = sum(
        (part.shipping.presentment + part.shipping_tax.presentment for part in found.allocations),
        start=Money.zero(found.total.presentment.currency),
    )
    return Worth(refund=found.total.presentment, delivery=_some(delivery), fee=_some(found.deducted.presentment))


def _is_credited(line: ClaimLine) -> bool:
    plan = line.plan
    if plan is None or not line.wanted.traits.pays:
        return False
    return line.wanted is Remedy.STORE_CREDIT or plan.means is not RefundMeans.ORIGINAL


def _credit(line: ClaimLine) -> Worth:
    plan = line.plan
    price, nothing = line.judged.price, Money.zero(line.judged.price.currency)
    if plan is None:
        return Worth()
    fee, bonus = plan.fee or nothing, plan.bonus or nothing
    return Worth(credit=(plan.amount or price) - fee + bonus, bonus=_some(bonus), fee=_some(fee))


def _share(price: Money, rate: int) -> Money:
    """A rate of a price, rounded down to the minor unit as the rules do that approve it."""
    return Money(price.minor * rate // BASIS_POINTS, price.currency)


def _some(amount: Money) -> Money | None:
    return amount if amount.minor else None


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], start=known[0]) if known else None
