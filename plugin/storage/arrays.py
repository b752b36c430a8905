"""PostgreSQL: many rows or keys as one array per column, so that a statement stays one whatever their number.

A text of many parameters is parsed and planned anew each time, and rows that are sent one by one are carried out one by
one. Documentation: https://www.postgresql.org/docs/current/functions-array.html (`unnest`).
"""

from collections.abc import Callable, Mapping, Sequence
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
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY


def one_per_key(statement: Select[Any], key: Column[Any], values: Sequence[Any]) -> Select[Any]:
    """The rows of `statement` whose unique `key` is among the values, each looked up by itself in the key's index.

    `key IN (...)` leaves the choice to the planner. Of a table that grew since it was last analysed it believes that
    the merchant has hardly a row, and reads them all: an import slowed down with every order it had stored. So it does
    for `key = ...`: of an empty table every index that begins with the merchant is as good, and the plan is kept. Rows
    in the key's order are at hand in one index alone.
    """
    return _looked_up(statement, key, values, lambda found: found.limit(1))


def all_per_key(statement: Select[Any], key: Column[Any], values: Sequence[Any]) -> Select[Any]:
    """The same of a `key` that several rows share, the rows of each looked up by themselves.

    `OFFSET 0` keeps the planner from joining the two as it likes.
    """
    return _looked_up(statement, key, values, lambda found: found.offset(0))


def _looked_up(
    statement: Select[Any], key: Column[Any], values: Sequence[Any], apart: Callable[[Select[Any]], Select[Any]]
) -> Select[Any]:
    wanted = (
        func.unnest(literal(list(values), ARRAY(key.type)))
        .table_valued(column("key", key.type), name="wanted")
        .render_derived()
    )
    in_order = statement.where(key >= wanted.c.key, key <= wanted.c.key).order_by(key)
    found = apart(in_order).lateral("found")
    return select(found).select_from(wanted.join(found, true()))


def rows_of(table: Table, rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], Select[Any]]:
    """Names of the columns and a select of the rows, for `INSERT ... SELECT`; each row has the first one's columns."""
    names = list(rows[0])
    return names, select(*_unnested(table, names, rows).c)


def _unnested(table: Table, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> TableValuedAlias:
    arrays = (literal([row[name] for row in rows], ARRAY(table.c[name].type)) for name in names)
    columns = (column(name, table.c[name].type) for name in names)
    return func.unnest(*arrays).table_valued(*columns, name="given").render_derived()
