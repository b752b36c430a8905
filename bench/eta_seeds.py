"""Delivered parcels in a database, quickly: an order and a parcel each, of as many lanes as a busy merchant has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, product

from sqlalchemy import insert, select, text

from bench.installations import Installation
from bench.seeds import seed
from plugin.domain.shop import Shop
from plugin.domain.tracking.eta.lane import Delivery
from plugin.storage.shipment_row import shipment_row
from plugin.storage.tables import orders, shipments
from tests.support.lane_traffic import BEGIN, Route, traffic
from tests.support.shipments import a_shipment

_CARRIERS = (("dhl", 2.0), ("dpd", 3.0), ("ups", 2.5), ("yunexpress", 10.0), ("4px", 8.0))
_PLACES = (
    "DE",
    "AT",
    "FR",
    "IT",
    "ES",
    "NL",
    "BE",
    "LU",
    "PL",
    "CZ",
    "SK",
    "HU",
    "DK",
    "SE",
    "FI",
    "IE",
    "PT",
    "GB",
    "CH",
    "US",
)
_ORIGINS = ("DE", "CN")
_SERVICES = ("economy", "express")
_WEEKS = 48
"""So that the last ones have arrived by now."""
_BATCH = 5_000
_LOST = 0.01
_PACKED = timedelta(days=1)


def seed_parcels(installed: Installation, shop: Shop, count: int) -> None:
    """So many that arrived within the last year; orders and parcels without what nobody reads here."""
    seed(installed, shop, 1)
    parcels = islice(_parcels(count), count)
    made = 0
    while batch := list(islice(parcels, _BATCH)):
        _insert(installed, shop, batch, made)
        made += len(batch)
    if made != count:
        raise RuntimeError(f"only {made} parcels were made")
    with installed.runtime.storage.means.engines.maintenance.connect() as connection:
        connection.execute(text("ANALYZE"))


def _parcels(count: int) -> Iterator[Delivery]:
    """Rather more than so many."""
    ways = list(product(_CARRIERS, _ORIGINS, _PLACES, _SERVICES))[: max(count // 500, 1)]
    a_week = int(count / (1 - _LOST) / len(ways) / _WEEKS * 1.1) + 1
    routes = tuple(Route(name, origin, to, service, a_week, days) for (name, days), origin, to, service in ways)
    return traffic(1, _WEEKS, routes)


def _begun(parcel: Delivery) -> datetime:
    return parcel.ordered_at or parcel.delivered_at


def _insert(installed: Installation, shop: Shop, batch: list[Delivery], begun: int) -> None:
    later = installed.runtime.deps.clock.now() - BEGIN - timedelta(weeks=_WEEKS + 4)
    with installed.runtime.storage.engine.begin() as connection:
        like = connection.execute(select(orders).where(orders.c.merchant_id == shop.merchant).limit(1)).one()
        order = {**like._mapping, "personal": None, "facts": b""}  # noqa: SLF001 - SQLAlchemy's public name
        parcel = {**shipment_row(a_shipment(shop=shop.id)), "merchant_id": shop.merchant, "told": None}
        parcel |= {"person_id": order["person_id"], "sent_as": "1", "delivered_source": "carrier", "record": b"{}"}
        numbered = [(f"{begun + number:08}", each) for number, each in enumerate(batch)]
        sold = [{"id": f"o{n}", "external_id": f"e{n}", "placed_at": _begun(each) + later} for n, each in numbered]
        connection.execute(insert(orders), [order | each for each in sold])
        connection.execute(
            insert(shipments),
            [
                parcel
                | {"id": f"s{n}", "order_id": f"o{n}", "belongs_to": n}
                | {"carrier": each.carrier, "sent_with": each.carrier, "origin": each.origin, "service": each.service}
                | {"destination": each.destination, "status": "delivered"}
                | {
                    "shipped_at": _begun(each) + _PACKED + later,
                    "delivered_at": max(each.delivered_at, _begun(each) + _PACKED) + later,
                }
                for n, each in numbered
            ],
        )
