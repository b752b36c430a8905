"""Give something beyond right and promise, out of the agent's budget of the month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.refunding import grant_goodwill
from plugin.domain.claim.events import RefundPlanned
from plugin.domain.claim.record import Draft
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, LineId
from plugin.domain.money import Money
from plugin.domain.refund.request import Ground, LineRequest, RefundRequest
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.plan_refund import plan_refund

MONEY, GIFT = "money", "gift"
"""Paid back the way the order was paid, or something the agent sends themselves and describes."""


@dataclass(frozen=True, slots=True)
class Gift:
    """What is given. `line` is the order line whose price the money is taken back from; `detail` describes a gift."""

    kind: str
    amount: Money
    line: LineId | None = None
    detail: str | None = None


def give_goodwill(claim: ClaimId, gift: Gift, *, by: StaffMember, seen: int, desk: Desk, now: datetime) -> Claim:
    """The claim with it. What is given and what it uses up of the budget are saved together.

    Raises `RoleTooLow`, `OverBudget`, `Conflict` when the claim has moved on, and what `plan_refund` raises.
    """
    require_role(by, Role.AGENT)
    with desk.sitting(now) as here:
        budget, month = here.unit.claim_desk.settings(), now.date()
        given = here.unit.claim_desk.hold_goodwill(by.id, month, gift.amount.currency)
        left = budget.goodwill_of_month(gift.amount.currency) - given

        def command(known: Claim) -> Sequence[Draft]:
            if known.version != seen:
                raise Conflict({"what": "claim", "version": known.version})
            return grant_goodwill(gift.kind, gift.amount, agent(by), left=left, detail=gift.detail)

        changed = here.act(claim, command)
        here.unit.claim_desk.add_goodwill(by.id, month, gift.amount)
        if gift.kind == MONEY and gift.line is not None:
            changed = _pay(changed, gift.line, gift.amount, by, here)
        here.unit.commit()
    return changed


def _pay(claim: Claim, line: LineId, amount: Money, by: StaffMember, here: Sitting) -> Claim:
    request = RefundRequest(Ground.GOODWILL, (LineRequest(line, 0, amount),))
    intent = plan_refund(request, claim.order, purpose=claim.id, unit=here.unit, ids=here.desk.ids, now=here.now)
    planned = RefundPlanned(intent.id, (), intent.total.presentment)
    return here.act(claim.id, lambda _: (Draft(planned, agent(by)),))
