"""Restores a backup into the installation that the settings name: all of it, or as if nothing had been tried.

What is there stays aside until the copy was opened with its secrets, counted, brought up to date and freed of everybody
who was erased since. Killed anywhere, no process starts on what is half done, and the next restore puts it back first.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plugin.backup import archive
from plugin.backup.archive import Reader
from plugin.backup.errors import BackupError
from plugin.backup.manifest import Kind, Manifest, has_same_session, require_keys
from plugin.backup.places import Places, fresh_of, let_go_finished, undo_unfinished
from plugin.backup.postgres import PostgresTarget
from plugin.backup.snapshot import Target
from plugin.backup.sqlite import SqliteTarget
from plugin.backup.trial import bring_up_to_date, require_whole
from plugin.settings import Secrets, Settings, known_secrets
from plugin.settings.home import SECRETS
from plugin.settings.running import alone, left_over, unfinished
from plugin.storage import schema

_OWNER_ONLY_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it; `has_same_session` False: links and case files signed back then do not hold any more."""

    manifest: Manifest
    has_same_session: bool


def restore_backup(settings: Settings, backup: Path, *, replaces: bool) -> Restored:
    """Restore this file; `replaces` what is there. Raises `BackupError`, `SettingsError`."""
    settings.home.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    target = _target(settings)
    with _told(settings), alone(settings), archive.opened(backup) as reader:
        _undo(settings, target)
        let_go_left_over(settings)
        secrets = fitting_secrets(settings, reader)
        require_fit(reader.manifest, target.kind)
        _require_same_store(reader, settings)
        target.require_usable(reader.manifest)
        if not replaces and (target.holds_data() or any((settings.home / "files").glob("*"))):
            raise BackupError("This installation holds data: --replace puts the backup in its place.")
        _restore(settings, reader, target, secrets)
        return Restored(reader.manifest, has_same_session(reader.manifest, secrets))


def require_fit(manifest: Manifest, kind: Kind) -> None:
    """Raise `BackupError` for a backup of the other database, or of a newer schema."""
    if manifest.kind is not kind:
        raise BackupError(f"This backup is of {manifest.kind}, and this installation's database is {kind}.")
    if not schema.knows(manifest.revision):
        raise BackupError(
            f"This backup is of Aftercare {manifest.version}, whose schema ({manifest.revision}) is newer than this "
            f"version's ({schema.head()}): restore it with that version."
        )


def fitting_secrets(settings: Settings, reader: Reader) -> Secrets:
    """Those of this installation, else those in the backup; raises `BackupError` where they do not open it."""
    secrets, part = known_secrets(settings), reader.part(archive.SECRETS)
    if secrets is None and part is not None:
        secrets = Secrets.parse(reader.read(part).decode())
    if secrets is None:
        raise BackupError(f"This backup holds no secrets: put the secrets.json of its time into {settings.home} first.")
    require_keys(reader.manifest, secrets)
    return secrets


def _restore(settings: Settings, reader: Reader, target: Target, secrets: Secrets) -> None:
    places = Places(unfinished(settings), _places(settings, target))
    places.begin()
    try:
        load_database(reader, target, settings.home / ".restore-dump")
        _load_files(settings, reader)
        _merge_erasures(settings.home / archive.ERASURES, reader)
        if known_secrets(settings) is None:
            _write(fresh_of(settings.home / SECRETS), secrets.to_json().encode() + b"\n")
        bring_up_to_date(settings, target.url, secrets, fresh_of(settings.home / "files"))
        if isinstance(target, SqliteTarget):
            target.settle()
        places.swap()
    except BaseException:
        _undo(settings, target)
        raise
    places.finish(left_over(settings))
    _let_go(settings, target)


def let_go_left_over(settings: Settings) -> bool:
    """Whether a restore that has succeeded was killed before it let go of what was there; that is gone now.

    Raises `BackupError` where the database cannot be used.
    """
    is_left = left_over(settings).exists()
    if is_left:
        _let_go(settings, _target(settings))
    return is_left


def _let_go(settings: Settings, target: Target) -> None:
    """The journal last: whoever finds it begins again here."""
    target.let_go()
    let_go_finished(left_over(settings))


def _undo(settings: Settings, target: Target) -> None:
    """The database first: as long as the journal is there, whoever finds it begins again here."""
    if unfinished(settings).exists():
        target.undo()
        undo_unfinished(unfinished(settings))


def load_database(reader: Reader, target: Target, dump: Path) -> None:
    """Bring the backup's database in, by way of a file that is gone afterwards, and count it."""
    dump.unlink(missing_ok=True)
    try:
        if part := reader.part(archive.DATABASE):
            reader.copy(part, dump)
        require_whole(reader.manifest, target.load(dump))
    finally:
        dump.unlink(missing_ok=True)


def _require_same_store(reader: Reader, settings: Settings) -> None:
    if reader.manifest.bucket and not settings.evidence.bucket:
        raise BackupError(f"Evidence is in the bucket {reader.manifest.bucket}: set FILES_BUCKET as it was.")
    if settings.evidence.bucket and reader.files():
        raise BackupError("This backup holds evidence of a home folder: restore it without FILES_BUCKET.")


def _load_files(settings: Settings, reader: Reader) -> None:
    if settings.evidence.bucket:
        return
    files = fresh_of(settings.home / "files")
    files.mkdir(mode=_OWNER_ONLY_FOLDER)
    for part in reader.files():
        place = files / part.name.removeprefix(archive.FILES)
        for folder in reversed([each for each in place.parents if not each.exists()]):
            folder.mkdir(mode=_OWNER_ONLY_FOLDER)
        reader.copy(part, place)


def _merge_erasures(listed: Path, reader: Reader) -> None:
    """Nobody comes off the list: what the backup knows of erasures is added to what is known here."""
    part = reader.part(archive.ERASURES)
    known = listed.read_bytes() if listed.exists() else b""
    theirs = reader.read(part).splitlines() if part else []
    missing = [line for line in theirs if line and line not in set(known.splitlines())]
    if missing:
        fresh = listed.with_name(f".{listed.name}.merged")
        fresh.unlink(missing_ok=True)
        lines = known if known.endswith(b"\n") or not known else known + b"\n"
        _write(fresh, lines + b"\n".join(missing) + b"\n")
        fresh.replace(listed)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _target(settings: Settings) -> Target:
    file, url = settings.sqlite_file, settings.database_url.reveal()
    return SqliteTarget(file) if file else PostgresTarget(url)


def _places(settings: Settings, target: Target) -> list[Path]:
    """What is swapped. Files stay where a bucket keeps them; secrets are ours, or the backup's where there are none."""
    places = list(target.places) if isinstance(target, SqliteTarget) else []
    places += [] if settings.evidence.bucket else [settings.home / "files"]
    return [*places, *([] if known_secrets(settings) else [settings.home / SECRETS])]


@contextmanager
def _told(settings: Settings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        reason = "the disk is full" if full else error.strerror or str(error)
        raise BackupError(f"The backup was not restored into {settings.home}: {reason}; all is as it was.") from error
