"""The folder with the embedded default's files: made on first use, readable by its owner only."""

import errno
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plugin.settings.errors import SettingsError
from plugin.settings.secrets_file import Secrets
from plugin.settings.settings import Settings

SECRETS = "secrets.json"
_OWNER_ONLY = 0o600
_OWNER_ONLY_FOLDER = 0o700
_NEEDED_BYTES = 64 * 1024 * 1024
_REASONS = {
    errno.EACCES: "cannot be written by this user",
    errno.EPERM: "cannot be written by this user",
    errno.EROFS: "is on a read-only disk",
    errno.ENOSPC: "is on a full disk",
    errno.EDQUOT: "is on a full disk",
    errno.ENOTDIR: "is not a folder",
    errno.EEXIST: "is not a folder",
}


def open_home(settings: Settings) -> Secrets:
    """Make folder, database file and secrets where they are missing, and return the secrets.

    Safe to call from several processes at once: all get the same secrets. Raises `SettingsError` when the disk is full,
    the folder cannot be written, or others can read the secrets.
    """
    make_folder(settings.home)
    if settings.sqlite_file:
        _make_database_file(settings.sqlite_file)
    return settings.given_secrets or _read_or_create(settings.home / SECRETS)


def known_secrets(settings: Settings) -> Secrets | None:
    """The secrets there are; None before the first start. Raises `SettingsError` as `open_home` does, makes nothing."""
    path = settings.home / SECRETS
    return settings.given_secrets or (_read(path) if path.exists() else None)


def change_secrets(settings: Settings, change: Callable[[Secrets], Secrets]) -> None:
    """Replace the secrets file, all or nothing; refused where the environment holds the secrets.

    `change` gets what is saved now, which nobody else changes meanwhile: go by that, not by what was read before.
    """
    if settings.given_secrets:
        raise SettingsError("the keys come from AFTERCARE_KEYS: change them there")
    path = settings.home / SECRETS
    with told_plainly(settings.home), _alone(settings.home):
        _replace(path, change(_read(path)))


class LiveSecrets:
    """The secrets as they are saved now: whoever asks after another process changed them gets the new ones."""

    def __init__(self, settings: Settings) -> None:
        """Raises `SettingsError` as `open_home` does."""
        self._path = None if settings.given_secrets else settings.home / SECRETS
        self._stamp = self._seen()  # before reading: what another process saves from here on is seen as another file
        self._secrets = open_home(settings)

    def now(self) -> Secrets:
        """Looks at the file (2 µs), and reads it when it is another one; a file that is away changes nothing."""
        stamp = self._seen()
        if stamp != self._stamp and stamp is not None and self._path is not None:
            self._secrets = _read(self._path)
            self._stamp = stamp
        return self._secrets

    def _seen(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat() if self._path else None
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns, found.st_size) if found else None


def make_folder(home: Path) -> None:
    """Make the home folder where there is none; raises `SettingsError` where its disk is full or not ours to write."""
    with told_plainly(home):
        home.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        free = shutil.disk_usage(home).free
    if free < _NEEDED_BYTES:
        raise SettingsError(f"{home} is on a full disk: {free // 2**20} MB free, {_NEEDED_BYTES // 2**20} MB needed")


def _make_database_file(path: Path) -> None:
    """SQLite gives its journal files the database file's own permissions, so only this one must be made."""
    with told_plainly(path.parent):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, _OWNER_ONLY))


def _read_or_create(path: Path) -> Secrets:
    with told_plainly(path.parent), _alone(path.parent):
        if not path.exists():
            _replace(path, Secrets.generate())
    return _read(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Of several processes that start at once, one makes the secrets and the others wait for it."""
    descriptor = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, _OWNER_ONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _read(path: Path) -> Secrets:
    with told_plainly(path):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise SettingsError(f"{path} can be read by others: chmod 600 {path}")
        text = path.read_text()
    try:
        return Secrets.parse(text)
    except ValueError as error:
        raise SettingsError(f"{path} {error}") from None


def _replace(path: Path, secrets: Secrets) -> None:
    """Put the secrets safely on disk (mode 0600): after a crash the file is the old one or the new one, whole."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{SECRETS}.")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.to_json() + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        _sync(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """What the system refuses, as a `SettingsError` about this path."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"cannot be used: {error.strerror}")
        raise SettingsError(f"{path} {reason}") from error
