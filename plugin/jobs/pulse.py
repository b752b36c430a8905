"""A worker tells that it lives, and what it has counted: else nobody could tell an idle one from a dead one."""

import time
from typing import Final

import structlog

from plugin import VERSION
from plugin.jobs.outcomes import Outcomes
from plugin.ports.clock import Clock
from plugin.ports.vitals import Vitals, Worker

EVERY_SECONDS: Final = 15.0
_log = structlog.get_logger("aftercare.jobs")


class Pulse:
    """One slot's."""

    def __init__(self, slot: str, vitals: Vitals, outcomes: Outcomes, clock: Clock) -> None:
        self._slot = slot
        self._vitals = vitals
        self._outcomes = outcomes
        self._clock = clock
        self._started_at = clock.now()
        self._next = 0.0

    def beat_when_due(self) -> None:
        """Tell it, if the last time is a while ago; a database that is away is no reason to stop."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY_SECONDS
        told = Worker(self._slot, self._started_at, self._clock.now(), VERSION, self._outcomes.counts())
        try:
            self._vitals.beat(told)
        except Exception as error:  # noqa: BLE001 - whatever it was, the worker's jobs go on
            _log.warning("pulse_not_told", slot=self._slot, error=type(error).__name__)
