"""Take back money that a claim granted, before anything left; its lines are as agreed as they were."""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.refunding import follow
from plugin.domain.ids import ClaimId, RefundId
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.desk import Desk
from plugin.usecases.retry_refunds import stop_refund


def stop_claim_refund(claim: ClaimId, refund: RefundId, *, by: StaffMember, desk: Desk, now: datetime) -> Claim:
    """The claim without it. Raises `RoleTooLow`, `NotFound` for another claim's refund, `NotInThatState`."""
    require_role(by, Role.AGENT)
    with desk.sitting(now) as here:
        stopped = stop_refund(refund, unit=here.unit, now=now)
        changed = here.act(claim, lambda known: follow(known, refund, stopped.state, stopped.code))
        here.unit.commit()
    return changed
