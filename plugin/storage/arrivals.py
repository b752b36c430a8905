"""Keeps what platforms send, of all merchants at once: one commit for deliveries that came together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from threading import Lock

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId
from plugin.domain.stored import Arrival
from plugin.ports.arrivals import Keep
from plugin.storage.cipher import WrappedKey
from plugin.storage.errors import translated_errors
from plugin.storage.repositories.inbox import arrival_row
from plugin.storage.tables import inbox, merchant_keys
from plugin.storage.unit_of_work import Means
from plugin.storage.vault import content_key, key_place

_POSTGRES = postgresql.insert(inbox).on_conflict_do_nothing()
_SQLITE = sqlite.dialect()
_WRITERS = {"sqlite": 1, "postgresql": 4}
"""SQLite has one writer; PostgreSQL flushes to the disk together what several connections commit at the same time."""
_MOST_KEYS = 10_000


class SqlArrivals:
    """`plugin.ports.arrivals.Arrivals`: every row carries the merchant its message names, sealed under their key.

    A merchant's key stays the same for good (rotation wraps it anew), so a process reads it once.
    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self._keys: dict[MerchantId, bytes] = {}
        self._lock = Lock()

    @property
    def writers(self) -> int:
        """How many commits side by side are quicker than one after the other."""
        return _WRITERS[self._means.engines.incoming.dialect.name]

    @contextmanager
    def turn(self) -> Iterator[Keep]:
        """On SQLite one at a time, of all processes."""
        with self._means.lock.held(is_incoming=True):
            yield self._keep

    def _keep(self, arrivals: Sequence[Arrival]) -> None:
        with translated_errors():
            try:
                self._insert(arrivals)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                self._insert(arrivals)  # it died while it lay idle, or just now: nothing is kept twice

    def _insert(self, arrivals: Sequence[Arrival]) -> None:
        with self._means.engines.incoming.begin() as connection:
            rows = [arrival_row(each, self._key(each.message.merchant, connection)) for each in arrivals]
            if connection.dialect.name == _SQLITE.name:
                connection.exec_driver_sql(_text(tuple(rows[0]), len(rows)), _bound(rows))
            else:
                connection.execute(_POSTGRES, rows)

    def _key(self, merchant: MerchantId, connection: Connection) -> bytes:
        known = self._keys.get(merchant)
        if known is None:
            known = self._read(merchant, connection)
            with self._lock:
                if len(self._keys) >= _MOST_KEYS:
                    self._keys.clear()
                self._keys[merchant] = known
        return known

    def _read(self, merchant: MerchantId, connection: Connection) -> bytes:
        columns = merchant_keys.c
        wrapped = select(columns.key_id, columns.wrapped_key).where(columns.merchant_id == merchant)
        row = connection.execute(wrapped).first()
        if row is None:
            raise NotFound({"merchant": merchant})
        key = self._means.data_keys.unwrap(WrappedKey(row.key_id, row.wrapped_key), key_place(merchant))
        return content_key(key)


@cache
def _text(names: Sequence[str], rows: int) -> str:
    """One statement for all rows: at each step of several, other threads would take the interpreter in the meantime."""
    values = [{name: bindparam(f"{name}_{row}", type_=inbox.c[name].type) for name in names} for row in range(rows)]
    return str(sqlite.insert(inbox).values(values).on_conflict_do_nothing().compile(dialect=_SQLITE))


def _bound(rows: Sequence[Mapping[str, object]]) -> tuple[object, ...]:
    """Their values one after the other, as the driver takes them."""
    return tuple(_to_driver(name)(value) for row in rows for name, value in row.items())


@cache
def _to_driver(column: str) -> Callable[[object], object]:
    return inbox.c[column].type.dialect_impl(_SQLITE).bind_processor(_SQLITE) or (lambda value: value)
