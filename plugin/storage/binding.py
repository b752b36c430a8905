"""A statement and many rows of values, as a database's driver takes them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, UpdateBase

_Process = Callable[[Any], Any]


def bound_rows(
    statement: UpdateBase, rows: Sequence[Mapping[str, Any]], dialect: Dialect
) -> tuple[str, list[tuple[Any, ...]] | list[dict[str, Any]]]:
    """The text, and for each row what is bound in it; rows have the first one's names, the rest the statement holds."""
    compiled = statement.compile(dialect=dialect, column_keys=list(rows[0]))
    held = compiled.params
    names = list(getattr(compiled, "positiontup", None) or held)
    columns = [_column(name, rows, held, _process(compiled.binds[name].type, dialect)) for name in names]
    bound = zip(*columns, strict=True)
    return str(compiled), list(bound) if compiled.positional else [dict(zip(names, row, strict=True)) for row in bound]


def _column(
    name: str, rows: Sequence[Mapping[str, Any]], held: Mapping[str, Any], process: _Process | None
) -> Sequence[Any]:
    """What is bound under a name, row by row."""
    if name not in rows[0]:
        return [process(held[name]) if process else held[name]] * len(rows)
    return [process(row[name]) for row in rows] if process else [row[name] for row in rows]


def _process(kind: Any, dialect: Dialect) -> _Process | None:  # noqa: ANN401 - any type of SQLAlchemy's
    found: _Process | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found
