"""Lanes in memory, and the deliveries they are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.times import Source
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import Delivery, Lane
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.ports.lanes import DeliveredParcel
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeLanes:
    tables: Tables

    def deliveries(self, since: datetime, after: DeliveredParcel | None, limit: int) -> Sequence[DeliveredParcel]:
        found = (self._read(each) for each in self.tables.shipments.values())
        arrived = [each for each in found if each and each.delivery.delivered_at >= since]
        rest = [each for each in sorted(arrived, key=_place) if after is None or _place(each) > _place(after)]
        return rest[:limit]

    def find(self, lanes: Collection[Lane]) -> Mapping[Lane, LaneDays]:
        return {lane: self.tables.lanes[lane] for lane in lanes if lane in self.tables.lanes}

    def replace(self, lanes: Iterable[LaneDays]) -> None:
        self.tables.lanes = {each.lane: each for each in lanes}

    def _read(self, each: Shipment) -> DeliveredParcel | None:
        arrived = each.whereabouts.delivered
        is_counted = each.purpose is Purpose.OUTBOUND and not each.is_void and each.destination
        if arrived is None or arrived.source not in {Source.CARRIER, Source.PLATFORM} or not is_counted:
            return None
        ordered = self.tables.orders[each.order].order.placed.at
        way = (each.numbers[0].carrier, each.origin, each.service)
        return DeliveredParcel(
            each.id, Delivery(each.shop, str(each.destination), each.shipped_at, arrived.at, *way, ordered)
        )


def _place(parcel: DeliveredParcel) -> tuple[datetime, str]:
    return parcel.delivery.delivered_at, parcel.id
