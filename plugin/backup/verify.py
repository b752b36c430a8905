"""Restores a backup into a place of its own, looks at everything, and leaves nothing behind."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from plugin.backup import archive
from plugin.backup.archive import Reader
from plugin.backup.manifest import Manifest
from plugin.backup.postgres import PostgresTarget, scratch_database
from plugin.backup.restore import fitting_secrets, load_database, require_fit
from plugin.backup.snapshot import Target
from plugin.backup.sqlite import SqliteTarget
from plugin.backup.trial import bring_up_to_date
from plugin.settings import Settings


def verify_backup(settings: Settings, backup: Path) -> Manifest:
    """Every part's sha256, every row counted, opened with the secrets and brought up to date.

    The installation may work meanwhile. On PostgreSQL the database's user has to be allowed to make one. Raises
    `BackupError`, `SettingsError`.
    """
    with archive.opened(backup) as reader, tempfile.TemporaryDirectory(prefix="aftercare-verify-") as folder:
        home = Path(folder)
        secrets = fitting_secrets(settings, reader)
        for part in reader.manifest.parts:
            for _ in reader.pieces(part):
                pass
        with _target(settings, home) as target:
            require_fit(reader.manifest, target.kind)
            load_database(reader, target, home / "dump")
            _list_erasures(reader, settings, home)
            bring_up_to_date(replace(settings, home=home), target.url, secrets, home / "files")
        return reader.manifest


@contextmanager
def _target(settings: Settings, home: Path) -> Iterator[Target]:
    if settings.sqlite_file:
        yield SqliteTarget(home / settings.sqlite_file.name)
        return
    with scratch_database(settings.database_url.reveal()) as url:
        yield PostgresTarget(url)


def _list_erasures(reader: Reader, settings: Settings, home: Path) -> None:
    ours, part = settings.home / archive.ERASURES, reader.part(archive.ERASURES)
    if ours.exists():
        shutil.copyfile(ours, home / archive.ERASURES)
    elif part:
        (home / archive.ERASURES).write_bytes(reader.read(part))
