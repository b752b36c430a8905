"""Requests for somebody's data by the clock: put together what a lost job left, tell owners, let go what has served."""

from collections.abc import Callable
from datetime import datetime

from plugin.jobs.each_merchant import for_each, for_some
from plugin.ports.deps import Deps
from plugin.usecases.person_data.alert import alert_data_requests
from plugin.usecases.person_data.ask import queue_unpacked
from plugin.usecases.person_data.hand_over import sweep_data_requests


def _queue_unpacked(deps: Deps, _scheduled: datetime) -> None:
    """Put together what a lost job left."""
    units, now = deps.units, deps.clock.now()
    due = deps.due_merchants.data_requests()
    for_some(due, "queue_unpacked", lambda m: queue_unpacked(merchant=m, units=units, now=now))


def _alert(deps: Deps, _scheduled: datetime) -> None:
    """Tell owners."""
    units, letter, now = deps.units, deps.data_request_letter, deps.clock.now()
    if letter is not None:
        due, job = deps.due_merchants.data_requests(), "alert_data_requests"
        for_some(due, job, lambda m: alert_data_requests(merchant=m, units=units, letter=letter, now=now))


def _sweep(deps: Deps, _scheduled: datetime) -> None:
    """Let go what was handed over."""
    units, files, now = deps.units, deps.evidence.files, deps.clock.now()
    for_each(deps, "sweep_data_requests", lambda m: sweep_data_requests(merchant=m, units=units, files=files, now=now))


DATA_REQUEST_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "queue_unpacked": ("55 */5 * * * *", _queue_unpacked),
    "alert_data_requests": ("55 */5 * * * *", _alert),
    "sweep_data_requests": ("0 11 * * * *", _sweep),
}
