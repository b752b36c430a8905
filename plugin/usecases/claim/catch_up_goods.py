"""Tell claims what they missed of their labels and of hubs' batches, should the job that was to tell them have died."""

from datetime import datetime, timedelta

from plugin.domain.backoff import attempt_key
from plugin.domain.effects import FollowBatch, FollowLabel
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId
from plugin.domain.returning.batch import HubBatch
from plugin.domain.returning.label import Label
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.follow_batch import is_news as is_batch_news
from plugin.usecases.claim.prepare_return import untold_lines

_LATE = timedelta(minutes=15)
"""Longer than all attempts of a job."""
_MOST = 200


def catch_up_goods(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many labels and batches some claim does not know of were queued to be told again; once an hour each.

    However long ago it was: what a claim knows is compared with what is so, and nothing is forgotten by a date.
    """
    with units.read(merchant) as unit:
        labels = [
            label for each in unit.labels.untold(now - _LATE, _MOST) if _is_news(label := unit.labels.get(each), unit)
        ]
        batches = [
            batch for each in unit.hub_batches.untold(_MOST) if _is_late(batch := unit.hub_batches.get(each), unit, now)
        ]
    if labels or batches:
        with units(merchant) as unit:
            for label in labels:
                key = attempt_key(f"{label.id}:{label.state}", label.changed_at, now)
                unit.queue.add([FollowLabel(merchant, label.id)], key=key)
            for batch in batches:
                key = attempt_key(f"{batch.id}:{batch.state}", _moved_at(batch), now)
                unit.queue.add([FollowBatch(merchant, batch.id)], key=key)
            unit.commit()
    return len(labels) + len(batches)


def _is_news(label: Label, unit: UnitOfWork) -> bool:
    try:
        return bool(untold_lines(read_claim(label.claim, unit), label))
    except NotFound:
        return False


def _is_late(batch: HubBatch, unit: UnitOfWork, now: datetime) -> bool:
    return _moved_at(batch) < now - _LATE and is_batch_news(batch, unit)


def _moved_at(batch: HubBatch) -> datetime:
    return batch.received_at or batch.dispatched_at or batch.opened_at
