"""What is done by the clock about goods on their way back: labels, batches of hubs, the platform's own returns."""

from collections.abc import Callable
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.jobs.each_merchant import for_each, for_some
from plugin.ports.deps import Deps
from plugin.usecases.claim.catch_up_goods import catch_up_goods
from plugin.usecases.claim.queue_returns import KEEPS_RETURNS, LATE, LOOK_BACK, queue_due_returns
from plugin.usecases.close_batches import close_batches
from plugin.usecases.reissue_expired_labels import queue_due_labels, reissue_expired_labels
from plugin.usecases.sweep_labels import KEPT, sweep_labels


def _reissue_labels(deps: Deps, _scheduled: datetime) -> None:
    """Issue anew what ran out."""
    units, ids, now = deps.units, deps.ids, deps.clock.now()

    def reissue(merchant: MerchantId) -> int:
        return reissue_expired_labels(merchant=merchant, units=units, ids=ids, now=now)

    for_some(deps.due_merchants.labels(now), "reissue_expired_labels", reissue)


def _queue_labels(deps: Deps, _scheduled: datetime) -> None:
    """Queue the labels whose next attempt may begin, those of a lost job too."""
    units, now = deps.units, deps.clock.now()
    due = deps.due_merchants.labels(now)
    for_some(due, "queue_due_labels", lambda m: queue_due_labels(merchant=m, units=units, now=now))


def _sweep_labels(deps: Deps, _scheduled: datetime) -> None:
    """Remove the files of labels that are of no use any more."""
    units, files, now = deps.units, deps.evidence.files, deps.clock.now()
    due = deps.due_merchants.label_files(now - KEPT)
    for_some(due, "sweep_labels", lambda m: sweep_labels(merchant=m, units=units, files=files, now=now))


def _close_batches(deps: Deps, _scheduled: datetime) -> None:
    """Close what hubs have collected, by weight or date."""
    units, now = deps.units, deps.clock.now()
    for_each(deps, "close_batches", lambda m: close_batches(merchant=m, units=units, now=now))


def _catch_up_goods(deps: Deps, _scheduled: datetime) -> None:
    """Tell claims what they missed of labels and of hubs' batches."""
    units, now = deps.units, deps.clock.now()
    for_each(deps, "catch_up_goods", lambda m: catch_up_goods(merchant=m, units=units, now=now))


def _queue_returns(deps: Deps, _scheduled: datetime) -> None:
    """Queue claims whose return on the platform may be behind, those of a lost job too."""
    units, now = deps.units, deps.clock.now()
    due = deps.due_merchants.returns(KEEPS_RETURNS, now - LOOK_BACK, now - LATE, now)
    for_some(due, "queue_due_returns", lambda m: queue_due_returns(merchant=m, units=units, now=now))


def _queue_missed_returns(deps: Deps, _scheduled: datetime) -> None:
    """The same, however long ago the claim changed: for a worker that was away."""
    units, now = deps.units, deps.clock.now()
    for_each(deps, "queue_missed_returns", lambda m: queue_due_returns(merchant=m, units=units, now=now, is_whole=True))


GOODS_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "reissue_labels": ("*/30 * * * * *", _reissue_labels),
    "queue_due_labels": ("5,35 * * * * *", _queue_labels),
    "sweep_labels": ("45 */5 * * * *", _sweep_labels),
    "close_batches": ("5 */10 * * * *", _close_batches),
    "catch_up_goods": ("20 */10 * * * *", _catch_up_goods),
    "queue_due_returns": ("5 * * * * *", _queue_returns),
    "queue_missed_returns": ("0 29 * * * *", _queue_missed_returns),
}
