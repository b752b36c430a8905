"""A PostgreSQL database: copied by pg_dump while others write, restored by pg_restore beside what is there.

What was there keeps its tables under schemas of other names until the restore has succeeded, so undoing is renaming.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from plugin.backup.errors import BackupError
from plugin.backup.manifest import Kind, Manifest
from plugin.backup.snapshot import Snapshot
from plugin.backup.tools import libpq_url, load_by_script, major, run, tool
from plugin.storage.tables import metadata

_SCHEMAS = ("public", "dbos")
_PREFIX = "aftercare_before_restore_"
_OURS = {*metadata.tables, "alembic_version"}
_PER_MAJOR = 10_000
_KEYS = "SELECT key_id FROM public.merchant_keys UNION SELECT key_id FROM public.people WHERE key_id IS NOT NULL"
_SETTINGS = "SELECT name FROM pg_settings"
_TABLES = """
    SELECT table_schema, table_name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema = ANY(%s) ORDER BY 1, 2
"""
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""

Session = psycopg.Connection[tuple[object, ...]]


class PostgresSource:
    """The database that `DATABASE_URL` names."""

    kind = Kind.POSTGRESQL

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def dump(self, to: Path) -> Snapshot:
        """Copy what one transaction sees, and count in the same."""
        with _connected(self._url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            (seen,) = _row(connection, "SELECT pg_export_snapshot()")
            found = look_through(connection)
            program = tool("pg_dump", found.server)
            schemas = [f"--schema={name}" for name in _SCHEMAS]
            how = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={seen}", f"--file={to}"]
            run(program, self._url, *how, *schemas)
        return found


class PostgresTarget:
    """The database that `DATABASE_URL` names, with what is there moved aside."""

    kind = Kind.POSTGRESQL

    def __init__(self, database_url: str) -> None:
        self.url = database_url

    def require_usable(self, manifest: Manifest) -> None:
        """Refuse an older server, a database others are connected to, and one with tables that are not ours."""
        with _connected(self.url) as connection:
            server = _server(connection)
            if server < manifest.server:
                raise BackupError(f"This backup is of PostgreSQL {manifest.server}, and the server is {server}: older.")
            (others,) = _row(connection, _OTHERS)
            if others:
                raise BackupError(f"{others} other connections use the database: stop web and worker on every machine.")
            strange = sorted(name for schema, name in _tables(connection) if schema == "public" and name not in _OURS)
            if strange:
                raise BackupError(f"The database holds tables that are not Aftercare's ({strange[0]}): use another.")
        tool("pg_restore", manifest.server)

    def holds_data(self) -> bool:
        """Whether a merchant is on record."""
        with _connected(self.url) as connection:
            if ("public", "merchants") not in _tables(connection):
                return False
            return bool(_row(connection, "SELECT count(*) FROM public.merchants")[0])

    def load(self, dump: Path) -> Snapshot:
        """Move aside what is there, and bring in the copy in one transaction."""
        self.let_go()
        with _connected(self.url) as connection:
            _rename(connection, "", _PREFIX)
        program = tool("pg_restore", 0)
        with _connected(self.url) as connection:
            server, known = _server(connection), {str(name) for (name,) in connection.execute(_SETTINGS)}
        if major(program) > server:
            load_by_script(program, self.url, dump, known)
        else:
            how = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
            run(program, self.url, *how, str(dump))
        with _connected(self.url) as connection:
            return look_through(connection)

    def undo(self) -> None:
        """Put back what was moved aside."""
        with _connected(self.url) as connection:
            if _schemas(connection, _PREFIX):
                for name in _schemas(connection):
                    _drop(connection, name)
                _rename(connection, _PREFIX, "")

    def let_go(self) -> None:
        """Drop what was moved aside."""
        with _connected(self.url) as connection:
            for name in _schemas(connection, _PREFIX):
                _drop(connection, name)


def look_through(connection: Session) -> Snapshot:
    """What the database holds now."""
    tables = _tables(connection)
    if ("public", "alembic_version") not in tables:
        raise BackupError("The database is empty: there is nothing to back up.")
    counts = {f"{schema}.{name}": _count(connection, schema, name) for schema, name in tables}
    (revision,) = _row(connection, "SELECT version_num FROM public.alembic_version")
    keys = frozenset(str(key) for (key,) in connection.execute(_KEYS))
    return Snapshot(str(revision), counts, keys, _server(connection))


def _tables(connection: Session) -> list[tuple[str, str]]:
    return [(str(schema), str(name)) for schema, name in connection.execute(_TABLES, [list(_SCHEMAS)])]


def _count(connection: Session, schema: str, table: str) -> int:
    counted = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
    row = connection.execute(counted).fetchone()
    return int(str(row[0])) if row else 0


def _schemas(connection: Session, prefix: str = "") -> list[str]:
    asked = [prefix + name for name in _SCHEMAS]
    found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname = ANY(%s)", [asked])
    return [str(name) for (name,) in found]


def _rename(connection: Session, before: str, after: str) -> None:
    for name in _schemas(connection, before):
        old, new = sql.Identifier(name), sql.Identifier(after + name.removeprefix(before))
        connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(old, new))


def _drop(connection: Session, schema: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def _server(connection: Session) -> int:
    return connection.info.server_version // _PER_MAJOR


def _row(connection: Session, query: str) -> tuple[object, ...]:
    row = connection.execute(query.encode()).fetchone()
    return row if row is not None else (None,)


@contextmanager
def _connected(database_url: str) -> Iterator[Session]:
    """One transaction, committed at the end of the block."""
    try:
        with psycopg.connect(libpq_url(database_url), connect_timeout=10) as connection:
            yield connection
    except psycopg.Error as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise BackupError(f"The database cannot be used now: {reason}.") from error


@contextmanager
def scratch_database(database_url: str) -> Iterator[str]:
    """An empty database beside this one, for the length of a block; raises `BackupError` where none may be made."""
    name = f"aftercare_verify_{token_hex(8)}"
    named = sql.Identifier(name)
    with _autocommit(database_url) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(named))
        except psycopg.errors.InsufficientPrivilege as error:
            raise BackupError(
                "This user may not make a database to try the backup in: ALTER ROLE ... CREATEDB, or restore it into "
                "an empty installation (another DATABASE_URL and AFTERCARE_HOME)."
            ) from error
    try:
        yield urlsplit(database_url)._replace(path=f"/{name}").geturl()
    finally:
        with _autocommit(database_url) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))


@contextmanager
def _autocommit(database_url: str) -> Iterator[Session]:
    with _connected(database_url) as connection:
        connection.autocommit = True
        yield connection
