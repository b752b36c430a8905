"""One writer at a time on SQLite, across threads and processes, incoming messages first.

SQLite's own waiting (`busy_timeout`) polls and starves a writer for seconds. Two locks instead: `gate`, where ordinary
writers queue, and `write`, which the writer holds. Incoming messages skip the gate, so they wait for the writer at work
and never behind a queue of others. Both are `flock`s, which the kernel drops when their holder dies, even by SIGKILL.
Whoever opens the database without this lock (a backup, the job engine's own tables) still meets SQLite's own locking.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Protocol

_MODE = 0o600


class WriteLock(Protocol):
    """Lets one writer in at a time."""

    def held(self, *, is_incoming: bool) -> AbstractContextManager[None]:
        """Hold the right to write."""
        ...


class NoLock:
    """PostgreSQL takes several writers at once."""

    def held(self, *, is_incoming: bool) -> AbstractContextManager[None]:  # noqa: ARG002 - the port's signature
        """Nothing to wait for."""
        return nullcontext()


class FileLock:
    """Lock files next to the database: `<database>.gate` and `<database>.write`."""

    def __init__(self, database: Path) -> None:
        self._gate = _Latch(database.with_name(f"{database.name}.gate"))
        self._write = _Latch(database.with_name(f"{database.name}.write"))

    @contextmanager
    def held(self, *, is_incoming: bool) -> Iterator[None]:
        """Wait until nobody else writes; not re-entrant. The gate opens last, so that incoming writers overtake."""
        with ExitStack() as stack:
            if not is_incoming:
                stack.enter_context(self._gate.held())
            stack.enter_context(self._write.held())
            yield


class _Latch:
    """A thread lock in front of a file lock: of each process one thread asks the kernel, the others wait here."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        # Opened anew each time (a few microseconds): a descriptor inherited by a fork would share its parent's lock.
        with self._threads:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield
            finally:
                os.close(descriptor)
