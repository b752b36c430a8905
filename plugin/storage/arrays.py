"""PostgreSQL: many rows or keys as one array per column, so that a statement stays one whatever their number.

A text of many parameters is parsed and planned anew each time, and rows that are sent one by one are carried out one by
one. Documentation: https://www.postgresql.org/docs/current/functions-array.html (`unnest`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Select,
    Table,
    TableValuedAlias,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

_KEY = "looked_up"


def one_per_key(statement: Select[Any], key: Column[Any], values: Sequence[Any]) -> Select[Any]:
    """The rows of `statement` whose unique `key` is among the values, each looked up by itself in the key's index.

    `key IN (...)` leaves the choice to the planner. Of a table that grew since it was last analysed it believes that
    the merchant has hardly a row, and reads them all: an import slowed down with every order it had stored. `key = ...`
    does so too: of an empty table every index that begins with the merchant is as good, and the plan is kept. The first
    row from the key on, in the key's order, is at hand in one index alone.
    """
    wanted = _wanted(key, values)
    first = statement.add_columns(key.label(_KEY)).where(key >= wanted.c.key).order_by(key).limit(1)
    return _looked_up(first, wanted)


def all_per_key(statement: Select[Any], key: Column[Any], values: Sequence[Any]) -> Select[Any]:
    """The same of a `key` that several rows share, the rows of each looked up by themselves.

    `OFFSET 0` keeps the planner from joining the two as it likes.
    """
    wanted = _wanted(key, values)
    theirs = statement.add_columns(key.label(_KEY)).where(key >= wanted.c.key, key <= wanted.c.key)
    return _looked_up(theirs.order_by(key).offset(0), wanted)


def _wanted(key: Column[Any], values: Sequence[Any]) -> TableValuedAlias:
    keys = func.unnest(literal(list(values), ARRAY(key.type)))
    return keys.table_valued(column("key", key.type), name="wanted").render_derived()


def _looked_up(apart: Select[Any], wanted: TableValuedAlias) -> Select[Any]:
    found = apart.lateral("found")
    return select(*(each for each in found.c if each.name != _KEY)).select_from(
        wanted.join(found, found.c[_KEY] == wanted.c.key)
    )


def rows_of(table: Table, rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], Select[Any]]:
    """Names of the columns and a select of the rows, for `INSERT ... SELECT`; each row has the first one's columns."""
    names = list(rows[0])
    return names, select(*_unnested(table, names, rows).c)


def _unnested(table: Table, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> TableValuedAlias:
    arrays = (literal([row[name] for row in rows], ARRAY(table.c[name].type)) for name in names)
    columns = (column(name, table.c[name].type) for name in names)
    return func.unnest(*arrays).table_valued(*columns, name="given").render_derived()
