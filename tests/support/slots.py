"""A worker slot whose clock strikes every second for two jobs; as a program, until it is asked to end."""

from __future__ import annotations

import signal
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from plugin.domain.effects import Effect
from plugin.jobs.engine import ByClock, Engine, Pace

EACH, ONCE = "each", "once"
"""The job that every slot runs, and the one that runs in whichever comes first."""


def striking(url: str, slot: str, ran: Path) -> Engine:
    """Each run is a line in `ran`: job, slot, the instant it is of."""
    each = ByClock("* * * * * *", partial(_note, ran, f"{EACH} {slot}"), in_each_worker=True)
    once = ByClock("* * * * * *", partial(_note, ran, f"{ONCE} {slot}"))
    return Engine(url, slot, _nothing, {EACH: each, ONCE: once}, pace=Pace(poll=0.2))


def _note(ran: Path, run: str, at: datetime) -> None:
    with ran.open("a") as file:
        file.write(f"{run} {at.isoformat()}\n")


def _nothing(_effect: Effect) -> None:
    pass


if __name__ == "__main__":
    _url, _slot, _ran = sys.argv[1:]
    _engine = striking(_url, _slot, Path(_ran))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    _engine.start()
    signal.sigwait({signal.SIGTERM})
    _engine.close()
