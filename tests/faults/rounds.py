"""How long a test waits is counted in what the worker has done by the clock, not in this machine's seconds.

A machine with everything else to do makes seconds worthless: by them a worker looks stuck that has not had its turn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, TableClause, column, func, select, table

_ENDED = ("SUCCESS", "ERROR")
_BEFORE = timedelta(seconds=3.5)
"""Longer than a worker takes to see that the clock was set, on a machine with nothing else to do."""


@dataclass(frozen=True, slots=True)
class Strike:
    """Jobs that the clock has the worker do, `past` each `every` (`plugin.jobs.schedule`)."""

    jobs: tuple[str, ...]
    every: timedelta
    past: timedelta = timedelta()

    def after(self, instant: datetime) -> datetime:
        """When they are due for the first time after it."""
        since = timedelta(seconds=instant.timestamp()) - self.past
        return instant + self.every - since % self.every


POLLS = Strike(("poll_shops", "queue_due_refunds"), timedelta(seconds=20))
WITHDRAWALS = Strike(("open_withdrawals",), timedelta(minutes=10), timedelta(seconds=25))
MAIL = Strike(("resend_unsent",), timedelta(hours=1), timedelta(minutes=23))


@dataclass(slots=True)
class Rounds:
    """What the worker has done so far, straight from the engine's table."""

    database: Engine

    def has_done(self, jobs: Iterable[str], due: datetime) -> bool:
        """Whether each of these has come to its end as it was due at that instant, or later."""
        return all((last := self._last(job)) is not None and last >= due for job in jobs)

    def under_way(self) -> int:
        """Effects that nobody has carried out to their end."""
        jobs = self._table()
        waits = jobs.c.status.in_(["ENQUEUED", "PENDING"]) & (jobs.c.name == "job")
        with self.database.connect() as connection:
            return connection.execute(select(func.count()).select_from(jobs).where(waits)).scalar_one()

    def letters(self) -> list[str]:
        """Those that somebody is sending, or was when it died: the effects were begun and have not ended."""
        jobs, given = self._table(), self._table("workflow_input", "inputs")
        begun = (jobs.c.status == "PENDING") & (jobs.c.name == "job")
        wanted = select(given.c.inputs).join(jobs, jobs.c.workflow_uuid == given.c.workflow_uuid).where(begun)
        with self.database.connect() as connection:
            told = [json.loads(row.inputs)["args"] for row in connection.execute(wanted)]
        return [json.loads(fields)["mail_id"] for name, fields in told if name == "send_mail"]

    def _last(self, job: str) -> datetime | None:
        """As of when it has been done; DBOS names each run by the instant it was due at."""
        runs, named = self._table(), f"sched-{job}-"
        ours = runs.c.workflow_uuid.startswith(named, autoescape=True) & runs.c.status.in_(_ENDED)
        with self.database.connect() as connection:
            last = connection.execute(select(func.max(runs.c.workflow_uuid)).where(ours)).scalar_one()
        return datetime.fromisoformat(last.removeprefix(named)).astimezone(UTC) if last else None

    def _table(self, name: str = "workflow_status", *columns: str) -> TableClause:
        schema = None if self.database.dialect.name == "sqlite" else "dbos"
        return table(name, *map(column, ("workflow_uuid", *(columns or ("name", "status")))), schema=schema)


def ahead(strike: Strike, now: datetime, after: timedelta, tries: int = 1) -> timedelta:
    """From now until a moment before something is due, after so long; a longer moment for each try that missed it.

    Never back: what a store says it changed before it last changed is rightly taken for old.
    """
    moment = _BEFORE * tries
    return strike.after(now + after + moment) - moment - now
