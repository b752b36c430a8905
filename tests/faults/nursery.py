"""`python -m tests.faults.nursery CLOCK`: starts web and worker in a moment, each a process of its own.

It has the product's code in memory and forks, which spares every start the seconds that reading the code takes; what
runs then is what gunicorn and `python -m plugin.worker` run, in a session of its own, with a log of its own. Nothing is
opened before the fork. One line of JSON on standard input names what to start; its process id is the answer.

The processes live by the wall clock that CLOCK, a file of eight bytes, holds: so many seconds from this machine's own.
time-machine puts it under every Python call that asks for the time; the monotonic clock goes on, as it does where a
machine's clock is set.
"""

from __future__ import annotations

import gc
import json
import mmap
import os
import signal
import struct
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import time_machine
from gunicorn.app import wsgiapp  # type: ignore[import-untyped]  # gunicorn has no types

import plugin.app
from plugin import worker
from plugin.jobs import engine

SECONDS, TURNS = struct.Struct("d"), struct.Struct("Q")
TURN = 0.1
"""Seconds, or more where the machine has others to serve."""
_LOOKS_EVERY = 0.02
_CODE = plugin.app  # what `plugin.wsgi` imports, which opens the installation as it is imported


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


def _become(role: str, environ: dict[str, str], log: str, clock: Path) -> None:
    """Be what was asked for, until it ends."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor in (1, 2):
        os.dup2(output, descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(environ)
    Clock(clock)
    if role == "worker":
        Thread(target=_count_turns, args=[clock.with_name("turns")], daemon=True).start()
        worker.main()
    else:
        sys.argv = ["gunicorn"]
        wsgiapp.run()


def main() -> None:
    """Start what is asked for until nobody asks any more."""
    gc.freeze()  # the code in memory stays: none of what is started looks for garbage in it
    clock = Path(sys.argv[1])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    started = []
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        process = os.fork()
        if process == 0:
            _become(**asked, clock=clock)
            sys.exit()
        started.append(process)
        print(process, flush=True)  # noqa: T201 - the answer
    for process in started:  # nobody is there any more who would end them
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
