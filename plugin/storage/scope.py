"""A connection that knows one merchant only: every statement it makes carries the merchant, none is written by hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    FromClause,
    Insert,
    Join,
    Row,
    Select,
    Table,
    Update,
    UpdateBase,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from plugin.domain.ids import MerchantId
from plugin.storage.arrays import all_per_key, one_per_key, rows_of
from plugin.storage.binding import bound_rows
from plugin.storage.errors import translated_errors

_BATCH = 500
_FEW = 50
"""Rows of which each may hold a message, two megabytes at most as a rule."""
_COUNTED = {"preserve_rowcount": True}  # SQLAlchemy counts inserted rows only when asked to
Item = TypeVar("Item")

Values = Mapping[str, Any]
Change = Callable[[Any], Values]
Condition = Callable[[Any], ColumnElement[bool]]


class Scope:
    """What repositories and views get instead of a connection.

    Reads start from one table, which is confined to the merchant; joins follow the composite foreign keys, each of
    which includes the merchant. Inserts set the merchant; updates and deletes are confined to it.
    """

    def __init__(self, connection: Connection, merchant: MerchantId) -> None:
        self.merchant = merchant
        self._connection = connection

    @property
    def is_postgres(self) -> bool:
        """Whether rows can be locked one by one; SQLite has one writer anyway."""
        return self._connection.dialect.name == "postgresql"

    def select(self, source: FromClause, *columns: ColumnElement[Any]) -> Select[Any]:
        """A select from a table, or from joins along foreign keys, confined to the merchant."""
        return select(*columns).select_from(source).where(_first_table(source).c.merchant_id == self.merchant)

    def update(self, table: Table) -> Update:
        """An update of the merchant's rows."""
        return update(table).where(table.c.merchant_id == self.merchant)

    def delete(self, table: Table) -> Delete:
        """A delete of the merchant's rows."""
        return delete(table).where(table.c.merchant_id == self.merchant)

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        """All rows of a select made here."""
        with translated_errors():
            return self._connection.execute(statement).all()

    def rows_at(self, statement: Select[Any], key: Column[Any], values: Sequence[Any]) -> Iterable[Row[Any]]:
        """The rows of a select made here whose `key`, unique in what it selects, is among the values."""
        for batch in batches(values):
            found = one_per_key(statement, key, batch) if self.is_postgres else statement.where(key.in_(batch))
            yield from self.rows(found)

    def rows_sharing(self, statement: Select[Any], key: Column[Any], values: Sequence[Any]) -> Iterable[Row[Any]]:
        """The same where several rows may have the same `key`."""
        for batch in batches(values):
            found = all_per_key(statement, key, batch) if self.is_postgres else statement.where(key.in_(batch))
            yield from self.rows(found)

    def few_at_once(self, statement: Select[Any], key: Column[Any]) -> Iterator[Row[Any]]:
        """Rows of large cells, of a select made here, in its order: which they are at once, what they hold by fifty.

        `key` is unique in what it selects. What is gone when its turn comes is passed over.
        """
        keys = [row[0] for row in self.rows(statement.with_only_columns(key))]
        for few in batches(keys, _FEW):
            found = {getattr(row, key.name): row for row in self.rows_at(statement.order_by(None), key, few)}
            yield from (found[each] for each in few if each in found)

    def row(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row, or None."""
        with translated_errors():
            return self._connection.execute(statement).first()

    def run(self, statement: Update | Delete, rows: Sequence[Values] | None = None) -> int:
        """Carry out an update or delete made here, once per row of values; how many rows it met."""
        if rows is None:
            return self._write(statement)
        return sum(self._write_each(statement, batch) for batch in batches(rows))

    def insert(self, table: Table, rows: Iterable[Values]) -> None:
        """Insert rows as the merchant's."""
        for batch in batches(self._owned(rows)):
            self._insert(insert(table), table, batch)

    def insert_new(self, table: Table, rows: Iterable[Values]) -> int:
        """Insert those rows that break no unique constraint; how many."""
        statement = self._dialect_insert(table).on_conflict_do_nothing()
        return sum(self._insert(statement, table, batch) for batch in batches(self._owned(rows)))

    def upsert(
        self,
        table: Table,
        rows: Iterable[Values],
        key: Sequence[str],
        change: Change | None = None,
        only: Condition | None = None,
    ) -> None:
        """Insert rows, or where `key` (the merchant is part of it) exists: set what `change` says, else every column.

        `change` and `only` are given the columns of the row that could not be inserted; where `only` does not hold,
        the row on record stays.
        """
        statement = self._dialect_insert(table)
        for batch in batches(self._owned(rows)):
            new = statement.excluded
            values = change(new) if change else {name: new[name] for name in batch[0] if name not in key}
            keys, where = ["merchant_id", *key], only(new) if only else None
            self._write(statement.on_conflict_do_update(index_elements=keys, set_=values, where=where), batch)

    def savepoint(self) -> Any:  # noqa: ANN401 - SQLAlchemy's nested transaction, used as a context
        """All or nothing within the transaction."""
        return self._connection.begin_nested()

    def _insert(self, statement: Insert, table: Table, rows: Sequence[Values]) -> int:
        if self.is_postgres:
            return self._write(statement.from_select(*rows_of(table, rows)))
        return self._write(statement, rows)

    def _write(self, statement: UpdateBase, rows: Sequence[Values] | None = None) -> int:
        with translated_errors():
            return self._connection.execute(statement, rows, execution_options=_COUNTED).rowcount

    def _write_each(self, statement: Update | Delete, rows: Sequence[Values]) -> int:
        """Once per row of the same columns; bound here: SQLAlchemy takes as long to bind as SQLite to write."""
        with translated_errors():
            sql, bound = bound_rows(statement, rows, self._connection.dialect)
            return self._connection.exec_driver_sql(sql, bound, execution_options=_COUNTED).rowcount

    def _owned(self, rows: Iterable[Values]) -> list[dict[str, Any]]:
        return [{**row, "merchant_id": self.merchant} for row in rows]

    def _dialect_insert(self, table: Table) -> Any:  # noqa: ANN401 - two dialects' inserts with the same methods
        return postgresql.insert(table) if self.is_postgres else sqlite.insert(table)


def batches(rows: Sequence[Item], most: int = _BATCH) -> Iterable[Sequence[Item]]:
    """Slices of at most so many: bounded statements, bounded memory."""
    return (rows[start : start + most] for start in range(0, len(rows), most))


def _first_table(source: FromClause) -> FromClause:
    while isinstance(source, Join):
        source = source.left
    return source
