"""Web and worker of an installation, on a clock that can be set."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faults import clocked
from tests.faults.clocked import SECONDS, TURNS
from tests.support.processes import WEB, WORKER, Running, await_web

PROGRAMS = {"web": WEB, "worker": WORKER}
Start = Callable[[tuple[str, ...], Mapping[str, str], Path], Running]
"""Starts a program in this environment; what it says goes to this file."""
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

    def _tell(self) -> None:
        with self.file.open("r+b") as opened:  # never cut it short: it is mapped into everybody's memory
            opened.write(SECONDS.pack((self.passed + self.wrong).total_seconds()))
        time.sleep(_SEEN_AFTER)


@dataclass(slots=True)
class Crew:
    """Web and worker of one installation, started as often as need be; they live by one clock."""

    folder: Path
    begin: Start
    clock: SetClock = field(init=False)
    started: list[Running] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = SetClock(self.folder / "clock")
        self._turns.write_bytes(TURNS.pack(0))

    def start(self, role: str, environ: dict[str, str]) -> Running:
        """A web (until it answers) or a worker; what it says goes to a log of its role."""
        running = self.begin(self.program(role), environ, self.log(role))
        self.started.append(running)
        if role == "web":
            await_web(running, environ["PORT"], self.log(role))
        return running

    def program(self, role: str) -> tuple[str, ...]:
        """What is run: the product's own program, by this clock."""
        _, module = PROGRAMS[role]
        return "-m", clocked.__name__, str(self.clock.file), module

    @property
    def turns(self) -> int:
        """How often the workers that were started here had their turn at work; a busy machine gives them fewer."""
        found: int = TURNS.unpack(self._turns.read_bytes())[0]
        return found

    def log(self, role: str) -> Path:
        """Where all processes of a role say what they have to say."""
        return self.folder / f"{role}.log"

    def clear(self) -> None:
        """Leave nothing behind that was started here."""
        for running in self.started:
            running.kill()

    @property
    def _turns(self) -> Path:
        return self.folder / "turns"
