"""Takes a backup while web and worker go on: the database as of one instant, then evidence, then the list of erasures.

In this order a restore finds a file for every record of one, except of what was let go meanwhile, and the list names
everybody who was erased before the backup was done.
"""

import errno
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugin import VERSION
from plugin.backup import archive
from plugin.backup.archive import Writer
from plugin.backup.errors import BackupError
from plugin.backup.manifest import FORMAT, Manifest, checks_of, is_of
from plugin.backup.postgres import PostgresSource
from plugin.backup.snapshot import Snapshot, Source
from plugin.backup.sqlite import SqliteSource
from plugin.settings import Secrets, Settings, known_secrets

_UNFINISHED = "."
_NAMED = re.compile(r"aftercare-\d{8}T\d{6}Z\.tar")


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup as it stands on disk."""

    file: Path
    manifest: Manifest

    @property
    def files(self) -> int:
        """How many files of evidence are in it."""
        return sum(part.name.startswith(archive.FILES) for part in self.manifest.parts)


def place_for(given: Path | None, settings: Settings, now: datetime) -> Path:
    """The file to write: as given, or named by the instant in a folder; by default `backups` in the home folder."""
    folder = given or settings.home / "backups"
    return folder / f"aftercare-{now:%Y%m%dT%H%M%SZ}.tar" if given is None or given.is_dir() else given


def take_backup(settings: Settings, to: Path, *, has_secrets: bool, now: datetime) -> Taken:
    """Write a backup, whole or not at all; only its owner can read it. Raises `BackupError`, `SettingsError`."""
    secrets = known_secrets(settings)
    if secrets is None:
        raise BackupError(f"There is nothing to back up: {settings.home} has no secrets.json.")
    if to.exists():
        raise BackupError(f"{to} is there already.")
    with _told(to), _new_file(to) as unfinished, tempfile.TemporaryDirectory(dir=to.parent, prefix=".dump-") as scratch:
        dump = Path(scratch) / "database"
        source = _source(settings)
        found = source.dump(dump)
        with tarfile.open(unfinished, "w") as tar:
            writer = Writer(tar)
            _add(writer, settings, dump, secrets if has_secrets else None)
            manifest = _manifest(writer, settings, source, found, secrets, has_secrets=has_secrets, now=now)
            writer.close(manifest)
    return Taken(to, manifest)


def drop_older(taken: Path, keep: int, secrets: Secrets) -> int:
    """Of our backups in its folder that are named by an instant, leave the newest `keep`; how many went.

    Other installations may keep theirs there: what these secrets do not recognise, or nobody can read, stays.
    """
    named = sorted(path for path in taken.parent.iterdir() if _NAMED.fullmatch(path.name))
    older = [path for path in named if _is_ours(path, secrets)][:-keep]
    for path in older:
        path.unlink()
    return len(older)


def _is_ours(backup: Path, secrets: Secrets) -> bool:
    try:
        with archive.opened(backup) as reader:
            return is_of(reader.manifest, secrets)
    except BackupError:
        return False


def _source(settings: Settings) -> Source:
    file, url = settings.sqlite_file, settings.database_url.reveal()
    return SqliteSource(file) if file else PostgresSource(url)


def _add(writer: Writer, settings: Settings, dump: Path, secrets: Secrets | None) -> None:
    with dump.open("rb") as file:
        writer.add(archive.DATABASE, file)
    if settings.evidence.bucket is None:
        _add_files(writer, settings.home / "files")
    erasures = settings.home / archive.ERASURES
    writer.add_bytes(archive.ERASURES, erasures.read_bytes() if erasures.exists() else b"")
    if secrets:
        writer.add_bytes(archive.SECRETS, secrets.to_json().encode())


def _add_files(writer: Writer, folder: Path) -> None:
    """Every object there is; what is let go while this runs is left out."""
    for path in sorted(path for path in folder.rglob("*") if not path.name.startswith(_UNFINISHED)):
        try:
            file = path.open("rb")
        except (FileNotFoundError, IsADirectoryError):
            continue
        with file:
            writer.add(archive.FILES + path.relative_to(folder).as_posix(), file)


def _manifest(  # noqa: PLR0913 - what it is put together from
    writer: Writer,
    settings: Settings,
    source: Source,
    found: Snapshot,
    secrets: Secrets,
    *,
    has_secrets: bool,
    now: datetime,
) -> Manifest:
    keys, session = checks_of(secrets, set(found.key_ids))
    if missing := found.key_ids - keys.keys():
        raise BackupError(f"These secrets do not open this database: the app key {min(missing)!r} is missing.")
    return Manifest(
        format=FORMAT,
        version=VERSION,
        made_at=now,
        kind=source.kind,
        server=found.server,
        revision=found.revision,
        counts=found.counts,
        keys=keys,
        session=session,
        has_secrets=has_secrets,
        bucket=settings.evidence.bucket.name if settings.evidence.bucket else None,
        parts=tuple(writer.parts),
    )


@contextmanager
def _new_file(to: Path) -> Iterator[Path]:
    """A file beside its place, moved there once it is safely on disk; gone when anything fails."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.")
    os.close(descriptor)
    unfinished = Path(name)
    try:
        yield unfinished
        _sync(unfinished)
        unfinished.replace(to)
        _sync(to.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(to: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise BackupError(f"The disk is full: {to.parent} has no room for the backup; nothing was kept.") from error
        raise BackupError(f"The backup cannot be written to {to.parent}: {error.strerror or error}.") from error
