"""Whether an installation is at work: each of its processes holds a lock on a file of the home folder while it lives.

The kernel drops the lock when its holder dies, even by SIGKILL. On several machines it tells of this one alone, unless
they share the folder.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from plugin.settings.errors import SettingsError
from plugin.settings.home import make_folder, told_plainly
from plugin.settings.settings import Settings

_LOCK = ".running"
_UNFINISHED = ".restore"
_LEFT_OVER = ".restore-done"
_OWNER_ONLY = 0o600


def begin_work(settings: Settings) -> BinaryIO:
    """Say that this process works here for as long as what is returned stays open.

    Raises `SettingsError` while a backup is being restored, and after a restore that was broken off.
    """
    make_folder(settings.home)
    lock = _opened(settings.home)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise SettingsError(f"a backup is being restored into {settings.home}: start again when that is done") from None
    if unfinished(settings).exists():
        lock.close()
        raise SettingsError(
            f"a restore into {settings.home} was broken off: run `aftercare restore FILE --replace` again, "
            "which first puts back what was there"
        )
    return lock


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Keep every process of this installation from starting. Raises `SettingsError` while one is at work."""
    with _opened(settings.home) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(f"web, worker or a command is at work on {settings.home}: stop them first") from None
        yield


def unfinished(settings: Settings) -> Path:
    """The file that is there while a restore changes things: until it has succeeded, or undone them."""
    return settings.home / _UNFINISHED


def left_over(settings: Settings) -> Path:
    """The file that is there while a restore that has succeeded still keeps what was there before."""
    return settings.home / _LEFT_OVER


def _opened(home: Path) -> BinaryIO:
    with told_plainly(home):
        return os.fdopen(os.open(home / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _OWNER_ONLY), "r+b")
