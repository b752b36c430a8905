"""Parcels that are followed; what was told of each is sealed under the key of the person who ordered it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, bindparam, case, literal, null, or_

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.kept_reports import KeptReports
from plugin.domain.tracking.pace import NOT_THERE
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.storage.kept_told import NOTHING_TOLD, Told, sealed_whole
from plugin.storage.persons import Person, Persons
from plugin.storage.scope import Scope, Values, batches
from plugin.storage.shipment_row import changed_columns, load_shipment, shipment_row
from plugin.storage.tables import orders, people, shipment_numbers, shipments

_table = shipments
_columns = shipments.c
_WITH_PERSON = shipments.join(people)
_NUMBERED = shipment_numbers.join(shipments).join(people)
_READ = (
    *(_columns[name] for name in ("id", "person_id", "version", "record", "told", "told_since", "gist")),
    *(people.c.key_id, people.c.wrapped_key),
)


@dataclass(slots=True)
class _Known:
    """A row as it was read: whose key seals it, and what does not have to be written again where it is the same."""

    person: Person
    told: Told | None
    shipment: Shipment


class SqlShipments:
    """`plugin.ports.shipments.Shipments`."""

    def __init__(self, scope: Scope, persons: Persons) -> None:
        self._scope = scope
        self._persons = persons
        self._known: dict[ShipmentId, _Known] = {}

    def get(self, shipment: ShipmentId) -> Shipment:
        """Raises `NotFound`."""
        row = self._scope.row(self._select().where(_columns.id == shipment))
        if row is None:
            raise NotFound({"shipment": shipment})
        return self._load(row)

    def some(self, shipments: Sequence[ShipmentId]) -> Sequence[Shipment]:
        """Those that are on record."""
        return [self._load(row) for row in self._scope.rows_at(self._select(), _columns.id, sorted(set(shipments)))]

    def of_orders(self, orders: Sequence[OrderId], *, with_void: bool = False) -> Mapping[OrderId, Sequence[Shipment]]:
        """Each order's, the earliest first.

        Sorted here: asked for an order, SQLite walks all of a merchant's by `ix_shipments_created` to sort these few.
        """
        statement = self._select() if with_void else self._select().where(_columns.is_void.is_(False))
        found: dict[OrderId, list[Shipment]] = defaultdict(list)
        for batch in batches(sorted(set(orders))):
            for row in self._scope.rows(statement.where(_columns.order_id.in_(batch))):
                shipment = self._load(row)
                found[shipment.order].append(shipment)
        return {order: sorted(each, key=lambda one: (one.created_at, one.id)) for order, each in found.items()}

    def by_number(self, numbers: Sequence[str]) -> Sequence[Shipment]:
        """Newest first."""
        statement = self._scope.select(_NUMBERED, *_READ)
        rows = self._scope.rows_sharing(statement, shipment_numbers.c.number, sorted(set(numbers)))
        once = {row[0]: row for row in rows}  # one may go under several of the numbers
        found = [self._load(row) for row in once.values()]
        return sorted(found, key=attrgetter("created_at", "id"), reverse=True)

    def arrived(self, since: datetime, after: Shipment | None, limit: int) -> Sequence[Shipment]:
        """By the index of deliveries, from where the last page ended; only those of the page are opened."""
        last = after.whereabouts.delivered if after else None
        return self._since(_columns.delivered_at, (last.at, after.id) if after and last else (since, ""), limit)

    def sent_back(self, since: datetime, after: Shipment | None, limit: int) -> Sequence[Shipment]:
        """By the index of dispatches, likewise."""
        begin = (after.shipped_at, after.id) if after and after.shipped_at else (since, "")
        return self._since(_columns.shipped_at, begin, limit, _columns.purpose == Purpose.RETURN)

    def _since(
        self, column: Column[Any], begin: tuple[datetime, str], limit: int, *wanted: ColumnElement[bool]
    ) -> list[Shipment]:
        """Those that count, by when the column says; `begin` is the last that was read already."""
        at, name = begin
        statement = self._scope.select(shipments, _columns.id).where(_columns.is_void.is_(False), *wanted)
        statement = statement.where(column >= at, or_(column > at, _columns.id > name))
        ids = [row.id for row in self._scope.rows(statement.order_by(column, _columns.id).limit(limit))]
        found = {each.id: each for each in self.some(ids)}
        return [found[each] for each in ids if each in found]

    def save(self, shipments: Sequence[Shipment]) -> None:
        """All or nothing: raises `Conflict` when one has moved on."""
        if not shipments:
            return
        with self._scope.savepoint():
            self._insert([each for each in shipments if each.version == 0])
            self._update(sorted((each for each in shipments if each.version > 0), key=lambda each: each.id))

    def put_off(self, shipments: Sequence[ShipmentId], until: datetime, given_up: datetime) -> None:
        """One statement a batch; nobody's save is overtaken."""
        next_at = case((_columns.created_at <= given_up, null()), else_=literal(until, _columns.next_at.type))
        for batch in batches(sorted(set(shipments))):
            statement = self._scope.update(_table).where(_columns.id.in_(batch))
            self._scope.run(statement.values(next_at=next_at, leased_until=None))

    def wake(self, now: datetime) -> int:
        """Those nobody has told of have their turn now; what they are kept as stays, so nobody's save is overtaken."""
        waits = (_columns.status == DeliveryStatus.UNKNOWN.value) & (_columns.next_at > now)
        return self._scope.run(self._scope.update(shipments).where(waits).values(next_at=now))

    def wake_told(self, now: datetime, until: datetime, carriers: Collection[str]) -> int:
        """By the index of states: what has arrived, nearly all there is, is not looked at."""
        waits = _columns.status.in_(sorted(NOT_THERE)) & (_columns.next_at > now) & (_columns.next_at <= until)
        statement = self._scope.update(shipments).where(waits)
        if carriers:
            named = sorted(carriers)
            is_theirs = or_(_columns.carrier.in_(named), _columns.sent_with.in_(named), _columns.carrier.is_(None))
            statement = statement.where(is_theirs)
        return self._scope.run(statement.values(next_at=now))

    def _insert(self, new: Sequence[Shipment]) -> None:
        if not new:
            return
        holders = self._holders(sorted({each.order for each in new}))
        missing = next((each.order for each in new if each.order not in holders), None)
        if missing is not None:
            raise NotFound({"order": missing})
        rows = [self._new_row(each, holders[each.order]) for each in new]
        self._scope.insert(shipments, rows)
        self._number(new)

    def _new_row(self, new: Shipment, person: Person) -> Values:
        return {**shipment_row(new), "person_id": person.id, **self._sealed(new, person)}

    def _update(self, changed: Sequence[Shipment]) -> None:
        """Only what changed is written, rows that change alike at once: a change of schedule costs a few bytes."""
        self._learn([each.id for each in changed if each.id not in self._known])
        alike: dict[tuple[str, ...], list[Values]] = defaultdict(list)
        renumbered = []
        for each in changed:
            known = self._known.pop(each.id)
            row = {**changed_columns(known.shipment, each), "_id": each.id, "_version": each.version}
            if each.reports is not known.shipment.reports:
                row.update(self._told(each, known))
            alike[tuple(row)].append(row)
            if each.numbers != known.shipment.numbers:
                renumbered.append(each)
        for rows in alike.values():
            self._write(rows)
        self._unnumber([each.id for each in renumbered])
        self._number(renumbered)

    def _write(self, rows: Sequence[Values]) -> None:
        is_it = (_columns.id == bindparam("_id")) & (_columns.version == bindparam("_version"))
        saved = self._scope.update(shipments).where(is_it).values(version=_columns.version + 1, leased_until=null())
        if self._scope.run(saved, rows) != len(rows):
            raise Conflict({"what": "shipment"})

    def _learn(self, unknown: Sequence[ShipmentId]) -> None:
        """Read what another unit has read: whose key it is; raises `Conflict` for one that is not there."""
        if len(self.some(unknown)) != len(unknown):
            raise Conflict({"what": "shipment"})

    def _number(self, numbered: Sequence[Shipment]) -> None:
        rows = [{"number": n, "shipment_id": each.id} for each in numbered for n in sorted(_numbers(each))]
        self._scope.insert(shipment_numbers, rows)

    def _unnumber(self, ids: Sequence[ShipmentId]) -> None:
        for batch in batches(ids):
            gone = self._scope.delete(shipment_numbers).where(shipment_numbers.c.shipment_id.in_(batch))
            self._scope.run(gone)

    def _holders(self, wanted: Sequence[OrderId]) -> dict[OrderId, Person]:
        joined = orders.join(people)
        columns = (orders.c.id, orders.c.person_id, people.c.key_id, people.c.wrapped_key)
        rows = self._scope.rows_at(self._scope.select(joined, *columns), orders.c.id, wanted)
        return {row.id: self._persons.holder(row.person_id, row) for row in rows}

    def _told(self, changed: Shipment, known: _Known) -> Values:
        """What was told: one piece more where nothing but news came, else sealed anew."""
        reports = changed.reports
        if known.told and isinstance(reports, KeptReports) and reports.kept is known.shipment.reports:
            return known.told.grown(reports) or self._sealed(changed, known.person)
        return self._sealed(changed, known.person)

    def _sealed(self, shipment: Shipment, person: Person) -> Values:
        if person.key is None or shipment.is_forgotten:
            return NOTHING_TOLD
        return sealed_whole(person.key, shipment.reports, self._scope.merchant, shipment.id)

    def _select(self) -> Select[Any]:
        return self._scope.select(_WITH_PERSON, *_READ)

    def _load(self, row: Row[Any]) -> Shipment:
        values: Sequence[Any] = row  # by place: looking each up by its name takes longer than opening it
        name, person_id, version, record, cell, since, gist, *_ = values
        person = self._persons.holder(person_id, row)
        told = Told(person.key, cell, since, gist, self._scope.merchant, name) if person.key and cell else None
        reports = told.reports() if told else ()
        shipment = load_shipment(record, reports, version, is_forgotten=told is None)
        self._known[shipment.id] = _Known(person, told, shipment)
        return shipment


def _numbers(shipment: Shipment) -> set[str]:
    return {each.number for each in shipment.numbers}
