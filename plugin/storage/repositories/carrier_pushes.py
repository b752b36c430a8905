"""What one merchant's carrier accounts pushed, sealed, until it is read or somebody has looked at it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from plugin.domain.tracking.push import Push, PushId
from plugin.ports.carrier_accounts import ParkedPush
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import carrier_pushes
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "carrier_pushes", "body"
_columns = carrier_pushes.c


class SqlCarrierPushes:
    """`plugin.ports.carrier_accounts.CarrierPushes`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def add(self, push: Push) -> bool:
        """Record it; False when the same body is here already. Once applied, the same is news again."""
        row = {
            "id": push.id,
            "kind": push.kind,
            "received_at": push.received_at,
            "due_at": push.due_at,
            "attempts": push.attempts,
            "fault": push.fault,
            "fault_field": push.fault_field,
            "body_hash": self._vault.body_hash(push.body),
            "body": self._vault.seal(_TABLE, push.id, _COLUMN, push.body),
        }
        return self._scope.insert_new(carrier_pushes, [row]) == 1

    def get(self, push: PushId) -> Push | None:
        """None: it is done, or was let go."""
        row = self._scope.row(self._scope.select(carrier_pushes, *_columns).where(_columns.id == push))
        return self._push(row) if row else None

    def done(self, push: PushId) -> None:
        """Forget it."""
        self._scope.run(self._scope.delete(carrier_pushes).where(_columns.id == push))

    def retry_at(self, push: PushId, at: datetime, fault: str) -> None:
        """Give its lease back; try again then."""
        self._change(push, {"due_at": at, "fault": fault})

    def park(self, push: PushId, fault: str, fault_field: str) -> None:
        """It is tried no more unasked."""
        self._change(push, {"due_at": None, "fault": fault, "fault_field": fault_field})

    def parked(self, limit: int) -> Sequence[ParkedPush]:
        """The latest first; they stay sealed."""
        names = ("id", "kind", "received_at", "attempts", "fault", "fault_field")
        told = self._scope.select(carrier_pushes, *(_columns[name] for name in names))
        latest = told.where(_columns.due_at.is_(None)).order_by(_columns.received_at.desc(), _columns.id.desc())
        rows = self._scope.rows(latest.limit(limit))
        return [ParkedPush(r.id, r.kind, r.received_at, r.attempts, r.fault, r.fault_field) for r in rows]

    def revive(self, at: datetime) -> int:
        """Try all that are parked again from then on, as if they had just come."""
        waiting = self._scope.update(carrier_pushes).where(_columns.due_at.is_(None))
        return self._scope.run(waiting.values(due_at=at, attempts=0, leased_until=None))

    def forget(self, before: datetime) -> int:
        """Forget those parked that came before."""
        old = (_columns.received_at < before) & _columns.due_at.is_(None)
        return self._scope.run(self._scope.delete(carrier_pushes).where(old))

    def _change(self, push: PushId, values: Values) -> None:
        changed = self._scope.update(carrier_pushes).where(_columns.id == push)
        self._scope.run(changed.values(leased_until=None, **values))

    def _push(self, row: Row[Any]) -> Push:
        return Push(
            id=row.id,
            kind=row.kind,
            body=self._vault.unseal(_TABLE, row.id, _COLUMN, row.body),
            received_at=row.received_at,
            due_at=row.due_at,
            attempts=row.attempts,
            fault=row.fault,
            fault_field=row.fault_field,
        )
