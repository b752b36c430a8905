"""Across merchants: whose push address something came to, and which of what came is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, tuple_, update

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.push import PushId
from plugin.ports.carrier_accounts import DuePush
from plugin.storage.cipher import WrappedKey, place, unseal
from plugin.storage.errors import translated_errors
from plugin.storage.repositories.carrier_accounts import COLUMN, TABLE, account_of, token_hash
from plugin.storage.tables import carrier_accounts, carrier_pushes, merchant_keys
from plugin.storage.unit_of_work import Means
from plugin.storage.vault import content_key, key_place

_columns = carrier_pushes.c
_KEY = (_columns.merchant_id, _columns.id)


class SqlPushAddresses:
    """`plugin.ports.carrier_accounts.PushAddresses`."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def account_by_token(self, push_token: str) -> tuple[MerchantId, CarrierAccount] | None:
        """The account whose push address this is part of; None: nobody's."""
        accounts, keys = carrier_accounts.c, merchant_keys.c
        columns: list[ColumnElement[Any]] = [*accounts, keys.key_id, keys.wrapped_key]
        found = (
            select(*columns)
            .join(merchant_keys, keys.merchant_id == accounts.merchant_id)
            .where(accounts.push_hash == token_hash(push_token))
        )
        with translated_errors(), self._means.engines.read.connect() as connection:
            row = connection.execute(found).first()
        if row is None:
            return None
        merchant = MerchantId(row.merchant_id)
        key = self._means.data_keys.unwrap(WrappedKey(row.key_id, row.wrapped_key), key_place(merchant))
        plain = unseal(content_key(key), row.secrets, place(merchant, TABLE, row.kind, COLUMN))
        return merchant, account_of(row, plain)


class SqlPushLease:
    """`plugin.ports.carrier_accounts.PushLease`; safe with several workers on both databases."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def lease_pushes(self, now: datetime, until: datetime, limit: int) -> Sequence[DuePush]:
        """Due ones, oldest first; an idle worker never takes the write lock."""
        with translated_errors():
            if not self._is_any_due(now):
                return []
            with self._means.lock.held(is_incoming=False):
                return self._take(now, until, limit)

    def _is_any_due(self, now: datetime) -> bool:
        with self._means.engines.read.connect() as connection:
            return bool(connection.execute(select(exists().where(_due(now)))).scalar())

    def _take(self, now: datetime, until: datetime, limit: int) -> Sequence[DuePush]:
        due = (
            select(*_KEY)
            .where(_due(now))
            .order_by(_columns.due_at, *_KEY)
            .limit(limit)
            .with_for_update(skip_locked=True)  # PostgreSQL; on SQLite there is one writer
            .cte("due")
        )
        is_it = tuple_(*_KEY).in_(select(due.c.merchant_id, due.c.id))
        values = {"leased_until": until, "attempts": _columns.attempts + 1}
        taken = update(carrier_pushes).where(is_it).values(values).returning(*_KEY, _columns.due_at, _columns.attempts)
        with self._means.engines.write.begin() as connection:
            rows = sorted(connection.execute(taken).all(), key=lambda row: (row.due_at, row.merchant_id, row.id))
        return [DuePush(MerchantId(row.merchant_id), PushId(row.id), row.attempts) for row in rows]


def _due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(_columns.leased_until.is_(None), _columns.leased_until <= now)
    return and_(_columns.due_at <= now, is_free)
