"""An exchange: what the shopper chose, the difference they were told, and what of it is theirs to get back."""

from dataclasses import replace

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.vocabulary import RemedyPlan
from plugin.domain.money import Money
from plugin.domain.refund.intent import STOPPED
from plugin.domain.remedy import Remedy

_AHEAD = frozenset({RemedyState.OFFERED, RemedyState.ACCEPTED, RemedyState.EXECUTING, RemedyState.FAILED})


def difference(price: Money | None, quantity: int, credit: Money) -> Money | None:
    """What so many units at this price cost beyond what the old ones count for; below zero: less. None: unknown."""
    if price is None or price.currency != credit.currency:
        return None
    return Money(price.minor * quantity, price.currency) - credit


def difference_told(line: ClaimLine) -> Money | None:
    """The difference by the price in the plan that the shopper was told; None where nobody told them one."""
    return difference(line.plan.price if line.plan else None, line.quantity, line.judged.price)


def difference_wanted(line: ClaimLine) -> Money | None:
    """What the shopper was told when they chose."""
    return difference(line.choice.price if line.choice else None, line.quantity, line.judged.price)


def with_choice(plan: RemedyPlan, line: ClaimLine) -> RemedyPlan:
    """The plan for an exchange with the variant the shopper chose, unless it names another one.

    The price they were told goes with it, so that the platform makes nothing at another price. Once the platform has
    refused, somebody has spoken with them: no price holds any more, and the platform's is taken.
    """
    choice = line.choice
    if plan.remedy is not Remedy.EXCHANGE or choice is None or plan.variant not in {None, choice.variant}:
        return plan
    price = None if line.remedy is RemedyState.FAILED else choice.price
    return replace(plan, variant=choice.variant, price=price)


def awaits_exchange(line: ClaimLine) -> bool:
    """Whether the line's plan is an exchange that is not made: its goods are to come back in no other way till then."""
    return line.plan is not None and line.plan.remedy is Remedy.EXCHANGE and line.remedy in _AHEAD


def owed_back(claim: Claim, no: int) -> Money | None:
    """What an exchange that was made costs less, while no refund of the line was granted for it; None: nothing."""
    line = claim.line(no)
    is_made = line.remedy is RemedyState.SUCCEEDED and line.plan is not None and line.plan.remedy is Remedy.EXCHANGE
    if not is_made or line.difference is None or line.difference.minor >= 0:
        return None
    is_granted = any(no in row.lines and row.detail != STOPPED for row in claim.refunds)
    return None if is_granted else -line.difference
