"""Which schema this code works with, and which one a database has.

Web and worker ask this as they start and whenever they are asked how they are; Alembic, which only a change of the
schema takes (`plugin.storage.migrating`), would cost each of them 12 MB.
"""

from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

MIGRATIONS: Final = Path(__file__).parents[2] / "migrations"


def head() -> str:
    """The revision that this code works with: the last one, by the number that each file's name begins with."""
    return max(_revisions())


def knows(revision: str) -> bool:
    """Whether a database of this revision can be brought up to date; not one that newer code has made."""
    return revision in _revisions()


def is_newer(connection: Connection) -> bool:
    """Whether later code than this has upgraded the database already."""
    revision = revision_of(connection)
    return revision is not None and not knows(revision)


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


@cache
def _revisions() -> frozenset[str]:
    return frozenset(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
