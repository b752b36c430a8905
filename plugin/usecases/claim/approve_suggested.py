"""Approve what a claim asks for where nothing was found against it: one of many in a list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.suggested import suggested_lines
from plugin.domain.ids import ClaimId
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.decide import approve_within
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.work import work_on_claim


def approve_suggested(claim: ClaimId, *, by: StaffMember, desk: Desk, now: datetime) -> bool:
    """Whether it was approved; False leaves it for somebody to look at. Raises `RoleTooLow`, `NotFound`, `Conflict`.

    Above the limit of one person it becomes a proposal, which counts as done.
    """
    require_role(by, Role.AGENT)
    with desk.units.read(desk.merchant) as unit:
        settings = unit.claim_desk.settings()
    before = 0

    def command(known: Claim) -> Sequence[Draft]:
        nonlocal before
        before, drafts, so_far = known.version, list[Draft](), known
        for line, plan in suggested_lines(known):
            drafts += approve_within(line.no, line.quantity, plan, by, settings)(so_far)
            so_far = so_far.with_line(replace(line, decision=DecisionState.APPROVED, plan=plan))
        return drafts

    changed = work_on_claim(claim, command, desk=desk, now=now)
    return changed.version > before
