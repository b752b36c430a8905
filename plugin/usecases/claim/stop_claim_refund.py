"""Take back money that a claim granted, before anything left; its lines wait for somebody to decide anew."""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.refunding import follow
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId, RefundId
from plugin.domain.refund.intent import STOPPED, NotInThatState
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.retry_refunds import stop_refund


def stop_claim_refund(claim: ClaimId, refund: RefundId, *, by: StaffMember, desk: Desk, now: datetime) -> Claim:
    """The claim without it. Raises `RoleTooLow`, `NotFound` for another claim's refund, `NotInThatState`.

    Also for a withdrawal: what it owes is nobody's to decide (Directive 2011/83/EU art. 13(1)).
    """
    require_role(by, Role.AGENT)
    with desk.sitting(now) as here:
        known = read_claim(claim, here.unit)
        if refund not in {each.id for each in known.refunds}:
            raise NotFound({"refund": refund})
        if known.withdrawal is not None:
            raise NotInThatState({"refund": refund, "wanted": STOPPED})
        stopped = stop_refund(refund, unit=here.unit, now=now)
        changed = here.act(claim, lambda held: follow(held, refund, stopped.state, stopped.code))
        here.unit.commit()
    return changed
