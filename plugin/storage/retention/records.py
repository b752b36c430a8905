"""Retention on the database: settings, counts, holds, and the letting go, a transaction for each slice."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.retention import Kept, Retention
from plugin.ports.retention import Hold, LetGo
from plugin.storage.errors import translated_errors
from plugin.storage.repositories.people import SqlPeople
from plugin.storage.retention.letting_go import LettingGo
from plugin.storage.scope import Scope
from plugin.storage.tables import legal_holds, orders, retention_runs, retention_settings
from plugin.storage.unit_of_work import Means
from plugin.storage.vault import Vault

_KNOWN = {kept.value for kept in Kept}


class SqlRetentionRecords:
    """`plugin.ports.retention.RetentionRecords`."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def settings(self, merchant: MerchantId) -> Retention:
        """As usual where nothing is set; a class that is no more is passed over."""
        with self._reading() as connection:
            scope = Scope(connection, merchant)
            row = scope.row(scope.select(retention_settings, retention_settings.c.days))
        said: dict[str, int] = json.loads(row.days) if row else {}
        return Retention({Kept(name): days for name, days in said.items() if name in _KNOWN})

    def save_settings(self, merchant: MerchantId, retention: Retention, now: datetime) -> None:
        """All of it."""
        days = json.dumps({kept.value: days for kept, days in sorted(retention.days.items())})
        with self._writing() as connection:
            Scope(connection, merchant).upsert(retention_settings, [{"days": days, "saved_at": now}], [])

    def due(self, merchant: MerchantId, kept: Kept, retention: Retention, now: datetime) -> int:
        """Counted without changing anything."""
        with self._reading() as connection:
            return self._letting_go(connection, merchant, retention, now).due(kept)

    def let_go(self, merchant: MerchantId, kept: Kept, retention: Retention, now: datetime, limit: int) -> int:
        """What goes and its count are one transaction; who has nothing due waits for no writer."""
        with self._reading() as connection:
            is_due = self._letting_go(connection, merchant, retention, now).is_due(kept)
        if not is_due:
            return 0
        with self._writing() as connection:
            count = self._letting_go(connection, merchant, retention, now).let_go(kept, limit)
            row = {"day": now.astimezone(UTC).date().isoformat(), "kept": kept.value, "count": count}
            more = {"count": retention_runs.c.count + count}
            Scope(connection, merchant).upsert(retention_runs, [row], ["day", "kept"], change=lambda _: more)
        return count

    def log(self, merchant: MerchantId, limit: int) -> Sequence[LetGo]:
        """By day and class."""
        table = retention_runs.c
        with self._reading() as connection:
            scope = Scope(connection, merchant)
            statement = scope.select(retention_runs, table.day, table.kept, table.count.label("many"))
            rows = scope.rows(statement.order_by(table.day.desc(), table.kept).limit(limit))
        return [LetGo(date.fromisoformat(row.day), Kept(row.kept), row.many) for row in rows if row.kept in _KNOWN]

    def hold(self, merchant: MerchantId, order: OrderId, reason: str, now: datetime) -> None:
        """A second reason takes the place of the first."""
        with self._writing() as connection:
            scope = Scope(connection, merchant)
            if scope.row(scope.select(orders, orders.c.id).where(orders.c.id == order)) is None:
                raise NotFound({"order": order})
            sealed = self._vault(scope).seal("legal_holds", order, "reason", reason.encode())
            scope.upsert(legal_holds, [{"order_id": order, "held_at": now, "reason": sealed}], ["order_id"])

    def release(self, merchant: MerchantId, order: OrderId) -> bool:
        """What is due goes with the next run."""
        with self._writing() as connection:
            scope = Scope(connection, merchant)
            return scope.run(scope.delete(legal_holds).where(legal_holds.c.order_id == order)) > 0

    def holds(self, merchant: MerchantId) -> Mapping[OrderId, Hold]:
        """By order."""
        with self._reading() as connection:
            scope = Scope(connection, merchant)
            vault = self._vault(scope)
            rows = scope.rows(scope.select(legal_holds, *legal_holds.c).order_by(legal_holds.c.held_at))
            opened = {
                OrderId(row.order_id): vault.unseal("legal_holds", row.order_id, "reason", row.reason) for row in rows
            }
            return {
                OrderId(row.order_id): Hold(OrderId(row.order_id), row.held_at, opened[row.order_id].decode())
                for row in rows
            }

    def _letting_go(
        self, connection: Connection, merchant: MerchantId, retention: Retention, now: datetime
    ) -> LettingGo:
        scope = Scope(connection, merchant)
        vault = self._vault(scope)
        return LettingGo(scope, vault, SqlPeople(scope, vault, self._means.data_keys), retention, now)

    def _vault(self, scope: Scope) -> Vault:
        return Vault(scope, self._means.data_keys)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated_errors(), self._means.engines.read.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        means = self._means
        with translated_errors(), means.lock.held(is_incoming=False), means.engines.write.begin() as connection:
            yield connection
