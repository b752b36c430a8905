"""An SQLite database: copied by its online backup API, restored as a file beside the one in use.

The whole copy is one step (`pages=-1`), so one read transaction: writers go on meanwhile, and it never begins anew
(sqlite.org/backup.html).
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from plugin.backup.errors import BackupError
from plugin.backup.manifest import Kind, Manifest
from plugin.backup.places import fresh_of
from plugin.backup.snapshot import Snapshot

_PATIENCE = 30.0
_WHOLE = [("ok",)]
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1"
_KEYS = "SELECT key_id FROM merchant_keys UNION SELECT key_id FROM people WHERE key_id IS NOT NULL"


class SqliteSource:
    """The database file of an installation."""

    kind = Kind.SQLITE

    def __init__(self, file: Path) -> None:
        self._file = file

    def dump(self, to: Path) -> Snapshot:
        """Copy it, and look through the copy."""
        if not self._file.exists():
            raise BackupError(f"There is no database at {self._file}.")
        os.close(os.open(to, os.O_CREAT | os.O_EXCL, 0o600))
        with _told(), _connected(self._file) as source, _connected(to) as target:
            source.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode=DELETE")
        return look_through(to)


class SqliteTarget:
    """The place of a database file, and the new one beside it until both are swapped (`plugin.backup.places`)."""

    kind = Kind.SQLITE

    def __init__(self, file: Path) -> None:
        self._file = file
        self._fresh = fresh_of(file)

    @property
    def url(self) -> str:
        """The new file."""
        return f"sqlite:///{self._fresh}"

    @property
    def places(self) -> tuple[Path, ...]:
        """The file, its log and the log's index."""
        return tuple(self._file.with_name(self._file.name + end) for end in ("", "-wal", "-shm"))

    def require_usable(self, manifest: Manifest) -> None:
        """Everything that could be wrong shows in the locks of the home folder."""

    def holds_data(self) -> bool:
        """Whether a merchant is on record; a file that cannot be read holds something."""
        if not self._file.exists() or not self._file.stat().st_size:
            return False
        try:
            with _connected(self._file) as connection:
                return bool(connection.execute("SELECT count(*) FROM merchants").fetchone()[0])
        except sqlite3.Error as error:
            return "no such table" not in str(error)

    def load(self, dump: Path) -> Snapshot:
        """Take the copy as the new file."""
        found = look_through(dump)
        shutil.move(dump, self._fresh)  # the database may be on another disk than the home folder
        return found

    def settle(self) -> None:
        """Bring what was written since into the file itself, whose locks nobody needs any more."""
        with _told(), _connected(self._fresh) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for lock in self._fresh.parent.glob(f"{self._fresh.name}.*"):
            lock.unlink()

    def undo(self) -> None:
        """Files are put back by whoever swapped them."""
        for file in self._fresh.parent.glob(f"{self._fresh.name}*"):
            file.unlink()

    def let_go(self) -> None:
        """Likewise."""


def look_through(file: Path) -> Snapshot:
    """What a file holds; raises `BackupError` where a page, an index or a reference of it is broken."""
    with _told(), _connected(file) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != _WHOLE:
            raise BackupError("The database is damaged: SQLite's integrity check fails.")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupError("The database is damaged: rows refer to others that are not there.")
        tables = [name for (name,) in connection.execute(_TABLES).fetchall()]
        if "alembic_version" not in tables:
            raise BackupError("The database is empty: there is nothing to back up.")
        counts = {name: _count(connection, name) for name in tables}
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return Snapshot(revision, counts, frozenset(key for (key,) in connection.execute(_KEYS)))


def _count(connection: sqlite3.Connection, table: str) -> int:
    found: int = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # nosec B608 # noqa: S608 - its own table's name
    return found


@contextmanager
def _connected(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as connection:
        yield connection


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BackupError(f"The database cannot be copied: {error}.") from error
