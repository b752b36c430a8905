"""The worker: it lives if its most frequent job, due every two seconds, was carried out within two minutes."""

from datetime import UTC, datetime, timedelta

from plugin.doctor.finding import Finding, failed, ok, warning
from plugin.jobs.last_work import last_work
from plugin.settings import Settings

_LATE = timedelta(minutes=2)


def look(settings: Settings) -> Finding:
    """Whatever machine it runs on."""
    at = last_work(settings.database_url.reveal())
    if at is None:
        return failed("worker", "no worker has done anything yet", "start it: `python -m plugin.worker`")
    ago = datetime.now(UTC) - at
    if ago < _LATE:
        return ok("worker", f"was at work {max(ago.total_seconds(), 0):.0f} s ago")
    if ago < 5 * _LATE:
        return warning("worker", f"was last at work {ago.total_seconds():.0f} s ago", "look at its log; it may be busy")
    return failed("worker", f"was last at work at {at:%Y-%m-%d %H:%M} UTC", "start it, and look at its log")
