"""Real worker processes on a database, started, killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE_SECONDS = 120.0


def environment(home: Path, database_url: str, slot: str = "w1") -> dict[str, str]:
    """The environment of an installation with its home here and its data there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AFTERCARE_")}
    return {**kept, "AFTERCARE_HOME": str(home), "DATABASE_URL": database_url, "WORKER_SLOT": slot}


def start_worker(home: Path, database_url: str, slot: str = "w1") -> subprocess.Popen[bytes]:
    """Start a worker in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "plugin.worker"],
        env=environment(home, database_url, slot),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker where it stands: nothing of its own is run any more."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@contextmanager
def working(home: Path, database_url: str, slot: str = "w1") -> Iterator[subprocess.Popen[bytes]]:
    """A worker for the length of a block, then asked to stop as an operator would."""
    worker = start_worker(home, database_url, slot)
    try:
        yield worker
    finally:
        if worker.poll() is None:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=_PATIENCE_SECONDS)


def eventually(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fail in words when it never is."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)
