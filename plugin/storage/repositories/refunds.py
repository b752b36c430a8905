"""Refunds of ours; granting one holds its order's row, and where money is paid to is sealed under the person's key."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select

from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, RefundId
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.payee import BankAccount, Payee, Wallet
from plugin.storage.cipher import place, seal, unseal
from plugin.storage.errors import CannotOpen
from plugin.storage.persons import Persons
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import orders, people, refund_intents

_columns = refund_intents.c
_encoder = msgspec.json.Encoder()
_decoder = decoder(RefundIntent)
_KINDS: dict[str, type[Payee]] = {"bank": BankAccount, "wallet": Wallet}


class SqlRefunds:
    """`plugin.ports.refunds.Refunds`."""

    def __init__(self, scope: Scope, persons: Persons) -> None:
        self._scope = scope
        self._persons = persons

    def hold(self, order: OrderId) -> Sequence[RefundIntent]:
        """Lock the order's row first (SQLite: the unit has the only right to write), then read; raises `NotFound`."""
        statement = self._scope.select(orders, orders.c.id).where(orders.c.id == order).with_for_update()
        if self._scope.row(statement) is None:
            raise NotFound({"order": order})
        return self._all(_columns.order_id == order)

    def of(self, orders: Sequence[OrderId]) -> Sequence[RefundIntent]:
        """All of these orders', oldest first."""
        found = [intent for batch in batches(sorted(orders)) for intent in self._all(_columns.order_id.in_(batch))]
        return sorted(found, key=lambda intent: (intent.created_at, intent.id))

    def get(self, refund: RefundId) -> RefundIntent:
        """Raises `NotFound`."""
        row = self._scope.row(self._select().where(_columns.id == refund))
        if row is None:
            raise NotFound({"refund": refund})
        return _intent(row)

    def for_purpose(self, purpose: str) -> Sequence[RefundIntent]:
        """All granted for one purpose, oldest first."""
        return self._all(_columns.purpose == purpose)

    def save(self, intents: Sequence[RefundIntent]) -> None:
        """All or nothing: raises `Conflict` when one has moved on, or another has its platform's refund."""
        with self._scope.savepoint():
            self._scope.insert(refund_intents, [_row(intent) for intent in intents if intent.version == 0])
            for intent in sorted((i for i in intents if i.version > 0), key=lambda i: i.id):
                self._update(intent)

    def due(self, now: datetime, limit: int) -> Sequence[RefundId]:
        """Those whose next attempt may begin, longest due first."""
        statement = self._scope.select(refund_intents, _columns.id).where(_columns.due_at <= now)
        return [row.id for row in self._scope.rows(statement.order_by(_columns.due_at, _columns.id).limit(limit))]

    def changed(self, since: datetime, before: datetime, limit: int) -> Sequence[RefundIntent]:
        """Those that last moved in this time, oldest first."""
        moved = (_columns.changed_at >= since) & (_columns.changed_at < before)
        found = self._select().where(moved).order_by(_columns.changed_at, _columns.id).limit(limit)
        return [_intent(row) for row in self._scope.rows(found)]

    def keep_payee(self, refund: RefundId, payee: Payee) -> None:
        """Raises `NotFound`, and once the person is erased."""
        key = self._key(refund)
        if key is None:
            raise NotFound({"refund": refund})
        kind = next(name for name, known in _KINDS.items() if isinstance(payee, known))
        sealed = seal(key, _encoder.encode([kind, payee]), self._place(refund))
        self._scope.run(self._scope.update(refund_intents).where(_columns.id == refund).values(payee=sealed))

    def payee(self, refund: RefundId) -> Payee | None:
        """None: nobody said so, the person was erased, or the order is another's since. Raises `NotFound`."""
        row = self._scope.row(self._scope.select(refund_intents, _columns.payee).where(_columns.id == refund))
        key = self._key(refund)
        if row is None or row.payee is None or key is None:
            return None
        try:
            opened = unseal(key, row.payee, self._place(refund))
        except CannotOpen:  # sealed under the key of whoever had the order then
            return None
        kind, fields = decoder(tuple[str, msgspec.Raw]).decode(opened)
        return decoder(_KINDS[kind]).decode(fields)

    def _update(self, intent: RefundIntent) -> None:
        is_this = (_columns.id == intent.id) & (_columns.version == intent.version)
        if self._scope.run(self._scope.update(refund_intents).where(is_this).values(**_row(intent))) != 1:
            raise Conflict({"what": "refund"})

    def _all(self, condition: ColumnElement[bool]) -> Sequence[RefundIntent]:
        statement = self._select().where(condition).order_by(_columns.created_at, _columns.id)
        return [_intent(row) for row in self._scope.rows(statement)]

    def _select(self) -> Select[Any]:
        return self._scope.select(refund_intents, _columns.record, _columns.version)

    def _key(self, refund: RefundId) -> bytes | None:
        joined = refund_intents.join(orders).join(people)
        row = self._scope.row(
            self._scope.select(joined, orders.c.person_id, people.c.key_id, people.c.wrapped_key).where(
                _columns.id == refund
            )
        )
        if row is None:
            raise NotFound({"refund": refund})
        return self._persons.holder(row.person_id, row).key

    def _place(self, refund: RefundId) -> bytes:
        return place(self._scope.merchant, "refund_intents", refund, "payee")


def _row(intent: RefundIntent) -> dict[str, Any]:
    """One row at its next version, but for the payee."""
    return {
        "id": intent.id,
        "order_id": intent.order,
        "purpose": intent.purpose,
        "state": intent.state.value,
        "code": intent.code,
        "platform_refund": intent.platform_refund,
        "total_minor": intent.total.presentment.minor,
        "currency": intent.total.presentment.currency,
        "created_at": intent.created_at,
        "changed_at": intent.changed_at,
        "due_at": intent.due_at,
        "version": intent.version + 1,
        "record": _encoder.encode(intent),
    }


def _intent(row: Any) -> RefundIntent:  # noqa: ANN401 - a row of SQLAlchemy's
    """The version is the row's: the record was written before it was counted up."""
    return replace(_decoder.decode(row.record), version=row.version)
