"""Work on a claim as a member of the staff: whoever only looks is turned away here, whichever page they came from."""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.ids import ClaimId
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.act import Command
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.work import work_on_claim


def work_as_agent(
    claim: ClaimId, command: Command, *, by: StaffMember, desk: Desk, now: datetime, seen: int | None = None
) -> Claim:
    """The claim after it. Raises `RoleTooLow` below an agent, and what `work_on_claim` raises."""
    require_role(by, Role.AGENT)
    return work_on_claim(claim, command, desk=desk, now=now, seen=seen)
