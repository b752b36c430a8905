"""Parcels under way, varied without chance, and what a carrier answers when asked about them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from bench.claim_seeds import orders_of
from bench.installations import Installation
from bench.seeds import seed
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.shop import Shop
from plugin.domain.times import Source
from plugin.domain.tracking.report import EventPlace, Report
from plugin.domain.tracking.shipment import Asking, Purpose, Shipment, TrackedNumber
from plugin.ports.carrier import Told
from plugin.usecases.tracking.merge_told import add_reports

_S = DeliveryStatus
_WAY = (
    (_S.INFO_RECEIVED, "CN", "Shenzhen", "Shipment information received"),
    (_S.IN_TRANSIT, "CN", "Shenzhen", "Picked up by the carrier"),
    (_S.IN_TRANSIT, "CN", "Guangzhou", "Arrived at the sorting centre"),
    (_S.IN_TRANSIT, "CN", "Guangzhou", "Departed from the airport of origin"),
    (_S.CUSTOMS, "DE", "Frankfurt am Main", "Arrived in the destination country, handed to customs"),
    (_S.CUSTOMS, "DE", "Frankfurt am Main", "Released by customs"),
    (_S.IN_TRANSIT, "DE", "Speyer", "Processed in the parcel centre of origin"),
    (_S.IN_TRANSIT, "DE", "Berlin", "Processed in the parcel centre of the region"),
    (_S.OUT_FOR_DELIVERY, "DE", "Berlin", "Loaded onto the delivery vehicle"),
    (_S.DELIVERED, "DE", "Berlin", "Delivered to the recipient"),
)
KNOWN, NEW = 8, 2
"""Events that are on record of each, and those its next answer tells beside them: it repeats the whole story."""
_APART = timedelta(hours=17)
_AGE = timedelta(days=8)
_BATCH = 500


def number_of(number: int) -> str:
    """The number of a parcel, counted from 0."""
    return f"JJD{number:018d}"


def parcels(installed: Installation, shop: Shop, count: int, now: datetime) -> list[ShipmentId]:
    """Keep so many, each of an order and a person of its own, all due now; their ids in the order of their numbers."""
    seed(installed, shop, count, is_alike=True)
    sold = orders_of(installed, shop)[:count]
    for start in range(0, count, _BATCH):
        some = range(start, min(start + _BATCH, count))
        with installed.runtime.deps.units(shop.merchant) as unit:
            unit.shipments.save([_parcel(n, sold[n], shop, now) for n in some])
            unit.commit()
    return [_id(number) for number in range(count)]


def answers(numbers: Sequence[int], now: datetime) -> list[Told]:
    """What a carrier answers of these parcels."""
    return [
        Told(number_of(n), is_known=True, carrier="dhl", reports=tuple(events(n, now, KNOWN + NEW))) for n in numbers
    ]


def events(number: int, now: datetime, count: int, earlier: timedelta = timedelta()) -> Iterator[Report]:
    """The first events of a parcel's way, as its carrier tells them at `now`, or did so long before."""
    begun = now - _AGE + timedelta(seconds=number % 3600)
    for place, (status, country, town, words) in enumerate(_WAY[:count]):
        at = begun + _APART * place
        yield Report(
            status=status,
            said_at=at,
            source=Source.CARRIER,
            heard_at=now - earlier,
            carrier="dhl",
            number=number_of(number),
            message=words,
            place=EventPlace(country, None, None, town),
            raw=_raw(number, place, at, town, words),
        )


def _raw(number: int, place: int, at: datetime, town: str, words: str) -> str:
    """An event about as long as 17TRACK's (v2.2, `track_info.tracking.providers[].events[]`)."""
    told = {
        "time_iso": at.isoformat(),
        "time_utc": at.isoformat(),
        "description": words,
        "location": town,
        "stage": "InTransit",
        "sub_status": "InTransit_Other",
        "address": {"country": None, "state": None, "city": town, "postal_code": None, "street": None},
        "serial": number * len(_WAY) + place,
    }
    return msgspec.json.encode(told).decode()


def _parcel(number: int, order: OrderId, shop: Shop, now: datetime) -> Shipment:
    known = Shipment(
        id=_id(number),
        shop=shop.id,
        order=order,
        purpose=Purpose.OUTBOUND,
        belongs_to="1",
        numbers=(TrackedNumber(number_of(number), "dhl", is_confirmed=True),),
        created_at=now - _AGE,
        origin="CN",
        destination="DE",
        asking=Asking(now - timedelta(seconds=number % 3600)),
    )
    return add_reports(known, events(number, now, KNOWN, timedelta(hours=6))).shipment


def _id(number: int) -> ShipmentId:
    return ShipmentId(f"parcel{number:08d}")
