"""Tells when the machine's wall clock was set: it then moves apart from the clock that only ever goes on."""

import time

_SLIP_SECONDS = 2.0
"""More than a clock is ever slewed between two looks."""


class ClockWatch:
    """One process's watch; it begins as it is made."""

    def __init__(self) -> None:
        self._apart = _apart()

    def was_set(self) -> bool:
        """Whether the clock was set since this was asked last, forwards or back: by hand, or while the machine slept."""
        before, self._apart = self._apart, _apart()
        return abs(self._apart - before) > _SLIP_SECONDS


def _apart() -> float:
    return time.time() - time.monotonic()
