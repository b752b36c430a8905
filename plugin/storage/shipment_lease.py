"""Hands due parcels of all merchants to one worker at a time, many at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, update

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
            .order_by(_columns.next_at)
            .limit(limit)
            .with_for_update(skip_locked=True)  # PostgreSQL; on SQLite there is one writer
        )
        # Row by row: of a table it never analysed PostgreSQL reads all, to find a batch of keys that are named at once.
        is_it = and_(_columns.merchant_id == bindparam("_merchant"), _columns.id == bindparam("_id"))
        with self._means.engines.write.begin() as connection:
            rows = connection.execute(due).all()
            if rows:
                taken = [{"_merchant": row.merchant_id, "_id": row.id} for row in rows]
                connection.execute(update(shipments).where(is_it).values(leased_until=until), taken)
        return [DueShipment(MerchantId(row.merchant_id), ShipmentId(row.id)) for row in rows]


def _due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(_columns.leased_until.is_(None), _columns.leased_until <= now)
    return and_(_columns.next_at <= now, is_free)
