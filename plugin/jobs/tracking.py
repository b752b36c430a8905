"""What is done by the clock about parcels."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from plugin.jobs.each_merchant import for_each, for_some
from plugin.ports.deps import Deps
from plugin.usecases.tracking.catch_up_arrivals import catch_up_arrivals
from plugin.usecases.tracking.raise_alerts import AlertMeans, raise_due_alerts
from plugin.usecases.tracking.rebuild_lanes import rebuild_lanes
from plugin.usecases.tracking.score_carriers import keep_scores

_RUN: Final = timedelta(minutes=2)
"""After which no further parcels are taken; five minutes after this run began the next one goes on."""


def _rebuild_lanes(deps: Deps, _scheduled: datetime) -> None:
    """Make every lane anew, once a night, from what was delivered in the last year."""
    units, now = deps.units, deps.clock.now()
    for_each(deps, "rebuild_lanes", lambda m: rebuild_lanes(merchant=m, units=units, now=now))


def alert_means(deps: Deps) -> AlertMeans:
    """What raising alerts takes, in this process."""
    return AlertMeans(deps.units, deps.secrets, deps.actions, deps.parcel_letter)


def _raise_due(deps: Deps, _scheduled: datetime) -> None:
    """Raise what lasts too long with parcels of which nobody tells anything; every merchant has at least one batch."""
    means, now = alert_means(deps), deps.clock.now()

    def is_over() -> bool:
        return deps.clock.now() - now >= _RUN

    due = deps.due_merchants.parcels(now)
    for_some(due, "raise_due_alerts", lambda m: raise_due_alerts(merchant=m, means=means, now=now, is_over=is_over))


def _catch_up(deps: Deps, _scheduled: datetime) -> None:
    """Follow parcels again whose arrival their order or claim missed."""
    units, now = deps.units, deps.clock.now()
    for_each(deps, "catch_up_arrivals", lambda m: catch_up_arrivals(merchant=m, units=units, now=now))


def _keep_scores(deps: Deps, _scheduled: datetime) -> None:
    """Score the carriers of whoever sends many parcels, once a night."""
    units, views, now = deps.units, deps.views, deps.clock.now()
    for_each(deps, "keep_scores", lambda m: keep_scores(merchant=m, units=units, views=views, now=now))


TRACKING_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "raise_due_alerts": ("20 */5 * * * *", _raise_due),
    "catch_up_arrivals": ("0 19 2 * * *", _catch_up),
    "keep_scores": ("0 33 3 * * *", _keep_scores),
    "rebuild_lanes": ("0 47 2 * * *", _rebuild_lanes),
}
