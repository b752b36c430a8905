"""Labels that are of no use any more: the parcel was handed over, or the claim has ended."""

from datetime import datetime

from plugin.domain.ids import ClaimId
from plugin.domain.returning.label import Label, LabelState
from plugin.ports.unit_of_work import UnitOfWork


def close_labels(claim: ClaimId, *, unit: UnitOfWork, now: datetime) -> tuple[Label, ...]:
    """Every label of the claim that was open, as it is closed now; in the caller's transaction."""
    open_ones = [label for label in unit.labels.of_claim(claim) if label.state is not LabelState.CLOSED]
    closed = tuple(label.closed(now) for label in open_ones)
    unit.labels.save(closed)
    return closed
