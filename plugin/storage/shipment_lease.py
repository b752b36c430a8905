"""Hands due parcels of all merchants to one worker at a time, many at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, tuple_, update

from plugin.domain.ids import MerchantId, ShipmentId
from plugin.ports.shipments import DueShipment
from plugin.storage.errors import translated_errors
from plugin.storage.tables import shipments
from plugin.storage.unit_of_work import Means

_columns = shipments.c
_KEY = (_columns.merchant_id, _columns.id)


class SqlShipmentLease:
    """`plugin.ports.shipments.ShipmentLease`; safe with several workers on both databases."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def lease(self, now: datetime, until: datetime, limit: int) -> Sequence[DueShipment]:
        """Due parcels, longest due first; an idle worker never takes the write lock."""
        with translated_errors():
            if not self._is_any_due(now):
                return []
            with self._means.lock.held(is_incoming=False):
                return self._take(now, until, limit)

    def _is_any_due(self, now: datetime) -> bool:
        with self._means.engines.read.connect() as connection:
            return bool(connection.execute(select(exists().where(_due(now)))).scalar())

    def _take(self, now: datetime, until: datetime, limit: int) -> Sequence[DueShipment]:
        due = (
            select(*_KEY)
            .where(_due(now))
            .order_by(_columns.next_at, *_KEY)
            .limit(limit)
            .with_for_update(skip_locked=True)  # PostgreSQL; on SQLite there is one writer
            .cte("due")
        )
        is_it = tuple_(*_KEY).in_(select(due.c.merchant_id, due.c.id))
        taken = update(shipments).where(is_it).values(leased_until=until).returning(*_KEY, _columns.next_at)
        with self._means.engines.write.begin() as connection:
            rows = sorted(connection.execute(taken).all(), key=lambda row: (row.next_at, row.merchant_id, row.id))
        return [DueShipment(MerchantId(row.merchant_id), ShipmentId(row.id)) for row in rows]


def _due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(_columns.leased_until.is_(None), _columns.leased_until <= now)
    return and_(_columns.next_at <= now, is_free)
