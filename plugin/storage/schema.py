"""Brings a database to the present schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

_MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade to a revision in one transaction; concurrent callers wait for each other. `engine` is a writing one.

    A schema that later code has made is left as it is: this code works on it, and has to start again when that is taken
    back.
    """
    with engine.begin() as connection:
        _wait_for_others(connection)
        if is_newer(connection):
            return
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Back to an earlier revision; what the later ones held is lost."""
    with engine.begin() as connection:
        _wait_for_others(connection)
        command.downgrade(_config(connection), revision)


def head() -> str:
    """The revision that this code works with."""
    return str(ScriptDirectory(str(_MIGRATIONS)).get_current_head())


def knows(revision: str) -> bool:
    """Whether a database of this revision can be brought up to date; not one that newer code has made."""
    try:
        return ScriptDirectory(str(_MIGRATIONS)).get_revision(revision) is not None
    except CommandError:
        return False


def is_newer(connection: Connection) -> bool:
    """Whether later code than this has upgraded the database already."""
    revision = revision_of(connection)
    return revision is not None and not knows(revision)


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def _wait_for_others(connection: Connection) -> None:
    # SQLite: BEGIN IMMEDIATE has waited already.
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('aftercare.migrations'))")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
