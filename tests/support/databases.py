"""Databases as the migrations make them: built once per run, then copied, which takes milliseconds."""

from __future__ import annotations

import shutil
from pathlib import Path

from plugin.settings.home import make_folder
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
            upgrade(sqlite(fresh))
            fresh.rename(finished)
    return finished


def make_home(home: Path, run: Path) -> None:
    """Make a home folder with a migrated database, as the first command leaves it: which takes that a second."""
    make_folder(home)
    shutil.copyfile(migrated_file(run), home / "aftercare.sqlite3")
    (home / "aftercare.sqlite3").chmod(0o600)


def migrated_template(cluster: Cluster, run: Path) -> str:
    """Return the name of a migrated PostgreSQL database to clone."""
    finished = run / "template-is-migrated"
    with exclusive(run):
        if not finished.exists():
            upgrade(cluster.create(TEMPLATE))
            finished.touch()
    return TEMPLATE


def upgrade(url: str) -> None:
    """Do what `aftercare db upgrade` does: the app's tables, then the job engine's."""
    from plugin.jobs import engine as jobs  # noqa: PLC0415 - reading them takes seconds, and few processes need them
    from plugin.storage import migrating  # noqa: PLC0415 - likewise
    from plugin.storage.engine import open_engines  # noqa: PLC0415 - likewise

    engines = open_engines(url)
    migrating.migrate(engines.write)
    engines.dispose()
    jobs.migrate(url)
