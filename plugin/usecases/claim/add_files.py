"""Put files of an agent's own, photos of an inspection, on a claim's record."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import add_evidence
from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import Desk


def desk_draft(claim: ClaimId) -> ClaimDraftId:
    """Where an agent's files are uploaded to: apart from the shopper's, who may be sending theirs just now."""
    return ClaimDraftId(f"{claim}-desk")


def add_files(claim: ClaimId, files: Sequence[EvidenceId], *, by: StaffMember, desk: Desk, now: datetime) -> Claim:
    """The claim with these files, uploaded to `desk_draft` before. Raises `RoleTooLow`, `NotFound`."""
    require_role(by, Role.AGENT)
    with desk.sitting(now) as here:
        changed = here.act(
            claim, lambda known: [draft for file in files for draft in add_evidence(known, file, agent(by))]
        )
        here.unit.evidence.attach(desk_draft(claim), claim)
        here.unit.commit()
    return changed
