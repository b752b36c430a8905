"""A parcel as a row: what lists and statistics need in columns, what was told of it as bytes to be sealed."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.ids import OrderId, ShipmentId, ShopId
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Asking, ExpectedDays, Purpose, Shipment, TrackedNumber
from plugin.domain.tracking.whereabouts import UNTOLD, Whereabouts


class _Record(msgspec.Struct, array_like=True, frozen=True):
    """All of a parcel but its reports, version and whether it was forgotten, which stand beside it.

    Written without names, for this is read and written with every answer of a carrier: a field is added at the end,
    with a default, and none is taken away.
    """

    id: ShipmentId
    shop: ShopId
    order: OrderId
    purpose: Purpose
    belongs_to: str
    numbers: tuple[TrackedNumber, ...]
    created_at: datetime
    origin: str | None = None
    destination: str | None = None
    service: str | None = None
    shipped_at: datetime | None = None
    expected: ExpectedDays | None = None
    first_expected: ExpectedDays | None = None
    whereabouts: Whereabouts = UNTOLD
    asking: Asking = Asking()
    is_void: bool = False
    not_before: datetime | None = None


RECORDED: Final = _Record.__struct_fields__
_facts = attrgetter(
    *("numbers", "service", "origin", "destination", "shipped_at", "expected", "first_expected", "is_void")
)
"""What `_fact_columns` are made of, which seldom changes."""
_values = attrgetter(*RECORDED)
_encoder = msgspec.json.Encoder()
_record_decoder = decoder(_Record)


def shipment_row(shipment: Shipment) -> dict[str, Any]:
    """One new row of `shipments`, but for what was told and whose it is."""
    return {
        "id": shipment.id,
        "shop_id": shipment.shop,
        "order_id": shipment.order,
        "purpose": shipment.purpose.value,
        "belongs_to": shipment.belongs_to,
        "created_at": shipment.created_at,
        "sent_as": shipment.numbers[0].number,
        **_fact_columns(shipment),
        **_standing_columns(shipment),
        **_saved_columns(shipment),
        "leased_until": None,
        "version": shipment.version + 1,
    }


def changed_columns(before: Shipment, after: Shipment) -> dict[str, Any]:
    """What a save has to write, but for what was told: a column that is written is sorted into its indexes anew."""
    columns = _saved_columns(after)
    if after.whereabouts is not before.whereabouts:
        columns |= _standing_columns(after)
    if _facts(after) != _facts(before):
        columns |= _fact_columns(after)
    return columns


def _saved_columns(shipment: Shipment) -> dict[str, Any]:
    return {"next_at": shipment.asking.next_at, "record": _encoder.encode(_values(shipment))}


def _standing_columns(shipment: Shipment) -> dict[str, Any]:
    where, delivered = shipment.whereabouts, shipment.whereabouts.delivered
    return {
        "status": where.status.value,
        "since": where.since,
        "last_scan": where.last_scan,
        "delivered_at": delivered.at if delivered else None,
        "delivered_source": delivered.source.value if delivered else None,
    }


def _fact_columns(shipment: Shipment) -> dict[str, Any]:
    expected, first_expected = shipment.expected, shipment.first_expected
    return {
        "carrier": shipment.number.carrier,
        "sent_with": shipment.numbers[0].carrier,
        "service": shipment.service,
        "origin": shipment.origin,
        "destination": shipment.destination,
        "shipped_at": shipment.shipped_at,
        "expected_first": expected.first if expected else None,
        "expected_last": expected.last if expected else None,
        "first_expected_first": first_expected.first if first_expected else None,
        "first_expected_last": first_expected.last if first_expected else None,
        "is_void": shipment.is_void,
    }


def load_shipment(record: bytes, told: Sequence[Report], version: int, *, is_forgotten: bool) -> Shipment:
    """The parcel as it was saved, its reports put back in; nobody is asked about a forgotten one."""
    kept = _record_decoder.decode(record)
    asking = kept.asking if not is_forgotten else Asking(None, kept.asking.asked_at, kept.asking.misses)
    return Shipment(
        kept.id,
        kept.shop,
        kept.order,
        kept.purpose,
        kept.belongs_to,
        kept.numbers,
        kept.created_at,
        kept.origin,
        kept.destination,
        kept.service,
        kept.shipped_at,
        kept.expected,
        kept.first_expected,
        told,
        kept.whereabouts,
        asking,
        kept.is_void,
        is_forgotten,
        version,
        kept.not_before,
    )
