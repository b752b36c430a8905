"""Parcels that are followed, in memory, and who has which to ask about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.pace import NOT_THERE
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.ports.shipments import DueShipment
from tests.fakes.tables import Tables

if TYPE_CHECKING:
    from tests.fakes.units import FakeUnits


@dataclass(slots=True)
class FakeShipments:
    tables: Tables

    def get(self, shipment: ShipmentId) -> Shipment:
        if shipment not in self.tables.shipments:
            raise NotFound({"shipment": shipment})
        return self._opened(self.tables.shipments[shipment])

    def some(self, shipments: Sequence[ShipmentId]) -> Sequence[Shipment]:
        return [self.get(each) for each in sorted(set(shipments)) if each in self.tables.shipments]

    def of_orders(self, orders: Sequence[OrderId], *, with_void: bool = False) -> Mapping[OrderId, Sequence[Shipment]]:
        found: dict[OrderId, list[Shipment]] = {}
        for each in sorted(self.tables.shipments.values(), key=lambda each: (each.created_at, each.id)):
            if each.order in orders and (with_void or not each.is_void):
                found.setdefault(each.order, []).append(self._opened(each))
        return found

    def by_number(self, numbers: Sequence[str]) -> Sequence[Shipment]:
        known = self.tables.shipments.values()
        found = [each for each in known if any(number.number in numbers for number in each.numbers)]
        newest = sorted(found, key=lambda each: (each.created_at, each.id), reverse=True)
        return [self._opened(each) for each in newest]

    def arrived(self, since: datetime, after: Shipment | None, limit: int) -> Sequence[Shipment]:
        live = [each for each in self.tables.shipments.values() if not each.is_void and each.whereabouts.delivered]
        begin = _arrival(after) if after else (since, "")
        return [self._opened(each) for each in sorted(live, key=_arrival) if _arrival(each) > begin][:limit]

    def sent_back(self, since: datetime, after: Shipment | None, limit: int) -> Sequence[Shipment]:
        live = [each for each in self.tables.shipments.values() if each.purpose is Purpose.RETURN and not each.is_void]
        sent = sorted((each.shipped_at, each.id) for each in live if each.shipped_at)
        begin = (after.shipped_at, after.id) if after and after.shipped_at else (since, "")
        return [self.get(name) for at, name in sent if (at, name) > begin][:limit]

    def save(self, shipments: Sequence[Shipment]) -> None:
        if len({each.id for each in shipments}) < len(shipments):
            raise Conflict({"what": "shipment"})
        for each in shipments:
            known = self.tables.shipments.get(each.id)
            if each.version != (known.version if known else 0) or self._is_taken(each):
                raise Conflict({"what": "shipment"})
            if each.order not in self.tables.orders:
                raise NotFound({"order": each.order})
        for each in shipments:
            kept = replace(each, reports=()) if each.is_forgotten else each
            self.tables.shipments[each.id] = replace(kept, version=each.version + 1)
            self.tables.shipment_leases.pop(each.id, None)

    def put_off(self, shipments: Sequence[ShipmentId], until: datetime, given_up: datetime) -> None:
        for each in (self.tables.shipments[name] for name in shipments if name in self.tables.shipments):
            next_at = None if each.created_at <= given_up else until
            self.tables.shipments[each.id] = replace(each, asking=replace(each.asking, next_at=next_at))
            self.tables.shipment_leases.pop(each.id, None)

    def wake(self, now: datetime) -> int:
        waiting = [
            each
            for each in self.tables.shipments.values()
            if each.whereabouts.status is DeliveryStatus.UNKNOWN and each.asking.next_at and each.asking.next_at > now
        ]
        for each in waiting:
            self.tables.shipments[each.id] = replace(each, asking=replace(each.asking, next_at=now))
        return len(waiting)

    def wake_told(self, now: datetime, until: datetime, carriers: Collection[str]) -> int:
        waiting = [
            each
            for each in self.tables.shipments.values()
            if each.whereabouts.status in NOT_THERE and each.asking.next_at and now < each.asking.next_at <= until
            if not carriers or {number.carrier for number in each.numbers} & {*carriers, None}
        ]
        for each in waiting:
            self.tables.shipments[each.id] = replace(each, asking=replace(each.asking, next_at=now))
        return len(waiting)

    def _is_taken(self, new: Shipment) -> bool:
        if new.version:
            return False
        known = self.tables.shipments.values()
        return any(_made_for(each) == _made_for(new) for each in known)

    def _opened(self, shipment: Shipment) -> Shipment:
        if self.tables.holders.get(shipment.order) not in self.tables.erased:
            return shipment
        return replace(shipment, reports=(), asking=replace(shipment.asking, next_at=None), is_forgotten=True)


def _arrival(shipment: Shipment) -> tuple[datetime, str]:
    delivered = shipment.whereabouts.delivered
    return (delivered.at if delivered else shipment.created_at, shipment.id)


def _made_for(shipment: Shipment) -> tuple[str, ...]:
    return (shipment.order, shipment.purpose, shipment.belongs_to, shipment.numbers[0].number)


@dataclass(slots=True)
class FakeShipmentLease:
    units: FakeUnits

    def lease(self, now: datetime, until: datetime, limit: int) -> Sequence[DueShipment]:
        due = [
            (each.asking.next_at, merchant, each.id)
            for merchant, rows in self.units.tables.items()
            for each in rows.shipments.values()
            if each.asking.next_at and each.asking.next_at <= now
            if rows.holders.get(each.order) not in rows.erased
            if rows.shipment_leases.get(each.id, now) <= now
        ]
        taken = [DueShipment(merchant, shipment) for _, merchant, shipment in sorted(due)[:limit]]
        for each in taken:
            self.units.tables[each.merchant].shipment_leases[each.shipment] = until
        return taken
