"""Deliveries that wait in the inbox, as webhooks left them; and a worker that takes them on."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select, text

from bench.installations import Installation
from bench.webhooks.senders import WooCommerce
from plugin.domain.stored import Arrival
from plugin.storage.tables import inbox
from plugin.web.webhooks.woocommerce import WooCommerceDeliveries

_ROOT = Path(__file__).parents[1]
_BATCH = 100
_LOOK_SECONDS = 0.2
_PATIENCE_SECONDS = 900.0
_UNFINISHED = "SELECT count(*) FROM dbos.workflow_status WHERE name = 'job' AND status IN ('ENQUEUED', 'PENDING')"
_JOBS = "SELECT count(*) FROM dbos.workflow_status WHERE name = 'job'"


def arrivals(installed: Installation, bodies: Iterable[bytes], sender: WooCommerce) -> list[Arrival]:
    """What the web would keep of these bodies."""
    deps, key = installed.runtime.deps, installed.shop().key
    judge = WooCommerceDeliveries(lambda: deps).judge
    found = []
    for body in bodies:
        judged = judge(key, {name.lower(): value for name, value in sender.headers(body).items()}, body)
        assert isinstance(judged, Arrival), judged
        found.append(judged)
    return found


def keep(installed: Installation, arrived: Sequence[Arrival]) -> None:
    """Put them into the inbox, as many in one commit as come together in a burst."""
    for start in range(0, len(arrived), _BATCH):
        with installed.runtime.deps.arrivals.turn() as keep_all:
            keep_all(arrived[start : start + _BATCH])


@contextmanager
def working(installed: Installation, slot: str) -> Iterator[int]:
    """A worker of this slot; the id of its process."""
    environ = {**installed.environ, "WORKER_SLOT": slot}
    with Path(environ["AFTERCARE_HOME"]).with_name(f"{slot}.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "plugin.worker"], cwd=_ROOT, env=environ, stderr=log)
        try:
            await_so(lambda: _has_beaten(installed, slot), f"worker {slot} is at work")
            yield process.pid
        finally:
            process.terminate()
            process.wait()


def waiting(installed: Installation) -> int:
    """Deliveries that are not applied yet."""
    with installed.runtime.storage.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(inbox)).scalar_one())


def unfinished(installed: Installation) -> int:
    """Deliveries that are not applied yet, and effects that are not carried out."""
    return waiting(installed) + _asked(installed, _UNFINISHED)


def jobs(installed: Installation) -> int:
    """How many effects there were."""
    return _asked(installed, _JOBS)


def await_so(is_so: Callable[[], bool], what: str) -> None:
    """Look until it is so; raises `RuntimeError` when it takes a quarter of an hour."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError(f"waited for long, and not: {what}")
        time.sleep(_LOOK_SECONDS)


def _has_beaten(installed: Installation, slot: str) -> bool:
    return any(worker.slot == slot for worker in installed.runtime.deps.vitals.workers())


def _asked(installed: Installation, question: str) -> int:
    with installed.runtime.storage.engine.connect() as connection:
        return int(connection.execute(text(question)).scalar_one())
