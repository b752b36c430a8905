"""Tell claims where the hub's batch with their goods is: queued in the transaction that moved the batch."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.returning import move_return, receive
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.errors import NotFound
from plugin.domain.ids import BatchId, ClaimId
from plugin.domain.returning.batch import BatchedParcel, BatchState, HubBatch, parcel_key
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.work import work_on_claim

_BEFORE_ARRIVAL = frozenset({ReturnState.AT_HUB, ReturnState.IN_TRANSIT, ReturnState.HELD, ReturnState.DELIVERED})
"""Goods that somebody called lost stay so until a person says otherwise: a batch arrives without them too."""


def follow_batch(batch: BatchId, *, desk: Desk, now: datetime) -> str:
    """Where the batch is, as its claims have been told; each in a transaction of its own, and once.

    Raises `UnknownBatch`, and `Conflict` when somebody else worked on a claim meanwhile: the job is given again.
    """
    with desk.units.read(desk.merchant) as unit:
        known = unit.hub_batches.get(batch)
        parcels = [parcel for parcel in known.parcels if _is_a_claim(parcel.claim, unit)]
    for parcel in parcels:
        work_on_claim(parcel.claim, partial(_moved, parcel=parcel, batch=known), desk=desk, now=now)
    return known.state.value


def is_news(batch: HubBatch, unit: UnitOfWork) -> bool:
    """Whether some claim with goods in it does not know yet where it is."""
    held = [parcel for parcel in batch.parcels if _is_a_claim(parcel.claim, unit)]
    return any(_moved(read_claim(parcel.claim, unit), parcel, batch) for parcel in held)


def _moved(claim: Claim, parcel: BatchedParcel, batch: HubBatch) -> Sequence[Draft]:
    line = next((each for each in claim.lines if parcel_key(claim.id, each.no) == parcel.key), None)
    if line is None:
        return ()
    if batch.state is BatchState.DISPATCHED and line.leg is ReturnState.AT_HUB:
        return move_return(claim, line.no, ReturnState.IN_TRANSIT, ENGINE, batch.tracking)
    if batch.state is BatchState.RECEIVED and line.leg in _BEFORE_ARRIVAL:
        return receive(claim, line.no, line.quantity, ENGINE)
    return ()


def _is_a_claim(claim: ClaimId, unit: UnitOfWork) -> bool:
    try:
        read_claim(claim, unit)
    except NotFound:
        return False
    return True
