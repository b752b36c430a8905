"""Workers on a database: real processes, started, killed and started again; or their engine in this process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from plugin.jobs.engine import Pace
from plugin.jobs.outcomes import Outcomes
from plugin.runtime import Runtime
from plugin.worker import engine_of

QUICK = Pace(poll=0.05, first_retry=0.05)
T = TypeVar("T")
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


def apart(call: Callable[..., T], *arguments: object) -> T:
    """Call in a thread of its own, as in a worker process: a browser's tests leave an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call, *arguments).result()


@contextmanager
def at_work(runtime: Runtime) -> Iterator[None]:
    """The worker's engine on this installation, in this process: where nothing is killed, a process takes seconds."""
    engine = apart(engine_of, runtime, Outcomes(runtime.deps.units, runtime.deps.clock), QUICK)
    apart(engine.start)
    try:
        yield
    finally:
        apart(engine.close)


def eventually(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fail in words when it never is."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)
