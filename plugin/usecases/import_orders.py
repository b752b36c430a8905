"""Bring a file of recorded orders into a shop, batch by batch, each wholly or not at all; repeating it changes nothing.

Each batch queues one job for the projections of what it changed, so lists are right as soon as a worker has run;
entitlements of a single order are always computed when asked and need no worker.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from plugin.domain.errors import Conflict
from plugin.domain.shop import Shop
from plugin.domain.stored import Outcome, ParkedRecord
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.park_record import park_record
from plugin.usecases.read_record import Fault, Reading
from plugin.usecases.supersede_parked import supersede_parked

BATCH = 500
_BATCH_BYTES = 16 * 1024 * 1024
_TRIES = 3

Tally = Counter[str]
"""Records by what became of them: the values of `Outcome`, and `failed`."""
FAILED = "failed"
"""Kept out by somebody else's saves, each time it was tried; importing again completes it."""


def import_orders(readings: Iterable[Reading], *, shop: Shop, units: Units, ids: Ids, now: datetime) -> Iterator[Tally]:
    """The tally of each batch once it is committed; an iteration that stops early leaves whole batches behind.

    Reports older than what is on record change nothing; what cannot be read or applied is parked with its body, and a
    parked record that is read at last, or comes in repaired, is parked no longer.
    """
    for batch in _batches(readings):
        yield _import_batch(batch, shop, units, ids, now)


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    size = 0
    for reading in readings:
        batch.append(reading)
        size += len(reading.body)
        if len(batch) >= BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _import_batch(batch: list[Reading], shop: Shop, units: Units, ids: Ids, now: datetime) -> Tally:
    for _ in range(_TRIES):
        try:
            with units(shop.merchant) as unit:
                tally = _store(batch, shop, unit, ids, now)
                unit.commit()
        except Conflict:
            continue  # somebody else saved one of these orders: read again what is on record
        return tally
    return Counter({FAILED: len(batch)})


def _store(batch: list[Reading], shop: Shop, unit: UnitOfWork, ids: Ids, now: datetime) -> Tally:
    unit.orders.expect(reading.encoded for reading in batch if reading.encoded)
    verdicts = apply_shop_events([reading.meaning for reading in batch], shop, unit, ids)
    tally: Tally = Counter()
    parked: list[ParkedRecord] = []
    for topic in {reading.topic for reading in batch}:
        told = [(r, v) for r, v in zip(batch, verdicts, strict=True) if r.topic == topic]
        unit.parked.resolve(shop.id, topic, [r.body for r, v in told if not isinstance(v, Fault)])
        faults = [(r.body, v) for r, v in told if isinstance(v, Fault)]
        parked += [park_record(topic, body, fault, shop=shop, ids=ids, now=now) for body, fault in faults]
        tally.update(Outcome.PARKED if isinstance(v, Fault) else v for _, v in told)
    unit.parked.add(parked)
    supersede_parked(zip((r.meaning for r in batch), verdicts, strict=True), shop, unit, parked)
    return tally
