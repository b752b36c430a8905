"""Databases as the migrations make them: built once per run, then copied, which takes milliseconds."""

from __future__ import annotations

from pathlib import Path

from plugin.storage.engine import open_engines
from plugin.storage.schema import migrate
from tests.support.postgres import Cluster, exclusive

TEMPLATE = "migrated"


def sqlite(path: Path) -> str:
    """Return the SQLAlchemy address of a SQLite file."""
    return f"sqlite:///{path}"


def migrated_file(run: Path) -> Path:
    """Return a migrated SQLite file to copy from."""
    finished = run / "migrated.sqlite3"
    with exclusive(run):
        if not finished.exists():
            fresh = run / "migrating.sqlite3"
            _upgrade(sqlite(fresh))
            fresh.rename(finished)
    return finished


def migrated_template(cluster: Cluster, run: Path) -> str:
    """Return the name of a migrated PostgreSQL database to clone."""
    finished = run / "template-is-migrated"
    with exclusive(run):
        if not finished.exists():
            _upgrade(cluster.create(TEMPLATE))
            finished.touch()
    return TEMPLATE


def _upgrade(url: str) -> None:
    engines = open_engines(url)
    migrate(engines.write)
    engines.dispose()
