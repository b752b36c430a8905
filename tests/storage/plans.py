"""How SQLite means to read: plans of real statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from plugin.storage import Storage


@contextmanager
def planned(storage: Storage) -> Iterator[list[list[str]]]:
    """Collect SQLite's plan of each statement that is read."""
    asked: list[tuple[str, Any]] = []
    plans: list[list[str]] = []
    engine = storage.means.engines.read

    def remember(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", remember)
    yield plans
    event.remove(engine, "before_cursor_execute", remember)
    with engine.connect() as connection:
        for statement, parameters in asked:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans.append([str(step[-1]) for step in steps])
