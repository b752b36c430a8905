"""The one word for where a claim stands, derived from all its parts; kept in tables only to find claims by."""

from enum import StrEnum

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.refund.intent import RefundState


class ClaimStatus(StrEnum):
    """Where a claim stands."""

    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    NEEDS_INFO = "needs_info"
    APPEALED = "appealed"
    APPROVED = "approved"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    CLOSED = "closed"


_BY_STAGE = {
    Stage.NEEDS_INFO: ClaimStatus.NEEDS_INFO,
    Stage.EXPIRED: ClaimStatus.EXPIRED,
    Stage.CANCELLED: ClaimStatus.CANCELLED,
    Stage.CLOSED: ClaimStatus.CLOSED,
}
OVER = frozenset({ClaimStatus.CANCELLED, ClaimStatus.EXPIRED, ClaimStatus.CLOSED})
"""Nothing is being done about it any more."""


def status_of(claim: Claim) -> ClaimStatus:
    """The first that holds: how the conversation ended or whose turn it is, what is undecided, what is under way."""
    if claim.stage in _BY_STAGE:
        return _BY_STAGE[claim.stage]
    if claim.withdrawal in {WithdrawalState.LATE, WithdrawalState.CONTESTED}:
        return ClaimStatus.IN_REVIEW
    if not claim.lines:  # somebody has to find out what was withdrawn from
        return ClaimStatus.IN_REVIEW
    pending = [line for line in claim.lines if line.decision is DecisionState.PENDING]
    if pending:
        return _undecided(claim, pending)
    if all(line.decision is DecisionState.REJECTED for line in claim.lines) and not has_open_money(claim):
        return ClaimStatus.REJECTED
    return _decided(claim)


def has_open_money(claim: Claim) -> bool:
    """Whether money of it was granted and has not arrived: settled, or failed and waiting for somebody."""
    return any(row.state is not RefundState.SETTLED and row.detail != "stopped" for row in claim.refunds)


def _undecided(claim: Claim, pending: list[ClaimLine]) -> ClaimStatus:
    if any(line.is_appealed for line in pending):
        return ClaimStatus.APPEALED
    return ClaimStatus.IN_REVIEW if claim.needs_person else ClaimStatus.SUBMITTED


def _decided(claim: Claim) -> ClaimStatus:
    if claim.withdrawal in {WithdrawalState.DECLARED, WithdrawalState.ACKNOWLEDGED}:
        return ClaimStatus.SUBMITTED
    if all(line.is_final for line in claim.lines) and not has_open_money(claim):
        return ClaimStatus.RESOLVED
    begun = any(_has_begun(line) for line in claim.lines if line.is_approved)
    return ClaimStatus.IN_PROGRESS if begun or claim.withdrawal else ClaimStatus.APPROVED


def _has_begun(line: ClaimLine) -> bool:
    is_agreed = line.remedy not in {RemedyState.NONE, RemedyState.OFFERED}
    return is_agreed or line.leg is not ReturnState.NOT_REQUIRED
