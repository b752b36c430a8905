"""Workers on a database: real processes; or their engine in this process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from plugin.jobs.engine import Pace
from plugin.jobs.outcomes import Outcomes
from plugin.runtime import Runtime
from plugin.worker import engine_of
from tests.support.processes import WORKER, Nursery, Running

QUICK = Pace(poll=0.05, first_retry=0.05)
T = TypeVar("T")


def environment(home: Path, database_url: str, slot: str = "w1") -> dict[str, str]:
    """The environment of an installation with its home here and its data there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AFTERCARE_")}
    return {**kept, "AFTERCARE_HOME": str(home), "DATABASE_URL": database_url, "WORKER_SLOT": slot}


def start_worker(nursery: Nursery, home: Path, database_url: str, slot: str = "w1") -> Running:
    """Start a worker."""
    return nursery.start(WORKER, environment(home, database_url, slot))


def working(nursery: Nursery, home: Path, database_url: str, slot: str = "w1") -> AbstractContextManager[Running]:
    """A worker for the length of a block, then asked to stop as an operator would."""
    return nursery.running(WORKER, environment(home, database_url, slot))


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
