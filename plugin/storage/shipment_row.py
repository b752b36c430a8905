"""A parcel as a row: what lists and statistics need in columns, what was told of it as bytes to be sealed."""

import zlib
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

import msgspec

from plugin.domain.ids import OrderId, ShipmentId, ShopId
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Asking, ExpectedDays, Purpose, Shipment, TrackedNumber
from plugin.domain.tracking.whereabouts import UNTOLD, Whereabouts

_FASTEST: Final = 1


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
_values = attrgetter(*RECORDED)
_encoder = msgspec.json.Encoder()
_record_decoder = msgspec.json.Decoder(_Record)
_told_decoder = msgspec.json.Decoder(tuple[Report, ...])


def shipment_row(shipment: Shipment) -> dict[str, Any]:
    """One row of `shipments` at its next version and leased to nobody, but for what was told and whose it is."""
    where, delivered = shipment.whereabouts, shipment.whereabouts.delivered
    expected, first_expected = shipment.expected, shipment.first_expected
    return {
        "id": shipment.id,
        "shop_id": shipment.shop,
        "order_id": shipment.order,
        "purpose": shipment.purpose.value,
        "belongs_to": shipment.belongs_to,
        "carrier": shipment.number.carrier,
        "sent_with": shipment.numbers[0].carrier,
        "service": shipment.service,
        "origin": shipment.origin,
        "destination": shipment.destination,
        "status": where.status.value,
        "since": where.since,
        "last_scan": where.last_scan,
        "delivered_at": delivered.at if delivered else None,
        "delivered_source": delivered.source.value if delivered else None,
        "shipped_at": shipment.shipped_at,
        "created_at": shipment.created_at,
        "expected_first": expected.first if expected else None,
        "expected_last": expected.last if expected else None,
        "first_expected_first": first_expected.first if first_expected else None,
        "first_expected_last": first_expected.last if first_expected else None,
        "next_at": shipment.asking.next_at,
        "leased_until": None,
        "is_void": shipment.is_void,
        "version": shipment.version + 1,
        "record": _encoder.encode(_values(shipment)),
    }


def load_shipment(record: bytes, told: tuple[Report, ...], version: int, *, is_forgotten: bool) -> Shipment:
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


def dump_told(reports: tuple[Report, ...]) -> bytes:
    """Compressed JSON: carriers repeat the same words in every report."""
    return zlib.compress(_encoder.encode(reports), _FASTEST)


def load_told(plain: bytes) -> tuple[Report, ...]:
    """The reports that were sealed."""
    return _told_decoder.decode(zlib.decompress(plain))
