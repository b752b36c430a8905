"""What is done by the clock about who tells of parcels: ask those that are due, read what was pushed."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from plugin.jobs.each_merchant import for_each
from plugin.ports.deps import Deps
from plugin.usecases.tracking.ask_account import AskMeans
from plugin.usecases.tracking.ask_carriers import ask_carriers
from plugin.usecases.tracking.drain_pushes import drain_pushes, sweep_pushes

_log = structlog.get_logger("aftercare.jobs")
_PARCELS = 400
_RUN = timedelta(minutes=1)
"""After which no further parcels are taken; every 15 seconds another run begins, beside this one if it takes longer."""
_PUSHES = 50
_MOST_BATCHES = 40
"""So that a flood shares the worker with everything else."""


def _ask(deps: Deps, _scheduled: datetime) -> None:
    """Ask about the parcels that are due."""
    if deps.carriers is None:
        return
    began = deps.clock.now()
    while deps.clock.now() - began < _RUN and _ask_some(deps):
        pass


def _ask_some(deps: Deps) -> bool:
    """Whether somebody's turn came."""
    if deps.carriers is None:
        return False
    means = AskMeans(deps.units, deps.clock, lambda gap: time.sleep(gap.total_seconds()))
    has_any = False
    for turn in ask_carriers(deps.shipment_lease, deps.carriers, means=means, limit=_PARCELS):
        has_any = True
        _log.info("job", job="ask_carriers", merchant=turn.merchant, kind=turn.kind, fault=turn.fault, **turn.tally)
    return has_any


def _drain(deps: Deps, _scheduled: datetime) -> None:
    """Apply what accounts pushed."""
    if deps.carriers is None or deps.push_lease is None:
        return
    for _ in range(_MOST_BATCHES):
        now = deps.clock.now()
        tally = drain_pushes(deps.push_lease, deps.carriers, units=deps.units, now=now, limit=_PUSHES)
        if not tally:
            return
        _log.info("job", job="drain_pushes", **tally)


def _sweep(deps: Deps, _scheduled: datetime) -> None:
    """Forget what nobody could read and nobody looked at for long."""
    units, now = deps.units, deps.clock.now()
    for_each(deps, "sweep_pushes", lambda m: sweep_pushes(merchant=m, units=units, now=now))


CARRIER_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "ask_carriers": ("*/15 * * * * *", _ask),
    "drain_pushes": ("*/10 * * * * *", _drain),
    "sweep_pushes": ("0 11 4 * * *", _sweep),
}
