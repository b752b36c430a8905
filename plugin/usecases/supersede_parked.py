"""Take off the parked records what came in repaired: an older or equal state of an order that has been read by now."""

from collections.abc import Iterable
from datetime import datetime

from plugin.domain.shop import Shop
from plugin.domain.shop_events import OrderSeen
from plugin.domain.stored import Outcome, ParkedRecord
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.apply_shop_events import Verdict
from plugin.usecases.read_record import Fault, Meaning
from plugin.usecases.record_subject import changed_at


def supersede_parked(
    told: Iterable[tuple[Meaning, Verdict]], shop: Shop, unit: UnitOfWork, just_parked: Iterable[ParkedRecord] = ()
) -> None:
    """Remove parked states of the orders that these reports told whole, unless they are newer than the report.

    A parked state whose date cannot be read goes when its order is stored, if none was parked beside that report.
    """
    newest: dict[str, datetime] = {}
    stored: set[str] = set()
    for order, at, verdict in _orders(told):
        newest[order] = max(newest.get(order, at), at)
        if verdict is Outcome.STORED:
            stored.add(order)
    if newest:
        stored -= {record.subject for record in just_parked if record.subject}
        found = unit.parked.about(shop.id, list(newest))
        unit.parked.remove([record.id for record in found if _is_superseded(record, newest, stored)])


def _orders(told: Iterable[tuple[Meaning, Verdict]]) -> Iterable[tuple[str, datetime, Verdict]]:
    for meaning, verdict in told:
        if isinstance(meaning, Fault) or isinstance(verdict, Fault):
            continue
        for event in meaning:
            if isinstance(event, OrderSeen):
                yield event.order.ref.external_id, event.order.updated_at, verdict


def _is_superseded(record: ParkedRecord, newest: dict[str, datetime], stored: set[str]) -> bool:
    if record.subject is None:
        return False
    at = changed_at(record.body)
    return record.subject in stored if at is None else at <= newest[record.subject]
