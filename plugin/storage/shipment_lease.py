"""Hands due parcels of all merchants to one worker at a time, many at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select, update

from plugin.domain.ids import MerchantId, ShipmentId
from plugin.ports.shipments import DueShipment
from plugin.storage.errors import translated_errors
from plugin.storage.tables import shipments
from plugin.storage.unit_of_work import Means

_columns = shipments.c


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
        """One statement, which finds the rows by where they lie.

        By their keys PostgreSQL reads all of a table it never analysed, to find a batch that is named at once.
        """
        with self._means.engines.write.begin() as connection:
            is_postgres = connection.dialect.name == "postgresql"
            lies: ColumnElement[Any] = literal_column("shipments.ctid" if is_postgres else "shipments.rowid")
            due = select(lies).where(_due(now)).order_by(_columns.next_at).limit(limit)
            if is_postgres:
                is_it = lies == func.any(func.array(due.with_for_update(skip_locked=True).scalar_subquery()))
            else:  # there is one writer
                is_it = lies.in_(due)
            taken = update(shipments).where(is_it).values(leased_until=until)
            rows = connection.execute(taken.returning(_columns.next_at, _columns.merchant_id, _columns.id)).all()
        return [DueShipment(MerchantId(row.merchant_id), ShipmentId(row.id)) for row in sorted(rows, key=tuple)]


def _due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(_columns.leased_until.is_(None), _columns.leased_until <= now)
    return and_(_columns.next_at <= now, is_free)
