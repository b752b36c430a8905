"""`python -m tests.faults.clocked CLOCK MODULE`: a program of the product by a wall clock that a test can set.

The clock is what CLOCK, a file of eight bytes, holds: so many seconds from this machine's own. time-machine puts it
under every Python call that asks for the time; the monotonic clock goes on, as it does where a machine's clock is set.
"""

from __future__ import annotations

import mmap
import os
import runpy
import struct
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import time_machine

from plugin.jobs import engine

SECONDS, TURNS = struct.Struct("d"), struct.Struct("Q")
TURN = 0.1
"""Seconds, or more where the machine has others to serve."""
_LOOKS_EVERY = 0.02


class Clock:
    """This process's wall clock, which follows the file."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._shared = mmap.mmap(opened.fileno(), SECONDS.size, access=mmap.ACCESS_READ)
        self._at = self._told()
        begins = datetime.fromtimestamp(datetime.now(UTC).timestamp() + self._at, UTC)
        self._traveller = time_machine.travel(begins, tick=True).start()
        os.register_at_fork(after_in_child=self._follow)  # gunicorn's workers are forks, and threads stay behind
        self._follow()

    def _follow(self) -> None:
        Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            time.sleep(_LOOKS_EVERY)
            told = self._told()
            if told != self._at:
                self._traveller.shift(told - self._at)
                self._at = told

    def _told(self) -> float:
        seconds: float = SECONDS.unpack(self._shared[:])[0]
        return seconds


def _count_turns(file: Path) -> None:
    """Tell in this file how often the worker that this process is had its turn since it follows the clock."""
    with file.open("r+b") as opened:
        shared = mmap.mmap(opened.fileno(), TURNS.size)
    while True:
        time.sleep(TURN)
        if any(thread.name == engine.CLOCK for thread in threading.enumerate()):
            shared[:] = TURNS.pack(TURNS.unpack(shared[:])[0] + 1)


def main() -> None:
    """Be the program, until it ends."""
    clock, program = Path(sys.argv[1]), sys.argv[2]
    Clock(clock)
    if program == "plugin.worker":
        Thread(target=_count_turns, args=[clock.with_name("turns")], daemon=True).start()
    sys.argv = [program]
    runpy.run_module(program, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
