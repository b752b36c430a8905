"""The database: it answers, has the schema of this code, is whole as far as can be told soon, and takes writes."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from plugin.doctor.finding import Finding, failed, ok, warning
from plugin.doctor.skew import judged
from plugin.settings import Settings
from plugin.storage import schema
from plugin.storage.engine import Engines, open_engines

_CHECK = "database"
_SLOW = 0.25
_INVALID = "SELECT count(*) FROM pg_index WHERE NOT indisvalid"
_START = "check that it runs, and DATABASE_URL"


def look(settings: Settings) -> list[Finding]:
    """Read, and write into a transaction that is taken back."""
    if settings.sqlite_file and not settings.sqlite_file.exists():
        return [failed(_CHECK, f"there is no file {settings.sqlite_file}", "run `aftercare db upgrade`")]
    engines = open_engines(settings.database_url.reveal())
    try:
        return list(_looked(engines))
    except SQLAlchemyError as error:
        return [failed(_CHECK, f"it does not answer: {reason_of(error)}", _START)]
    finally:
        engines.dispose()


def reason_of(error: SQLAlchemyError) -> str:
    """The driver's first line, which names hosts and users but no password."""
    said = str(getattr(error, "orig", None) or error)
    return (said.splitlines() or [type(error).__name__])[0]


def _looked(engines: Engines) -> Iterator[Finding]:
    began = time.perf_counter()
    with engines.read.connect() as connection:
        kind = _kind(connection)
        took = time.perf_counter() - began
        told = f"{kind} answers in {took * 1000:.0f} ms"
        yield ok(_CHECK, told) if took < _SLOW else warning(_CHECK, told, "look for what keeps it busy")
        yield _schema(schema.revision_of(connection))
        yield _whole(connection)
        if connection.dialect.name == "postgresql":
            at = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
            yield judged("clock of the database", at.astimezone(UTC) - datetime.now(UTC))
    yield _writable(engines)


def _kind(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        return f"SQLite {connection.execute(text('SELECT sqlite_version()')).scalar_one()}"
    return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}".split(" (")[0]


def _schema(revision: str | None) -> Finding:
    head = schema.head()
    if revision == head:
        return ok("schema", f"at {head}, as this version needs it")
    if revision is None or schema.knows(revision):
        return failed("schema", f"at {revision or 'nothing'}, this version needs {head}", "run `aftercare db upgrade`")
    return warning("schema", f"at {revision}, newer than this version, which works on it", "go on to the newer version")


def _whole(connection: Connection) -> Finding:
    if connection.dialect.name == "sqlite":
        (said, *_) = connection.execute(text("PRAGMA quick_check")).scalars()
        is_whole = said == "ok"
        return ok("integrity", "SQLite's quick check passes") if is_whole else _broken("SQLite's quick check fails")
    invalid = connection.execute(text(_INVALID)).scalar_one()
    return _broken(f"{invalid} indexes are not valid") if invalid else ok("integrity", "every index is valid")


def _broken(told: str) -> Finding:
    return failed("integrity", told, "restore the last good backup, after copying what is there")


def _writable(engines: Engines) -> Finding:
    try:
        with engines.write.connect() as connection:
            connection.execute(text("CREATE TABLE doctor_probe (id INTEGER)"))
            connection.rollback()
    except SQLAlchemyError as error:
        return failed("writing", f"the database takes no writes: {reason_of(error)}", "check its disk and its rights")
    return ok("writing", "the database takes writes")
