"""Keep a record that cannot be applied: whole, with the reason, until it is retried or dismissed."""

from datetime import datetime

from plugin.domain.ids import ParkedId
from plugin.domain.shop import Shop
from plugin.domain.stored import ParkedRecord
from plugin.ports.ids import Ids
from plugin.usecases.read_record import Fault
from plugin.usecases.record_subject import record_subject


def park_record(topic: str, body: bytes, fault: Fault, *, shop: Shop, ids: Ids, now: datetime) -> ParkedRecord:
    """The record as it is parked; `topic` is empty for a record of an import."""
    return ParkedRecord(
        id=ParkedId(ids.new()),
        shop=shop.id,
        platform=shop.platform,
        topic=topic,
        code=fault.code,
        field=fault.field,
        body=body,
        parked_at=now,
        subject=record_subject(topic, body),
    )
