"""Workers: each slot tells every quarter of a minute that it lives, and which version it runs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from plugin import VERSION
from plugin.doctor.finding import Finding, failed, ok, warning
from plugin.ports.deps import Deps

_SILENT = timedelta(minutes=2)
_START = "start it, and look at its log: `python -m plugin.worker`"


def look(deps: Deps) -> Iterator[Finding]:
    """Whatever machine they run on; slots that were silent for a day are forgotten."""
    now = datetime.now(UTC)
    workers = deps.vitals.workers()
    lives = any(now - worker.beat_at < _SILENT for worker in workers)
    if not workers:
        yield failed("worker", "no worker was heard of within a day", _START)
    for worker in workers:
        check, ago = f"worker {worker.slot}", now - worker.beat_at
        told = f"was last heard of {max(ago.total_seconds(), 0):.0f} s ago"
        if ago >= _SILENT:
            yield (warning if lives else failed)(check, told, _START)
        elif worker.version != VERSION:
            yield warning(check, f"runs version {worker.version}, and this is {VERSION}", "restart it")
        else:
            yield ok(check, told)
