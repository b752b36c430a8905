"""What is done by the clock about parcels."""

from collections.abc import Callable
from datetime import datetime

from plugin.jobs.each_merchant import for_each
from plugin.ports.deps import Deps
from plugin.usecases.tracking.rebuild_lanes import rebuild_lanes


def _rebuild_lanes(deps: Deps, _scheduled: datetime) -> None:
    """Make every lane anew, once a night, from what was delivered in the last year."""
    units, now = deps.units, deps.clock.now()
    for_each(deps, "rebuild_lanes", lambda m: rebuild_lanes(merchant=m, units=units, now=now))


TRACKING_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "rebuild_lanes": ("0 47 2 * * *", _rebuild_lanes),
}
