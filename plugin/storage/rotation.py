"""Wraps every data key anew under the current app key, in batches; stopped anywhere, the next run goes on."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, select, update

from plugin.domain.ids import MerchantId
from plugin.storage.cipher import WrappedKey
from plugin.storage.errors import translated_errors
from plugin.storage.persons import key_place as person_place
from plugin.storage.tables import merchant_keys, people
from plugin.storage.unit_of_work import Means
from plugin.storage.vault import key_place as merchant_place

_BATCH = 500


def rewrap(means: Means) -> int:
    """How many data keys were wrapped anew. Contents stay as they are: only their keys' wrapping changes."""
    with translated_errors():
        merchants = _rewrap(means, merchant_keys, "merchant_id", lambda row: merchant_place(row.merchant_id))
        return merchants + _rewrap(means, people, "id", lambda row: person_place(MerchantId(row.merchant_id), row.id))


def wrapped_otherwise(means: Means, key_id: str) -> bool:
    """Whether a data key is wrapped under another app key than this one."""
    with translated_errors(), means.engines.read.connect() as connection:
        return any(connection.execute(_others(table, key_id).limit(1)).first() for table in (merchant_keys, people))


def open_merchants(means: Means) -> int:
    """Open every merchant's data key and change nothing; how many there are. Raises `CannotOpen`."""
    with translated_errors(), means.engines.read.connect() as connection:
        rows = connection.execute(select(*merchant_keys.c)).all()
    for row in rows:
        means.data_keys.unwrap(WrappedKey(row.key_id, row.wrapped_key), merchant_place(row.merchant_id))
    return len(rows)


def _rewrap(means: Means, table: Table, row_id: str, place_of: Callable[[Row[Any]], bytes]) -> int:
    count = 0
    while True:
        with means.lock.held(is_incoming=False), means.engines.write.begin() as connection:
            rows = _outdated(connection, table, means.data_keys.ring.current)
            if not rows:
                return count
            _write(connection, table, row_id, [(row, _anew(means, row, place_of(row))) for row in rows])
            count += len(rows)


def _outdated(connection: Connection, table: Table, current: str) -> Sequence[Row[Any]]:
    return connection.execute(_others(table, current).limit(_BATCH).with_for_update()).all()


def _others(table: Table, key_id: str) -> Select[Any]:
    return select(*table.c).where(table.c.wrapped_key.is_not(None), table.c.key_id != key_id)


def _anew(means: Means, row: Row[Any], at: bytes) -> WrappedKey:
    return means.data_keys.wrap(means.data_keys.unwrap(WrappedKey(row.key_id, row.wrapped_key), at), at)


def _write(connection: Connection, table: Table, row_id: str, fresh: Sequence[tuple[Row[Any], WrappedKey]]) -> None:
    statement = update(table).where(table.c.merchant_id == bindparam("_merchant"), table.c[row_id] == bindparam("_id"))
    values = [
        {
            "_merchant": row.merchant_id,
            "_id": getattr(row, row_id),
            "key_id": wrapped.key_id,
            "wrapped_key": wrapped.sealed,
        }
        for row, wrapped in fresh
    ]
    connection.execute(statement, values)
