"""Brings a database to the present schema."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from plugin.storage.schema import MIGRATIONS, is_newer


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


def _wait_for_others(connection: Connection) -> None:
    # SQLite: BEGIN IMMEDIATE has waited already.
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('aftercare.migrations'))")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
