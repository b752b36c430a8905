"""Give something beyond right and promise, out of the agent's budget of the month, and take it back in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.giving import grant_goodwill, take_goodwill_back
from plugin.domain.claim.commands.refunding import follow
from plugin.domain.claim.errors import TooLateToUndo
from plugin.domain.claim.events import RefundPlanned
from plugin.domain.claim.goodwill import MONEY, Goodwill
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.claim.record import Draft
from plugin.domain.ids import ClaimId, LineId, RefundId, StaffId
from plugin.domain.money import Money
from plugin.domain.refund.intent import NotInThatState, RefundIntent
from plugin.domain.refund.request import Ground, LineRequest, NotRefundable, RefundRequest
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.claim.send_voucher import queue_voucher
from plugin.usecases.claim.tell import tell
from plugin.usecases.plan_refund import plan_refund
from plugin.usecases.retry_refunds import stop_refund


@dataclass(frozen=True, slots=True)
class Gift:
    """What is given. `line` is the order line whose price the money is taken back from.

    `detail` describes a gift, or is the code of a voucher; one without is made by the platform.
    """

    kind: str
    amount: Money
    line: LineId | None = None
    detail: str | None = None


def give_goodwill(claim: ClaimId, gift: Gift, *, by: StaffMember, seen: int, desk: Desk, now: datetime) -> Claim:
    """The claim with it. What is given, what it uses up of the budget and the letter about it are saved together.

    Money is given whole or not at all. Raises `RoleTooLow`, `OverBudget`, `Conflict` when the claim has moved on, and
    what `plan_refund` raises, `NotRefundable` too where the order has less than the amount left to pay back.
    """
    require_role(by, Role.AGENT)
    with desk.sitting(now) as here:
        budget, month = here.unit.claim_desk.settings(), now.date()
        given = here.unit.claim_desk.hold_goodwill(by.id, month, gift.amount.currency)
        left = budget.goodwill_of_month(gift.amount.currency) - given
        money = _plan(claim, gift, here) if gift.amount <= left else None
        refund = money.id if money else None

        def command(_: Claim) -> Sequence[Draft]:
            granted = grant_goodwill(gift.kind, gift.amount, agent(by), left=left, detail=gift.detail, refund=refund)
            paid = (Draft(RefundPlanned(money.id, (), money.total.presentment), agent(by)),) if money else ()
            return (*granted, *paid)

        before = read_claim(claim, here.unit)
        changed = here.act_seen(claim, command, seen)
        here.unit.claim_desk.add_goodwill(by.id, month, gift.amount)
        if changed.goodwill[-1].state is GoodwillState.SENDING:
            queue_voucher(changed, changed.goodwill[-1].no, here)
        changed = tell(before, changed, here)
        here.unit.commit()
    return changed


def take_back_goodwill(
    claim: ClaimId, no: int, *, by: StaffMember, desk: Desk, now: datetime, seen: int | None = None
) -> Claim:
    """The claim without it, and its amount in the budget it came out of; money is stopped before anything left.

    Raises `RoleTooLow`, `NotFound`, `TooLateToUndo`, `Conflict` when the claim has moved on.
    """
    require_role(by, Role.AGENT)
    with desk.sitting(now) as here:
        given = read_claim(claim, here.unit).goodwill_of(no)
        changed = here.act_seen(claim, lambda known: take_goodwill_back(known, no, agent(by)), seen)
        if given.refund is not None:
            changed = _stop(changed, given.refund, here)
        _give_back(given, here)
        here.unit.commit()
    return changed


def _plan(claim: ClaimId, gift: Gift, here: Sitting) -> RefundIntent | None:
    if gift.kind != MONEY or gift.line is None:
        return None
    order = read_claim(claim, here.unit).order
    request = RefundRequest(Ground.GOODWILL, (LineRequest(gift.line, 0, gift.amount),))
    intent = plan_refund(request, order, purpose=claim, unit=here.unit, ids=here.desk.ids, now=here.now)
    if (left := intent.total.presentment) < gift.amount:
        raise NotRefundable({"field": "amount", "reason": "more_than_left", "line": gift.line, "left": left.minor})
    return intent


def _stop(claim: Claim, refund: RefundId, here: Sitting) -> Claim:
    try:
        stopped = stop_refund(refund, unit=here.unit, now=here.now)
    except NotInThatState as error:
        raise TooLateToUndo({"refund": refund}) from error
    return here.act(claim.id, lambda known: follow(known, refund, stopped.state, stopped.code))


def _give_back(given: Goodwill, here: Sitting) -> None:
    """To the budget of whoever gave it, of the month in which they did."""
    if given.by is not None:
        back = Money.zero(given.amount.currency) - given.amount
        here.unit.claim_desk.add_goodwill(StaffId(given.by), given.at.date(), back)
