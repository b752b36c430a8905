"""PostgreSQL databases that are emptied and used again: to make one takes longer than most tests run.

What a test gets is as the migrations made it: no row but theirs, every sequence at its start, nobody connected. One
that cannot be brought back to that is dropped.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import psycopg
from psycopg import sql

from tests.support.postgres import Cluster

_TABLES = """
SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"""
_SHAPE = """
SELECT attrelid, attname, atttypid, atttypmod, attnotnull FROM pg_attribute
WHERE attrelid >= 16384 ORDER BY attrelid, attnum"""  # PostgreSQL's own begin below: FirstNormalObjectId
_RESTART = """
SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences"""
_DISCONNECT = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""

Connection = psycopg.Connection[tuple[object, ...]]
Rows = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What a migrated database holds."""

    shape: Rows
    filled: tuple[tuple[sql.Identifier, Rows], ...]
    empty: tuple[sql.Identifier, ...]


class Databases:
    """Those of one worker."""

    def __init__(self, cluster: Cluster, template: str) -> None:
        self._cluster = cluster
        self._template = template
        self._free: list[str] = []
        self._lines: dict[str, Connection] = {}  # kept: a new one has to learn what it empties, table by table
        self._cleaner = f"cleaner_{uuid.uuid4().hex}"  # a user of its own: a restore refuses while its own is connected
        cluster.let_in(self._cleaner)
        self._beginning: _Beginning | None = None

    def take(self) -> str:
        """Return the name of a migrated database that nobody else has."""
        if self._free:
            return self._free.pop()
        name = f"test_{uuid.uuid4().hex}"
        self._cluster.create(name, template=self._template)
        if self._beginning is None:
            with self._cluster.connect(name) as connection:
                self._beginning = _read(connection)
        return name

    def give_back(self, name: str) -> None:
        """Have it emptied for the next test."""
        assert self._beginning
        if self._is_new_again(name, self._beginning):
            self._free.append(name)
        else:
            self._lines.pop(name).close()
            self._cluster.drop(name)

    def close(self) -> None:
        """Let go of all of them."""
        for line in self._lines.values():
            line.close()

    def _is_new_again(self, name: str, beginning: _Beginning) -> bool:
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = self._cluster.connect(name, self._cleaner)
        try:
            line.execute(_DISCONNECT)
        except psycopg.OperationalError:  # a test has cut everybody off, this one too
            line.close()
            del self._lines[name]
            return self._is_new_again(name, beginning)
        return _empty(line, beginning)


def _read(connection: Connection) -> _Beginning:
    tables = [sql.Identifier(str(schema), str(name)) for schema, name in connection.execute(_TABLES)]
    held = [(table, _rows(connection, table)) for table in tables]
    filled = tuple((table, rows) for table, rows in held if rows)
    return _Beginning(_shape(connection), filled, tuple(table for table, rows in held if not rows))


def _empty(connection: Connection, beginning: _Beginning) -> bool:
    """Whether it is as it was in the beginning."""
    if _shape(connection) != beginning.shape:
        return False
    statements = [sql.SQL("SET session_replication_role = replica")]  # foreign keys and triggers look away
    statements += [sql.SQL("DELETE FROM {}").format(table) for table in beginning.empty]
    connection.execute(sql.SQL("; ").join(statements))
    connection.execute(_RESTART)
    return all(_rows(connection, table) == rows for table, rows in beginning.filled)


def _shape(connection: Connection) -> Rows:
    return connection.execute(_SHAPE).fetchall()


def _rows(connection: Connection, table: sql.Identifier) -> Rows:
    return connection.execute(sql.SQL("SELECT * FROM {} AS t ORDER BY t::text").format(table)).fetchall()
