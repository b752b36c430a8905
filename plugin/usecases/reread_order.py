"""Read one order again from its shop, because a message only hinted at it; what the shop shows is the truth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopFault
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import OrderRef, Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_events import (
    Ignored,
    OrderGone,
    OrderSeen,
    RefundReported,
    RefundSeen,
    RefundsListed,
    ShopEvent,
    Subject,
)
from plugin.domain.stored import Outcome
from plugin.ports.errors import Unavailable
from plugin.ports.ids import Ids
from plugin.ports.platform import Message, Translator
from plugin.ports.shop_source import OrderAsItIs, ShopSource
from plugin.ports.unit_of_work import Units
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.park_record import park_record
from plugin.usecases.read_record import Fault, Meaning, read_record

NOT_CONNECTED = "not_connected"
UNKNOWN = "unknown"
_BINNED = "trashed"


@dataclass(frozen=True, slots=True)
class RereadMeans:
    """The ports that reading again takes."""

    sources: Mapping[Platform, ShopSource]
    translators: Mapping[Platform, Translator]
    units: Units
    ids: Ids


def reread_order(
    order: str,
    *,
    merchant: MerchantId,
    shop: ShopId,
    means: RereadMeans,
    now: datetime,
    subject: Subject = Subject.ORDER,
) -> str:
    """What became of the order: by its external id, or by that of one of its returns.

    Raises `Unavailable` while the shop does not answer. A shop that refuses is left to the next poll, which tells the
    merchant.
    """
    with means.units.read(merchant) as unit:
        here, connection = unit.shops.get(shop), unit.connections.get(shop)
    if connection is None or here.address is None or here.platform not in means.sources:
        return NOT_CONNECTED
    try:
        found = _found(subject, order, means.sources[here.platform], here.address, connection.credentials)
    except ShopFault as fault:
        if fault.is_final:
            return fault.code
        raise Unavailable(fault.code, fault.retry_after) from fault
    if found is None and subject is not Subject.ORDER:
        return UNKNOWN
    record = found.record if found else b""
    return _apply(_meaning(found, order, means.translators[here.platform]), record, here, means, now)


def _found(
    subject: Subject, external_id: str, source: ShopSource, address: str, credentials: Credentials
) -> OrderAsItIs | None:
    if subject is Subject.RETURN:
        return source.order_of_return(address, credentials, external_id)
    return source.order(address, credentials, external_id)


def _apply(meaning: Meaning, record: bytes, shop: Shop, means: RereadMeans, now: datetime) -> str:
    with means.units(shop.merchant) as unit:
        (verdict,) = apply_shop_events([meaning], shop, unit, means.ids)
        if isinstance(verdict, Fault) and _is_gone(meaning):
            return UNKNOWN  # gone from the shop, and never known here
        if isinstance(verdict, Fault):
            unit.parked.add([park_record("", record, verdict, shop=shop, ids=means.ids, now=now)])
        unit.commit()
    return Outcome.PARKED if isinstance(verdict, Fault) else verdict


def _is_gone(meaning: Meaning) -> bool:
    return not isinstance(meaning, Fault) and all(isinstance(event, OrderGone) for event in meaning)


def _meaning(found: OrderAsItIs | None, order: str, translator: Translator) -> Meaning:
    gone = (OrderGone(OrderRef(translator.platform, order)),)
    if found is None:
        return gone
    seen = read_record(Message("", found.record, {}), translator)
    if isinstance(seen, Fault):
        return seen
    if any(isinstance(event, Ignored) and event.code == _BINNED for event in seen):
        return gone
    return (*seen, *_of_refunds(seen, found, translator), *_apart(seen, found, translator))


def _of_refunds(seen: tuple[ShopEvent, ...], found: OrderAsItIs, translator: Translator) -> Iterator[ShopEvent]:
    """The refunds with their lines, and that there are no others; all of it is in a record that holds them itself."""
    if found.refunds is None:
        return
    meanings = [read_record(Message("", record, {}), translator) for record in found.refunds]
    listed = [event for meaning in meanings for event in _refunds(meaning)]
    unread = any(isinstance(meaning, Fault) for meaning in meanings)
    for event in seen:
        if isinstance(event, OrderSeen):
            yield from listed
            kept = [refund.id for refund in event.order.refunds] if unread else []
            ids = (*kept, *(each.refund.id for each in listed))
            yield RefundsListed(event.order.ref, ids, event.order.updated_at)


def _apart(seen: tuple[ShopEvent, ...], found: OrderAsItIs, translator: Translator) -> Iterator[ShopEvent]:
    """What else the shop keeps of it, as far as that can be read; nothing of what is no order here."""
    if any(isinstance(event, OrderSeen) for event in seen):
        for record in found.more:
            meaning = read_record(Message("", record, {}), translator)
            yield from () if isinstance(meaning, Fault) else meaning


def _refunds(meaning: Meaning) -> list[RefundSeen | RefundReported]:
    return [] if isinstance(meaning, Fault) else [e for e in meaning if isinstance(e, RefundSeen | RefundReported)]
