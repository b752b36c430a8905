"""Batches of hubs: closed by weight or date or by a person, handed to a carrier, received; their claims are told."""

from collections.abc import Callable
from datetime import datetime

from plugin.domain.errors import Conflict
from plugin.domain.ids import BatchId, MerchantId
from plugin.domain.returning.batch import Closing, HubBatch
from plugin.ports.unit_of_work import Units
from plugin.usecases.tell_claims import tell_of_batch


def close_batches(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many batches were closed because they are heavy enough, or old enough."""
    with units.read(merchant) as unit:
        limits = unit.return_desk.settings().limits
        due = [batch.id for batch in unit.hub_batches.open() if batch.closes_by(limits, now)]
    closed = 0
    for each in due:
        try:
            with units(merchant) as unit:
                batch = unit.hub_batches.get(each)
                if why := batch.closes_by(limits, now):
                    unit.hub_batches.save(batch.closed(why, now))
                    unit.commit()
                    closed += 1
        except Conflict:  # a parcel came in this moment: the next run sees
            continue
    return closed


def close_batch(batch: BatchId, *, merchant: MerchantId, units: Units, now: datetime) -> HubBatch:
    """Close one by hand. Raises `UnknownBatch`, `BatchNotInThatState` and `Conflict`."""
    return _moved(batch, lambda known: known.closed(Closing.PERSON, now), merchant, units)


def dispatch_batch(
    batch: BatchId, tracking: str | None, *, merchant: MerchantId, units: Units, now: datetime
) -> HubBatch:
    """The hub handed it to a carrier. Raises as `close_batch` does."""
    return _moved(batch, lambda known: known.dispatched(tracking, now), merchant, units)


def receive_batch(batch: BatchId, *, merchant: MerchantId, units: Units, now: datetime) -> HubBatch:
    """It is at the warehouse. Raises as `close_batch` does."""
    return _moved(batch, lambda known: known.received(now), merchant, units)


def _moved(batch: BatchId, step: Callable[[HubBatch], HubBatch], merchant: MerchantId, units: Units) -> HubBatch:
    with units(merchant) as unit:
        unit.hub_batches.save(step(unit.hub_batches.get(batch)))
        moved = unit.hub_batches.get(batch)
        tell_of_batch(moved, unit)
        unit.commit()
    return moved
