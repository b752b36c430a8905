"""Parcels sent in a period, as carriers are scored by: flat columns, and what was paid for shipping them."""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row

from plugin.domain.decoding import decoder
from plugin.domain.ids import OrderId
from plugin.domain.money import Money
from plugin.domain.order import DeliveryStatus, Price
from plugin.domain.times import Source
from plugin.domain.tracking.scorecard import ScoredParcel
from plugin.domain.tracking.shipment import Purpose
from plugin.storage.scope import Scope
from plugin.storage.tables import orders, shipments

_shipment = shipments.c
_READ = ("order_id", "sent_with", "origin", "destination", "service", "status", "shipped_at", "delivered_at")
_REPORTED = {Source.CARRIER, Source.PLATFORM}


class _Order(msgspec.Struct):
    """The one thing of an order that is read here."""

    shipping: Price


class _Facts(msgspec.Struct):
    order: _Order


_facts = decoder(_Facts)


def scored_parcels(scope: Scope, since: datetime, until: datetime, limit: int) -> Sequence[ScoredParcel]:
    """By the index of what was sent when."""
    columns = (*(_shipment[name] for name in _READ), _shipment.delivered_source, _shipment.first_expected_last)
    statement = scope.select(shipments.join(orders), *columns, orders.c.facts).where(
        _shipment.purpose == Purpose.OUTBOUND,
        _shipment.is_void.is_(False),
        _shipment.shipped_at >= since,
        _shipment.shipped_at < until,
    )
    ordered = statement.order_by(_shipment.shipped_at.desc(), _shipment.id.desc()).limit(limit)
    return [_parcel(row) for row in scope.rows(ordered)]


def _parcel(row: Row[Any]) -> ScoredParcel:
    is_reported = row.delivered_source in _REPORTED
    return ScoredParcel(
        order=OrderId(row.order_id),
        carrier=row.sent_with,
        origin=row.origin,
        destination=row.destination,
        service=row.service,
        status=DeliveryStatus(row.status),
        shipped_at=row.shipped_at,
        delivered_at=row.delivered_at if is_reported else None,
        promised_by=row.first_expected_last,
        shipping=_shipping(row.facts),
    )


def _shipping(facts: bytes) -> Money:
    return _facts.decode(zlib.decompress(facts)).order.shipping.shop
