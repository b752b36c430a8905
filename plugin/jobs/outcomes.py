"""What came of jobs: counted while the worker runs; one that ran out of tries is kept until it succeeds after all."""

import json
import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import Final

import structlog

from plugin.domain.backoff import UNEXPECTED
from plugin.domain.effects import Effect
from plugin.domain.failed_effect import FailedEffect
from plugin.domain.ids import MerchantId
from plugin.jobs import codec
from plugin.jobs.engine import ByClock, Periodic, Run
from plugin.ports.clock import Clock
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.unit_of_work import Units
from plugin.ports.vitals import BOUNDS, JobCount

_TOLD_BY_ITSELF: Final = frozenset({"send_mail"})
"""A letter that does not leave is on record as such, and is queued again by the clock."""
_log = structlog.get_logger("aftercare.jobs")


class Outcomes:
    """One for each worker."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._counts: dict[str, JobCount] = {}
        self._lock = Lock()

    def counts(self) -> Mapping[str, JobCount]:
        """By job name, since this worker started."""
        with self._lock:
            return dict(self._counts)

    def watched(self, run: Run) -> Run:
        """The same, timed; what succeeds is forgotten as a failure."""

        def timed(effect: Effect) -> None:
            with self._timed(codec.name_of(effect)):
                run(effect)
            self._succeeded(effect)

        return timed

    def watched_periodic(self, jobs: Mapping[str, ByClock]) -> dict[str, ByClock]:
        """The same jobs of the clock, timed."""

        def timed(name: str, job: Periodic) -> Periodic:
            def run(scheduled: datetime) -> None:
                with self._timed(name):
                    job(scheduled)

            return run

        return {name: replace(job, run=timed(name, job.run)) for name, job in jobs.items()}

    def gave_up(self, name: str, fields: str, error: Exception) -> None:
        """Keep an effect that ran out of tries."""
        fault = fault_of(error)
        _log.error("job_given_up", job=name, fault=fault, error=type(error).__name__)
        if name in _TOLD_BY_ITSELF and isinstance(error, Unavailable):
            return
        now = self._clock.now()
        failed = FailedEffect(_key(name, fields), name, fields, fault, now, now, request=codec.request_of(fields))
        with self._units(MerchantId(json.loads(fields)["merchant"])) as unit:
            unit.failed_effects.add(failed)
            unit.commit()

    def _succeeded(self, effect: Effect) -> None:
        failure = _key(codec.name_of(effect), codec.dump(effect))
        with self._units.read(effect.merchant) as unit:
            has_failed = unit.failed_effects.has(failure)
        if has_failed:
            with self._units(effect.merchant) as unit:
                unit.failed_effects.remove(failure)
                unit.commit()

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        began, is_done = time.perf_counter(), False
        try:
            yield
            is_done = True
        finally:
            self._count(name, time.perf_counter() - began, is_done=is_done)

    def _count(self, name: str, seconds: float, *, is_done: bool) -> None:
        first = bisect_left(BOUNDS, seconds)
        with self._lock:
            known = self._counts.get(name, JobCount())
            within = tuple(count + (place >= first) for place, count in enumerate(known.within))
            done, failed = known.done + is_done, known.failed + (not is_done)
            self._counts[name] = JobCount(done, failed, known.seconds + seconds, within)


def fault_of(error: Exception) -> str:
    """A code for words; never the error's own text, which may quote somebody."""
    if isinstance(error, Rejected):
        return "rejected"
    return "unavailable" if isinstance(error, Unavailable) else UNEXPECTED


def _key(name: str, fields: str) -> str:
    """The same for the same effect, whoever asked for it."""
    own = {field: value for field, value in json.loads(fields).items() if not field.startswith("_")}
    return sha256(json.dumps([name, own], sort_keys=True).encode()).hexdigest()[:32]
