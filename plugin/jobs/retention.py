"""Once a night: let go what is older than its class, merchant by merchant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from plugin.jobs.each_merchant import for_each
from plugin.ports.deps import Deps
from plugin.usecases.keep_no_longer import keep_no_longer
from plugin.usecases.sweep_admin import sweep_admin

MAILBOX_KEPT: Final = timedelta(days=30)


def _keep_no_longer(deps: Deps, _scheduled: datetime) -> None:
    """What goes is counted, never named."""
    records, now = deps.retention, deps.clock.now()
    deps.mailbox.forget_before(now - MAILBOX_KEPT)
    for_each(deps, "keep_no_longer", lambda m: sum(keep_no_longer(merchant=m, records=records, now=now).values()))


def _sweep_admin(deps: Deps, _scheduled: datetime) -> None:
    """Forget what the merchant's pages kept for a while."""
    units, now = deps.units, deps.clock.now()
    for_each(deps, "sweep_admin", lambda m: sweep_admin(merchant=m, units=units, now=now))


RETENTION_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "keep_no_longer": ("0 47 2 * * *", _keep_no_longer),
    "sweep_admin": ("0 57 2 * * *", _sweep_admin),
}
