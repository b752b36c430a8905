"""What the worker does by the clock: drain the inbox, prune finished jobs."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from plugin.jobs.engine import Engine, Periodic
from plugin.ports.deps import Deps
from plugin.usecases.drain_inbox import drain_inbox

_log = structlog.get_logger("aftercare.jobs")
_BATCH = 50
_MOST_BATCHES = 40
"""So that a flood shares the worker with everything else."""
_FINISHED_KEPT = timedelta(hours=6)


def periodic(deps: Deps) -> Mapping[str, tuple[str, Periodic]]:
    """Name -> (cron with seconds, job). The instant a job gets is the one it was scheduled for."""

    def drain(_scheduled: datetime) -> None:
        for _ in range(_MOST_BATCHES):
            tally = drain_inbox(
                deps.inbox_lease,
                translators=deps.translators,
                units=deps.units,
                ids=deps.ids,
                now=deps.clock.now(),
                limit=_BATCH,
            )
            if not tally:
                return
            _log.info("job", job="drain_inbox", **{str(outcome): count for outcome, count in tally.items()})

    def prune(scheduled: datetime) -> None:
        while Engine.prune(scheduled - _FINISHED_KEPT):
            pass

    return {"drain_inbox": ("*/2 * * * * *", drain), "prune_jobs": ("0 7 * * * *", prune)}
