"""Connections: how this app talks to SQLite and to PostgreSQL."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import CompiledCacheType, DBAPIConnection
from sqlalchemy.util import LRUCache

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-32000",
)
_SHARED: dict[str, Any] = {"pool_size": 5, "max_overflow": 15, "hide_parameters": True}
"""Hidden: an error that is logged quotes its statement, and would quote whose data it was about."""


class _Compiled(LRUCache[Any, Any]):
    """Statements in the SQL of one kind of database, whichever engine they were first compiled for.

    SQLAlchemy's key begins with the engine's own dialect object, and each engine would compile every statement anew.
    """

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 - whatever SQLAlchemy keeps
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Any) -> None:  # noqa: ANN401 - whatever SQLAlchemy keeps
        super().__setitem__(key[1:], value)


_ALONE = {"runs_alone": True}
"""Each statement is a transaction of its own, over the same connections as those that are not."""
_MOST_STATEMENTS = 1000  # twice what SQLAlchemy keeps for one engine
_IN_SQLITE: CompiledCacheType = _Compiled(_MOST_STATEMENTS)
_IN_POSTGRES: CompiledCacheType = _Compiled(_MOST_STATEMENTS)


@dataclass(frozen=True, slots=True)
class Engines:
    """`write` opens its transactions for writing at once; `read` cannot write and never waits for a writer.

    `incoming` runs one statement for any number of rows, all or none of them, without a transaction around it, and asks
    the server nothing else: whoever meets a connection that has died since (`connection_invalidated`) tries again.
    `maintenance` runs single statements that no transaction may hold (checkpoint, vacuum).
    """

    write: Engine
    read: Engine
    incoming: Engine

    @property
    def maintenance(self) -> Engine:
        """The writing engine without transactions."""
        return self.write.execution_options(isolation_level="AUTOCOMMIT")

    def dispose(self) -> None:
        """Close every connection."""
        self.write.dispose()
        self.read.dispose()
        self.incoming.dispose()


def open_engines(database_url: str) -> Engines:
    """Both engines for `sqlite:///path` or `postgresql://...`; raises `ValueError` for anything else."""
    url = make_url(database_url)
    if is_sqlite(url):
        database_file(url)
        write = _sqlite(url, is_read_only=False)
        return Engines(write, _sqlite(url, is_read_only=True), write.execution_options(**_ALONE))
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
        return Engines(_postgres(url), _postgres_read_only(url), _postgres_incoming(url))
    raise ValueError(f"databases of the kind {url.get_backend_name()!r} are not supported")


def is_sqlite(url: URL) -> bool:
    """Whether the address names an SQLite file."""
    return url.get_backend_name() == "sqlite"


def database_file(url: URL) -> Path:
    """The SQLite file an address names; raises `ValueError` for a database in memory."""
    if not url.database or url.database == ":memory:":
        raise ValueError("an SQLite database needs a file: several connections must see the same data")
    return Path(url.database)


def _sqlite(url: URL, *, is_read_only: bool) -> Engine:
    # isolation_level None: the driver leaves transactions to us, because its deferred BEGIN lets a read-then-write
    # fail with "database is locked" at once, whatever busy_timeout says.
    engine = create_engine(url, connect_args={"isolation_level": None}, **_SHARED)
    engine.update_execution_options(compiled_cache=_IN_SQLITE)
    pragmas = (*_PRAGMAS, "PRAGMA query_only=ON") if is_read_only else _PRAGMAS
    begin = "BEGIN" if is_read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT" and not options.keys() & _ALONE.keys():
            connection.exec_driver_sql(begin)

    return engine


def _postgres(url: URL, **options: Any) -> Engine:  # noqa: ANN401 - passed through to SQLAlchemy
    engine = create_engine(url, **_SHARED | {"pool_pre_ping": True} | options)
    engine.update_execution_options(compiled_cache=_IN_POSTGRES)
    return engine


def _postgres_read_only(url: URL) -> Engine:
    # AUTOCOMMIT: each read is one statement, and BEGIN and ROLLBACK would cost more than the query.
    return _postgres(
        url,
        isolation_level="AUTOCOMMIT",
        connect_args={"options": "-c default_transaction_read_only=on"},
    )


def _postgres_incoming(url: URL) -> Engine:
    # One round trip instead of four: neither a ping nor BEGIN nor COMMIT. The driver sends the rows of a statement as a
    # pipeline, which is one transaction ("Pipeline Mode", PostgreSQL documentation, libpq).
    return _postgres(url, isolation_level="AUTOCOMMIT", pool_pre_ping=False)
