"""How much the job engine has before it, from its own tables: by their index of what is in flight."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, text

from plugin.jobs.engine import QUEUE
from plugin.ports.vitals import Measure

_MOST: Final = 100_000
_STATES: Final = {"ENQUEUED": "queued", "PENDING": "running"}


def backlog(at: Connection, now: datetime) -> Iterator[Measure]:
    """Effects that wait and that run, and how long the first of those that wait does."""
    table = "dbos.workflow_status" if at.dialect.name == "postgresql" else "workflow_status"
    for status, state in _STATES.items():
        asked = text(
            f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE queue_name = :queue AND status = '{status}' "  # nosec B608 # noqa: S608 - names of our own
            f"LIMIT {_MOST}) AS found"
        )
        found = at.execute(asked, {"queue": QUEUE}).scalar_one()
        yield Measure("aftercare_jobs", found, {"state": state})
    asked = text(f"SELECT min(created_at) FROM {table} WHERE queue_name = :queue AND status = 'ENQUEUED'")  # nosec B608 # noqa: S608 - likewise
    since = at.execute(asked, {"queue": QUEUE}).scalar()
    yield Measure("aftercare_job_oldest_seconds", max(now.timestamp() - since / 1000, 0.0) if since else 0.0)
