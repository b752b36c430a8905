"""Alerts about parcels; the address that a shopper typed is sealed under the key of whose order it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Row, Select, func

from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.money import Money
from plugin.domain.tracking.alert_settings import AlertSettings
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.storage.cipher import place, seal, unseal
from plugin.storage.persons import Person, Persons
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import alert_settings, alert_watches, alerts, orders, people

_columns = alerts.c
_WITH_PERSON = alerts.join(people)
_READ = (_columns.id, _columns.person_id, _columns.version, _columns.record, _columns.address)
_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = decoder(Alert)
_settings_decoder = decoder(AlertSettings)


class SqlAlerts:
    """`plugin.ports.alerts.Alerts`."""

    def __init__(self, scope: Scope, persons: Persons) -> None:
        self._scope = scope
        self._persons = persons

    def settings(self) -> AlertSettings:
        """Those in force."""
        row = self._scope.row(self._scope.select(alert_settings, alert_settings.c.content))
        return AlertSettings() if row is None else _settings_decoder.decode(row.content)

    def save_settings(self, settings: AlertSettings, at: datetime) -> None:
        """Every parcel that is watched is due."""
        self._scope.upsert(alert_settings, [{"content": _encoder.encode(settings), "saved_at": at}], [])
        self._scope.run(self._scope.update(alert_watches).where(alert_watches.c.look_at > at).values(look_at=at))

    def get(self, alert: str) -> Alert:
        """Raises `NotFound`."""
        row = self._scope.row(self._select().where(_columns.id == alert))
        if row is None:
            raise NotFound({"alert": alert})
        return self._load(row)

    def of_shipments(self, shipments: Sequence[ShipmentId]) -> Mapping[ShipmentId, Sequence[Alert]]:
        """Each parcel's."""
        found: dict[ShipmentId, list[Alert]] = defaultdict(list)
        for each in self._of(_columns.shipment_id, shipments):
            found[each.shipment].append(each)
        return found

    def of_orders(self, orders: Sequence[OrderId]) -> Mapping[OrderId, Sequence[Alert]]:
        """Each order's."""
        found: dict[OrderId, list[Alert]] = defaultdict(list)
        for each in self._of(_columns.order_id, orders):
            found[each.order].append(each)
        return found

    def listed(
        self, limit: int, *, is_all: bool = False, past: Alert | None = None, is_back: bool = False
    ) -> Sequence[Alert]:
        """By when they were raised."""
        at, name, is_down = _columns.raised_at, _columns.id, is_all != is_back
        found = self._select().order_by(at.desc() if is_down else at, name.desc() if is_down else name)
        if not is_all:
            found = found.where(_columns.needs_attention.is_(True))
        if past is not None and is_down:
            found = found.where((at < past.raised_at) | ((at == past.raised_at) & (name < past.id)))
        elif past is not None:
            found = found.where((at > past.raised_at) | ((at == past.raised_at) & (name > past.id)))
        loaded = [self._load(row) for row in self._scope.rows(found.limit(limit))]
        return loaded[::-1] if is_back else loaded

    def waiting(self, most: int) -> int:
        """No row is opened for it."""
        waiting = self._scope.select(alerts, _columns.id).where(_columns.needs_attention.is_(True))
        return len(self._scope.rows(waiting.limit(most)))

    def promised(self, currency: str) -> Money:
        """No row is opened for it."""
        total = func.coalesce(func.sum(_columns.promised), 0).label("total")
        row = self._scope.row(self._scope.select(alerts, total).where(_columns.promised_in == currency))
        return Money(int(row.total) if row else 0, currency)

    def save(self, alerts: Sequence[Alert]) -> None:
        """All or nothing: raises `Conflict` when one has moved on, or was raised by somebody else."""
        if not alerts:
            return
        holders = self._holders(sorted({each.order for each in alerts}))
        missing = next((each.order for each in alerts if each.order not in holders), None)
        if missing is not None:
            raise NotFound({"order": missing})
        with self._scope.savepoint():
            for each in alerts:
                self._save(each, holders[each.order])

    def watch(self, shipment: ShipmentId, at: datetime | None) -> None:
        """One row for each parcel that the clock decides about."""
        if at is None:
            self._scope.run(self._scope.delete(alert_watches).where(alert_watches.c.shipment_id == shipment))
        else:
            self._scope.upsert(alert_watches, [{"shipment_id": shipment, "look_at": at}], ["shipment_id"])

    def due(self, now: datetime, limit: int) -> Sequence[ShipmentId]:
        """The longest due first."""
        table = alert_watches.c
        found = self._scope.select(alert_watches, table.shipment_id).where(table.look_at <= now)
        rows = self._scope.rows(found.order_by(table.look_at, table.shipment_id).limit(limit))
        return [ShipmentId(row.shipment_id) for row in rows]

    def _save(self, alert: Alert, person: Person) -> None:
        row = self._row(alert, person)
        if alert.version == 0:
            if self._scope.insert_new(alerts, [row]) != 1:
                raise Conflict({"what": "alert"})
            return
        is_this = (_columns.id == alert.id) & (_columns.version == alert.version)
        if self._scope.run(self._scope.update(alerts).where(is_this).values(**row)) != 1:
            raise Conflict({"what": "alert"})

    def _row(self, alert: Alert, person: Person) -> dict[str, Any]:
        """One row at its next version."""
        is_kept = alert.address is not None and person.key is not None
        address, promise = (alert.address or "").encode(), alert.open_promise
        return {
            "id": alert.id,
            "shipment_id": alert.shipment,
            "order_id": alert.order,
            "person_id": person.id,
            "kind": alert.kind.value,
            "raised_at": alert.raised_at,
            "needs_attention": alert.needs_attention,
            "promised": promise.amount.minor if promise else None,
            "promised_in": promise.amount.currency if promise else None,
            "version": alert.version + 1,
            "record": _encoder.encode(replace(alert, address=None)),
            "address": seal(person.key or b"", address, self._place(alert.id)) if is_kept else None,
        }

    def _of(self, column: Column[Any], wanted: Sequence[str]) -> list[Alert]:
        found = []
        for batch in batches(sorted(set(wanted))):
            statement = self._select().where(column.in_(batch)).order_by(_columns.raised_at, _columns.id)
            found += [self._load(row) for row in self._scope.rows(statement)]
        return found

    def _holders(self, wanted: Sequence[OrderId]) -> dict[OrderId, Person]:
        joined = orders.join(people)
        columns = (orders.c.id, orders.c.person_id, people.c.key_id, people.c.wrapped_key)
        rows = self._scope.rows_at(self._scope.select(joined, *columns), orders.c.id, wanted)
        return {OrderId(row.id): self._persons.holder(row.person_id, row) for row in rows}

    def _select(self) -> Select[Any]:
        return self._scope.select(_WITH_PERSON, *_READ, people.c.key_id, people.c.wrapped_key)

    def _load(self, row: Row[Any]) -> Alert:
        alert = replace(_decoder.decode(row.record), version=row.version)
        person = self._persons.holder(row.person_id, row)
        if row.address is None or person.key is None:
            return alert
        return replace(alert, address=unseal(person.key, row.address, self._place(row.id)).decode())

    def _place(self, alert: str) -> bytes:
        return place(self._scope.merchant, "alerts", alert, "address")
