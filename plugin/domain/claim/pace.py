"""How long a claim's money took, from the decision that granted it until the platform reported it paid."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from plugin.domain.claim.claim import Claim, ClaimRefund


@dataclass(frozen=True, slots=True)
class Pace:
    """When the last of a claim's money arrived, and the longest any of it took."""

    refunded_at: datetime
    took: timedelta


def pace_of(claim: Claim) -> Pace | None:
    """None while no refund of it is settled. What waits for goods counts: the shopper waits too."""
    settled = [(row.settled_at, row.settled_at - _granted_at(row, claim)) for row in claim.refunds if row.settled_at]
    return Pace(max(at for at, _ in settled), max(took for _, took in settled)) if settled else None


def _granted_at(refund: ClaimRefund, claim: Claim) -> datetime:
    """When the last of its lines was; the claim's opening where none is granted any more."""
    granted = (line.approved_at for line in claim.lines if line.no in refund.lines and line.approved_at)
    return max(granted, default=claim.opened_at)
