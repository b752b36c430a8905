"""Read parked records again: those that can be read and applied by now are stored, the others stay parked.

A hint that came while its shop was not connected is followed by now: what it is about is read from the shop.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from plugin.domain.effects import RereadOrder
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId, ParkedId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop_events import Reread, Subject
from plugin.domain.stored import Outcome, ParkedRecord
from plugin.ports.ids import Ids
from plugin.ports.platform import Message, Translator
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.apply_app_event import apply_message
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.drain_inbox import REREAD
from plugin.usecases.park_record import park_record
from plugin.usecases.read_record import Fault, Meaning, read_record

Tally = Counter[str]


def retry_parked(  # noqa: PLR0913 - what to retry, and the ports it takes
    records: Sequence[ParkedId] | None,
    *,
    merchant: MerchantId,
    translators: Mapping[Platform, Translator],
    units: Units,
    ids: Ids,
    now: datetime,
    shop: ShopId | None = None,
) -> Tally:
    """What became of each record, by `Outcome` or `REREAD`; `records` None: all, of one shop if named.

    Raises `NotFound` when a named record is not parked, before anything is retried.
    """
    with units.read(merchant) as unit:
        codes = unit.parked.codes(shop if records is None else None)
    tally: Tally = Counter()
    for record in _in_order(codes if records is None else records, codes):
        with units(merchant) as unit:
            try:
                parked = unit.parked.get(record)
            except NotFound:  # somebody else was quicker
                continue
            tally[_retry(parked, translators[parked.platform], unit, ids, now)] += 1
            unit.commit()
    return tally


def _in_order(wanted: Iterable[ParkedId], codes: Mapping[ParkedId, str]) -> Sequence[ParkedId]:
    """Oldest first; what waits for its order comes after what may be that order. Raises `NotFound`."""
    chosen = set(wanted)
    if unknown := chosen - codes.keys():
        raise NotFound({"parked": min(unknown)})
    return sorted((each for each in codes if each in chosen), key=lambda each: codes[each] == "order_unknown")


def _retry(record: ParkedRecord, translator: Translator, unit: UnitOfWork, ids: Ids, now: datetime) -> str:
    shop = unit.shops.get(record.shop)
    meaning = read_record(Message(record.topic, record.body, {}), translator)
    hint = _hint(meaning)
    if hint is not None and unit.connections.get(shop.id) is not None:
        unit.queue.add([RereadOrder(shop.merchant, shop.id, hint.external_id, hint.subject)])
        unit.parked.remove([record.id])
        return REREAD
    if record.topic:
        verdict = apply_message(meaning, shop, unit, ids, now)
    else:
        (verdict,) = apply_shop_events([meaning], shop, unit, ids)
    if isinstance(verdict, Fault):
        unit.parked.add([park_record(record.topic, record.body, verdict, shop=shop, ids=ids, now=now)])
        return Outcome.PARKED
    unit.parked.remove([record.id])
    return verdict


def _hint(meaning: Meaning) -> Reread | None:
    """The order, or its return, that the shop has to be asked about."""
    for event in () if isinstance(meaning, Fault) else meaning:
        if isinstance(event, Reread) and event.subject in {Subject.ORDER, Subject.RETURN}:
            return event
    return None
