"""Alerts about parcels, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.money import Money
from plugin.domain.tracking.alert_settings import AlertSettings
from plugin.domain.tracking.exceptions.alert import Alert
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeAlerts:
    tables: Tables

    def settings(self) -> AlertSettings:
        return self.tables.alert_settings

    def save_settings(self, settings: AlertSettings, at: datetime) -> None:
        self.tables.alert_settings = settings
        self.tables.alert_watches = {each: min(at, due) for each, due in self.tables.alert_watches.items()}

    def get(self, alert: str) -> Alert:
        if alert not in self.tables.alerts:
            raise NotFound({"alert": alert})
        return self._opened(self.tables.alerts[alert])

    def of_shipments(self, shipments: Sequence[ShipmentId]) -> Mapping[ShipmentId, Sequence[Alert]]:
        found: dict[ShipmentId, list[Alert]] = {}
        for each in self._ordered():
            if each.shipment in shipments:
                found.setdefault(each.shipment, []).append(each)
        return found

    def of_orders(self, orders: Sequence[OrderId]) -> Mapping[OrderId, Sequence[Alert]]:
        found: dict[OrderId, list[Alert]] = {}
        for each in self._ordered():
            if each.order in orders:
                found.setdefault(each.order, []).append(each)
        return found

    def listed(
        self, limit: int, *, is_all: bool = False, past: Alert | None = None, is_back: bool = False
    ) -> Sequence[Alert]:
        found = self._ordered()[::-1] if is_all else [each for each in self._ordered() if each.needs_attention]
        key = (past.raised_at, past.id) if past else None
        if key is not None:
            found = [
                each
                for each in found
                if (each.raised_at, each.id) != key and ((each.raised_at, each.id) < key) is (is_all != is_back)
            ]
        return found[-limit:] if is_back else found[:limit]

    def waiting(self, most: int) -> int:
        return min(sum(each.needs_attention for each in self.tables.alerts.values()), most)

    def promised(self, currency: str) -> Money:
        found = [each.open_promise.amount for each in self.tables.alerts.values() if each.open_promise]
        return Money(sum(each.minor for each in found if each.currency == currency), currency)

    def save(self, alerts: Sequence[Alert]) -> None:
        for each in alerts:
            if each.order not in self.tables.orders or each.shipment not in self.tables.shipments:
                raise NotFound({"order": each.order})
            known = self.tables.alerts.get(each.id)
            if each.version != (known.version if known else 0):
                raise Conflict({"what": "alert"})
        for each in alerts:
            self.tables.alerts[each.id] = replace(each, version=each.version + 1)

    def watch(self, shipment: ShipmentId, at: datetime | None) -> None:
        self.tables.alert_watches.pop(shipment, None)
        if at is not None:
            self.tables.alert_watches[shipment] = at

    def due(self, now: datetime, limit: int) -> Sequence[ShipmentId]:
        found = sorted((at, each) for each, at in self.tables.alert_watches.items() if at <= now)
        return [each for _, each in found][:limit]

    def _ordered(self) -> list[Alert]:
        ordered = sorted(self.tables.alerts.values(), key=lambda each: (each.raised_at, each.id))
        return [self._opened(each) for each in ordered]

    def _opened(self, alert: Alert) -> Alert:
        is_gone = self.tables.holders.get(alert.order) in self.tables.erased
        return replace(alert, address=None) if is_gone else alert
