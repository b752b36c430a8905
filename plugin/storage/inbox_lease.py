"""Hands due inbox messages of all merchants to one worker at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, exists, or_, select, update

from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.domain.stored import InboxMessage
from plugin.storage.cipher import WrappedKey, place, unseal
from plugin.storage.errors import CannotOpen, translated_errors
from plugin.storage.repositories.inbox import content_of
from plugin.storage.tables import inbox, merchant_keys
from plugin.storage.unit_of_work import Means
from plugin.storage.vault import content_key, key_place

_SEALED = "sealed"


class SqlInboxLease:
    """`plugin.ports.unit_of_work.InboxLease`; safe with several workers on both databases."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def lease(self, now: datetime, until: datetime, limit: int) -> Sequence[InboxMessage]:
        """Due messages, oldest first, leased until then. What does not open stays leased, with the reason beside it."""
        with translated_errors():
            if not self.is_any_due(now):  # an idle worker never takes the write lock
                return []
            with self._means.lock.held(is_incoming=False), self._means.engines.write.begin() as connection:
                rows = _take(connection, now, until, limit)
                return [message for row in rows if (message := self._open(connection, row))]

    def is_any_due(self, now: datetime) -> bool:
        """By one look at the index of what is due."""
        with translated_errors(), self._means.engines.read.connect() as connection:
            return bool(connection.execute(select(exists().where(_due(now)))).scalar())

    def _open(self, connection: Connection, row: Row[Any]) -> InboxMessage | None:
        try:
            return self._message(row)
        except CannotOpen:
            connection.execute(_update().values(reason=_SEALED), {"_merchant": row.merchant_id, "_id": row.id})
            return None

    def _message(self, row: Row[Any]) -> InboxMessage:
        merchant = MerchantId(row.merchant_id)
        key = self._means.data_keys.unwrap(WrappedKey(row.key_id, row.wrapped_key), key_place(merchant))
        content = content_of(unseal(content_key(key), row.content, place(merchant, "inbox", row.id, "content")))
        return InboxMessage(
            id=row.id,
            merchant=merchant,
            shop=row.shop_id,
            platform=Platform(row.platform),
            topic=row.topic,
            headers=content.headers,
            body=content.body,
            received_at=row.received_at,
            attempts=row.attempts + 1,
        )


def _take(connection: Connection, now: datetime, until: datetime, limit: int) -> Sequence[Row[Any]]:
    columns: list[ColumnElement[Any]] = [*inbox.c, merchant_keys.c.key_id, merchant_keys.c.wrapped_key]
    due = (
        select(*columns)
        .join(merchant_keys, merchant_keys.c.merchant_id == inbox.c.merchant_id)
        .where(_due(now))
        .order_by(inbox.c.due_at, inbox.c.id)
        .limit(limit)
        .with_for_update(of=inbox, skip_locked=True)  # PostgreSQL; on SQLite there is one writer
    )
    rows = connection.execute(due).all()
    if rows:
        leased = _update().values(leased_until=until, attempts=inbox.c.attempts + 1)
        connection.execute(leased, [{"_merchant": row.merchant_id, "_id": row.id} for row in rows])
    return rows


def _due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(inbox.c.leased_until.is_(None), inbox.c.leased_until <= now)
    return and_(inbox.c.due_at <= now, is_free)


def _update() -> Any:  # noqa: ANN401 - an update awaiting its values
    return update(inbox).where(inbox.c.merchant_id == bindparam("_merchant"), inbox.c.id == bindparam("_id"))
