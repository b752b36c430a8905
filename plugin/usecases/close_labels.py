"""Labels that are of no use any more: the parcel was handed over, or the claim has ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plugin.domain.ids import ClaimId
from plugin.domain.returning.label import Label, LabelState
from plugin.domain.tracking.shipment import Purpose
from plugin.ports.unit_of_work import UnitOfWork


def close_labels(claim: ClaimId, *, unit: UnitOfWork, now: datetime) -> tuple[Label, ...]:
    """Every label of the claim that was open, as it is closed now; in the caller's transaction."""
    open_ones = [label for label in unit.labels.of_claim(claim) if label.state is not LabelState.CLOSED]
    closed = tuple(label.closed(now) for label in open_ones)
    unit.labels.save(closed)
    return closed


def stop_following(labels: Sequence[Label], unit: UnitOfWork) -> int:
    """How many parcels of labels nobody sends by any more become void: those no carrier has had in hand.

    In the caller's transaction. Not for a label that is closed because its parcel was handed over.
    """
    meant = {label.id for label in labels}
    known = unit.shipments.of_orders(sorted({label.order for label in labels})) if labels else {}
    idle = [
        replace(each, is_void=True, asking=replace(each.asking, next_at=None))
        for some in known.values()
        for each in some
        if each.purpose is Purpose.RETURN and each.belongs_to in meant and each.whereabouts.first_scan is None
    ]
    unit.shipments.save(idle)
    return len(idle)
