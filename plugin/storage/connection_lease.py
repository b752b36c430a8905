"""Hands due connections of all merchants to one worker at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, update

from plugin.domain.ids import MerchantId, ShopId
from plugin.ports.connections import DuePoll
from plugin.storage.errors import translated_errors
from plugin.storage.tables import connections
from plugin.storage.unit_of_work import Means


class SqlConnectionLease:
    """`plugin.ports.connections.ConnectionLease`; safe with several workers on both databases."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def lease_polls(self, now: datetime, until: datetime, limit: int) -> Sequence[DuePoll]:
        """Due connections, longest due first, leased until then; an idle worker never takes the write lock."""
        with translated_errors():
            if not self._is_any_due(now):
                return []
            with self._means.lock.held(is_incoming=False):
                return self._take(now, until, limit)

    def _is_any_due(self, now: datetime) -> bool:
        with self._means.engines.read.connect() as connection:
            return bool(connection.execute(select(exists().where(_due(now)))).scalar())

    def _take(self, now: datetime, until: datetime, limit: int) -> Sequence[DuePoll]:
        columns = connections.c
        due = (
            select(columns.merchant_id, columns.shop_id)
            .where(_due(now))
            .order_by(columns.due_at, columns.merchant_id, columns.shop_id)
            .limit(limit)
            .with_for_update(skip_locked=True)  # PostgreSQL; on SQLite there is one writer
        )
        is_it = and_(columns.merchant_id == bindparam("_merchant"), columns.shop_id == bindparam("_shop"))
        with self._means.engines.write.begin() as connection:
            rows = connection.execute(due).all()
            if rows:
                taken = [{"_merchant": row.merchant_id, "_shop": row.shop_id} for row in rows]
                connection.execute(update(connections).where(is_it).values(leased_until=until), taken)
        return [DuePoll(MerchantId(row.merchant_id), ShopId(row.shop_id)) for row in rows]


def _due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(connections.c.leased_until.is_(None), connections.c.leased_until <= now)
    return and_(connections.c.due_at <= now, is_free)
