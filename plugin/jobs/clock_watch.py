"""Tells when the machine's wall clock was set: it then moves apart from the clock that only ever goes on."""

import time
from collections.abc import Callable

import structlog

_SLIP_SECONDS = 2.0
"""More than a clock is ever slewed between two looks."""


_log = structlog.get_logger("aftercare.jobs")


def _apart() -> float:
    return time.time() - time.monotonic()


class ClockWatch:
    """One process's watch; it begins as it is made."""

    def __init__(self, apart: Callable[[], float] = _apart) -> None:
        """`apart`: seconds between the two clocks."""
        self._measure = apart
        self._apart = apart()

    def follow(self, was_set: Callable[[], None]) -> None:
        """Call it if the clock was set since the last look that went well, by hand or while the machine slept.

        What fails is logged, and tried again at the next look.
        """
        apart = self._measure()
        if abs(apart - self._apart) > _SLIP_SECONDS:
            try:
                was_set()
            except Exception as error:  # noqa: BLE001 - whatever it was, the worker's jobs go on
                _log.warning("clock_not_followed", error=type(error).__name__)
                return
        self._apart = apart
