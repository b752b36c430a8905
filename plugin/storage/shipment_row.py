"""A parcel as a row: what lists and statistics need in columns, what was told of it as bytes to be sealed."""

import zlib
from dataclasses import replace
from typing import Any

import msgspec

from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import ExpectedDays, Shipment

_FASTEST = 1
_encoder = msgspec.json.Encoder()
_record_decoder = msgspec.json.Decoder(Shipment)
_told_decoder = msgspec.json.Decoder(tuple[Report, ...])


def shipment_row(shipment: Shipment) -> dict[str, Any]:
    """One row of `shipments` at its next version and leased to nobody, but for what was told and whose it is."""
    where, delivered = shipment.whereabouts, shipment.whereabouts.delivered
    return {
        "id": shipment.id,
        "shop_id": shipment.shop,
        "order_id": shipment.order,
        "purpose": shipment.purpose.value,
        "belongs_to": shipment.belongs_to,
        "carrier": shipment.number.carrier,
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
        **_days("expected", shipment.expected),
        **_days("first_expected", shipment.first_expected),
        "next_at": shipment.asking.next_at,
        "leased_until": None,
        "is_void": shipment.is_void,
        "version": shipment.version + 1,
        "record": _encoder.encode(replace(shipment, reports=())),
    }


def load_shipment(record: bytes, told: tuple[Report, ...], version: int, *, is_forgotten: bool) -> Shipment:
    """The parcel as it was saved, its reports put back in; nobody is asked about a forgotten one."""
    kept = _record_decoder.decode(record)
    asking = replace(kept.asking, next_at=None) if is_forgotten else kept.asking
    return replace(kept, reports=told, asking=asking, version=version, is_forgotten=is_forgotten)


def dump_told(reports: tuple[Report, ...]) -> bytes:
    """Compressed JSON: carriers repeat the same words in every report."""
    return zlib.compress(_encoder.encode(reports), _FASTEST)


def load_told(plain: bytes) -> tuple[Report, ...]:
    """The reports that were sealed."""
    return _told_decoder.decode(zlib.decompress(plain))


def _days(name: str, days: ExpectedDays | None) -> dict[str, Any]:
    return {f"{name}_first": days.first if days else None, f"{name}_last": days.last if days else None}
