"""Fulfilments, from what shipment plugins leave in an order's `meta_data`; WooCommerce itself records none there.

Read: Shipment Tracking and Advanced Shipment Tracking (`_wc_shipment_tracking_items`, a list, or an object once an
entry was removed), AfterShip, YITH Order Tracking, and the bare `_tracking_number`. A plugin's meta is a hint: an
entry that makes no sense is passed over and the order still counts. None of them says when a parcel arrived.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import zip_longest
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Raw

from integrations.platforms.woocommerce.fields import units, unix, web_address, words
from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, Fulfilment, Parcel
from plugin.domain.times import Moment, Source, local_noon

Entry = Mapping[str, object]

_ITEM_LISTS: Final = ("_wc_shipment_tracking_items", "_aftership_tracking_items")
_SINGLES: Final = (
    ("_tracking_number", "_tracking_provider", "_date_shipped"),
    ("ywot_tracking_code", "ywot_carrier_name", "ywot_pick_up_date"),
)  # number, carrier, day of shipping
_AFTERSHIP_COPY: Final = ("_aftership_tracking_number", "_aftership_tracking_provider_name", "")
TRACKING_KEYS: Final = frozenset((*_ITEM_LISTS, *(key for keys in (*_SINGLES, _AFTERSHIP_COPY) for key in keys if key)))

_CARRIERS: Final = ("formatted_tracking_provider", "custom_tracking_provider", "tracking_provider", "slug")
_LINKS: Final = ("ast_tracking_link", "formatted_tracking_link", "custom_tracking_link")
_BLANKS: Final = re.compile(r"\s+")
_UNIX: Final = re.compile(r"[0-9]{9,10}")
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_UTC: Final = ZoneInfo("UTC")


def fulfilments(metas: Mapping[str, Sequence[Raw]], lines: frozenset[str]) -> tuple[Fulfilment, ...]:
    """One fulfilment per tracked parcel of an order with these line ids; a parcel noted by two plugins counts once."""
    if TRACKING_KEYS.isdisjoint(metas):
        return ()
    found: dict[str, Fulfilment] = {}
    numbers: set[str | None] = set()
    for entry in _entries(metas):
        fulfilment = _fulfilment(entry, lines)
        if fulfilment is None or fulfilment.parcels[0].number in numbers:
            continue
        numbers.add(fulfilment.parcels[0].number)
        if fulfilment.id in found:
            fulfilment = replace(fulfilment, id=f"{fulfilment.id}:{fulfilment.parcels[0].number}")
        found[fulfilment.id] = fulfilment
    return tuple(found.values())


def _entries(metas: Mapping[str, Sequence[Raw]]) -> Iterator[Entry]:
    for key in _ITEM_LISTS:
        for value in metas.get(key, ()):
            yield from _mappings(msgspec.json.decode(value))
    # AfterShip repeats one of its items in keys of their own, which older versions had alone.
    singles = _SINGLES if "_aftership_tracking_items" in metas else (*_SINGLES, _AFTERSHIP_COPY)
    for number, carrier, day in singles:
        columns = [[msgspec.json.decode(value) for value in metas.get(key, ())] for key in (number, carrier, day)]
        for row in zip_longest(*columns):
            yield dict(zip(("tracking_number", "tracking_provider", "date_shipped"), row, strict=True))


def _mappings(value: object) -> Iterable[Entry]:
    """The entries of a PHP array, which is a JSON object once it has gaps."""
    if isinstance(value, dict):
        value = [value] if "tracking_number" in value else list(value.values())
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _fulfilment(entry: Entry, lines: frozenset[str]) -> Fulfilment | None:
    number = _BLANKS.sub("", words(entry.get("tracking_number"))) or None
    if number is None:
        return None
    parcel = Parcel(_first(words(entry.get(key)) for key in _CARRIERS), number, _link(entry))
    shipped = _shipped(entry)
    return Fulfilment(
        id=words(entry.get("tracking_id")) or number,
        status="shipped" if shipped else "tracked",
        shipped=Moment(shipped, Source.PLATFORM) if shipped else None,
        parcels=(parcel,),
        lines=_fulfilled(entry, lines),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _link(entry: Entry) -> str | None:
    return _first(web_address(words(entry.get(key))) for key in _LINKS)


def _shipped(entry: Entry) -> datetime | None:
    """The day the shop entered, or None; a day without a time stands as its noon (UTC, for want of a zone)."""
    extra = entry.get("additional_fields")
    text = words(entry.get("date_shipped")) or (words(extra.get("ship_date")) if isinstance(extra, dict) else "")
    if _UNIX.fullmatch(text):
        return unix(int(text))
    day = _ISO_DAY.match(text)
    try:
        noon = local_noon(date.fromisoformat(day.group()), _UTC) if day else None
    except ValueError:
        return None
    return unix(int(noon.timestamp())) if noon else None


def _fulfilled(entry: Entry, lines: frozenset[str]) -> tuple[FulfilledLine, ...]:
    """Which units are in the parcel, where the plugin says; lines the order does not have are passed over."""
    found: dict[LineId, int] = {}
    for part in _mappings(entry.get("products_list") or entry.get("line_items")):
        line = words(part.get("item_id") or part.get("id"))
        count = units(words(part.get("qty") or part.get("quantity")))
        if line in lines and count:
            found[LineId(line)] = found.get(LineId(line), 0) + count
    return tuple(FulfilledLine(line, count) for line, count in found.items())
