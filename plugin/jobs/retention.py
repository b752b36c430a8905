"""Once a night: let go what is older than its class, merchant by merchant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from plugin.jobs.each_merchant import for_each
from plugin.ports.deps import Deps
from plugin.usecases.keep_no_longer import keep_no_longer

MAILBOX_KEPT: Final = timedelta(days=30)


def _keep_no_longer(deps: Deps, _scheduled: datetime) -> None:
    """What goes is counted, never named."""
    records, now = deps.retention, deps.clock.now()
    deps.mailbox.forget_before(now - MAILBOX_KEPT)
    if records is not None:
        for_each(
            deps,
            "keep_no_longer",
            lambda m: sum(keep_no_longer(merchant=m, records=records, now=now).values()),
        )


RETENTION_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "keep_no_longer": ("0 47 2 * * *", _keep_no_longer),
}
