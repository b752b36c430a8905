"""WooCommerce's own Fulfillments, a feature that is off by default (10.5): goods that left, parcel by parcel.

An order only says that there are some (meta `_fulfillment_status`); what they are is listed below it. The days are the
shop's own and name no zone: each stands as its noon (UTC), as with plugins. Nothing in it says when a parcel arrived.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Final

import msgspec
from msgspec import Raw, Struct

from integrations.platforms.woocommerce.fields import identifier, raw_words, units, unix, web_address, words
from integrations.platforms.woocommerce.records import Id, Meta
from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, Fulfilment, OrderRef, Parcel, Platform
from plugin.domain.shop_events import FulfilmentsListed
from plugin.domain.times import Moment, Source

STATUS: Final = "_fulfillment_status"
NOTHING: Final = "no_fulfillments"


class FulfillmentRecord(Struct):
    """One of them; a draft is not `is_fulfilled`."""

    id: Id
    is_fulfilled: bool
    status: str = ""
    meta_data: list[Meta] = []


class FulfillmentsRecord(Struct):
    """All of an order's, as they are handed on: the list as the shop gives it names no order when it is empty."""

    fulfillments_of: Id
    fulfillments: list[FulfillmentRecord]


def whole(order: int, listed: bytes) -> bytes:
    """The list of an order's, as one record."""
    return b'{"fulfillments_of":%d,"fulfillments":%s}' % (order, listed)


def listed(record: FulfillmentsRecord) -> FulfilmentsListed:
    """Those that left the shop, with what was in them."""
    order = OrderRef(Platform.WOOCOMMERCE, identifier(record.fulfillments_of, "fulfillments_of"))
    return FulfilmentsListed(order, tuple(_fulfilment(each) for each in record.fulfillments if each.is_fulfilled))


def _fulfilment(record: FulfillmentRecord) -> Fulfilment:
    metas = {meta.key: meta.value for meta in record.meta_data}
    number = _said(metas, "_tracking_number")
    carrier, url = _said(metas, "_shipment_provider"), web_address(_said(metas, "_tracking_url"))
    shipped = _noon(_said(metas, "_date_fulfilled"))
    return Fulfilment(
        id=f"fulfillment:{identifier(record.id, 'fulfillments[].id')}",
        status=record.status,
        shipped=Moment(shipped, Source.PLATFORM) if shipped else None,
        parcels=(Parcel(carrier, number, url),) if number or url else (),
        lines=tuple(_lines(metas.get("_items"))),
        is_apart=True,
    )


def _said(metas: dict[str, Raw], key: str) -> str | None:
    return (raw_words(metas[key]) or None) if key in metas else None


def _noon(text: str | None) -> datetime | None:
    """`2026-11-21 20:55:39` by the shop's clock; None for what is no date."""
    try:
        day = datetime.fromisoformat(text or "").date()
    except ValueError:
        return None
    return unix(int(datetime.combine(day, time(12), UTC).timestamp()))


def _lines(items: Raw | None) -> Iterator[FulfilledLine]:
    found = msgspec.json.decode(items) if items is not None else []
    if isinstance(found, dict):  # a PHP array with gaps
        found = list(found.values())
    for item in found if isinstance(found, Sequence) and not isinstance(found, str) else ():
        line, count = (words(item.get(key)) for key in ("item_id", "qty")) if isinstance(item, dict) else ("", "")
        if line.isascii() and line.isdecimal() and units(count):
            yield FulfilledLine(LineId(line), units(count))
