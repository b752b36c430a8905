"""Web and worker of an installation: started in a moment, killed where they stand, on a clock that can be set."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.processes import family
from tests.faults.nursery import SECONDS, TURNS
from tests.support.local_server import status_of
from tests.support.repository import ROOT

HANGS_AFTER = 300.0
"""Seconds: nothing here takes as long unless it never ends, not on a machine with everything else to do."""
_SEEN_AFTER = 0.1
"""Seconds until every process has looked at its clock again."""


@dataclass(slots=True)
class SetClock:
    """The clock that the processes live by (`plugin.ports.clock.Clock`)."""

    file: Path
    passed: timedelta = timedelta()
    """How much time has passed for everybody, the store too, beside what really did."""
    wrong: timedelta = timedelta()
    """How far the installation's clock is from the right one."""

    def __post_init__(self) -> None:
        self.file.write_bytes(SECONDS.pack(0.0))

    def now(self) -> datetime:
        """What the installation takes the time to be."""
        return self.right() + self.wrong

    def right(self) -> datetime:
        """What it is."""
        return datetime.now(UTC) + self.passed

    def go_on(self, by: timedelta) -> None:
        """Let time pass, and wait until all have seen it."""
        self.passed += by
        self._tell()

    def put(self, wrong: timedelta) -> None:
        """Set the installation's clock so far from the right one, and wait likewise."""
        self.wrong = wrong
        self._tell()

    def reset(self) -> None:
        """Be this machine's own again."""
        self.passed = timedelta()
        self.put(timedelta())

    def _tell(self) -> None:
        with self.file.open("r+b") as opened:  # never cut it short: it is mapped into everybody's memory
            opened.write(SECONDS.pack((self.passed + self.wrong).total_seconds()))
        time.sleep(_SEEN_AFTER)


@dataclass(slots=True)
class Running:
    """One process that was started, with those it started."""

    role: str
    pid: int
    has_ended: bool = False
    """Found out once and for all: its number may be somebody else's by now, who must not be taken for it."""

    @property
    def is_alive(self) -> bool:
        """Whether it is there."""
        if self.has_ended:
            return False
        with suppress(ChildProcessError):  # of the nursery's we are no parent
            os.waitpid(self.pid, os.WNOHANG)
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            self.has_ended = True
        return not self.has_ended

    def kill(self) -> None:
        """End it by SIGKILL with all it started: nothing of its own is run any more."""
        for process in family(self.pid):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._gone()

    def stop(self) -> None:
        """Ask it to end, as an operator would."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        self._gone()

    def _gone(self) -> None:
        eventually(lambda: not self.is_alive, f"the {self.role} ends")


@dataclass(slots=True)
class Nursery:
    """Starts processes that live by one clock."""

    process: subprocess.Popen[str] | None
    clock: SetClock
    folder: Path
    started: list[Running] = field(default_factory=list)

    def start(self, role: str, environ: dict[str, str]) -> Running:
        """A web (until it answers) or a worker; what it says goes to a log of its role."""
        assert self.process
        assert self.process.stdin
        assert self.process.stdout
        asked = {"role": role, "environ": environ, "log": str(self.log(role))}
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        running = Running(role, int(self.process.stdout.readline()))
        self.started.append(running)
        if role == "web":
            await_web(running, environ, self.log(role))
        return running

    @property
    def turns(self) -> int:
        """How often the workers that were started here had their turn at work; a busy machine gives them fewer."""
        found: int = TURNS.unpack(self.clock.file.with_name("turns").read_bytes())[0]
        return found

    def log(self, role: str) -> Path:
        """Where all processes of a role say what they have to say."""
        return self.folder / f"{role}.log"

    def anew(self, folder: Path) -> Nursery:
        """The same with its clock at this machine's time, its logs in this folder, and nothing running."""
        self.clock.reset()
        return replace(self, folder=folder, started=[])

    def clear(self) -> None:
        """Leave nothing behind that was started here."""
        for running in self.started:
            if running.is_alive:
                running.kill()

    def close(self) -> None:
        """End it, and what was started."""
        self.clear()
        if self.process:
            self.process.communicate()


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    """One for the length of a block, its clock at this machine's time."""
    clock = SetClock(folder / "clock")
    (folder / "turns").write_bytes(TURNS.pack(0))
    command = [sys.executable, "-m", "tests.faults.nursery", str(clock.file)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    opened = Nursery(process, clock, folder)
    try:
        yield opened
    finally:
        opened.close()


def eventually(is_so: Callable[[], bool], what: str, within: float = HANGS_AFTER) -> None:
    """Wait until something is so; fail in words when it never is."""
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)


def await_web(running: Running, environ: dict[str, str], log: Path) -> None:
    """Wait until it answers; fail by its own words when it does not start."""
    eventually(lambda: _answers(environ["PORT"]) or not running.is_alive, "the web answers")
    assert running.is_alive, log.read_text()[-2000:]


def _answers(port: str) -> bool:
    try:
        return status_of(f"http://127.0.0.1:{port}/healthz") == 200
    except OSError:
        return False
