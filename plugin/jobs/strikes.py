"""When the clock strikes for which job: by cron expressions with seconds, in UTC."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from croniter import croniter  # type: ignore[import-untyped]  # has no types of its own


class Strikes:
    """The next instant of each job, counted from the instant it was last looked at; all are aware UTC."""

    def __init__(self, crons: Mapping[str, str], now: datetime) -> None:
        self._crons = crons
        self._next = {name: _after(now, cron) for name, cron in crons.items()}

    def due(self, now: datetime) -> Iterator[tuple[str, datetime]]:
        """Each job that is due by now, and the instant it was due at: once, however many such instants were missed."""
        for name, at in self._next.items():
            if at <= now:
                self._next[name] = _after(now, self._crons[name])
                yield name, at

    def again(self, name: str, at: datetime) -> None:
        """What was due at that instant could not be begun: it is due still."""
        self._next[name] = at

    def clock_was_set(self, now: datetime) -> None:
        """Back: count from there. Forwards, or after a sleep: what was missed stays due."""
        for name, at in self._next.items():
            self._next[name] = min(at, _after(now, self._crons[name]))


def _after(now: datetime, cron: str) -> datetime:
    found: datetime = croniter(cron, now, second_at_beginning=True).get_next(datetime)
    return found
