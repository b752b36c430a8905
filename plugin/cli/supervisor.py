"""Keeps a few programs running: starts them, starts one again when it dies, and stops all together."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

_POLL_SECONDS = 0.1
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class Program:
    """One command to keep running. `pause` is how long its next death is answered with patience."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    resume_at: float = 0.0
    pause: float = field(default=_FIRST_PAUSE_SECONDS)

    def start(self, now: float, log: IO[bytes] | None) -> None:
        """Start it in a session of its own, so that Ctrl-C in the terminal reaches the supervisor alone."""
        self.started_at = now
        command = [*_bound_to_us(), *self.command]
        self.process = subprocess.Popen(command, start_new_session=True, stderr=log)  # noqa: S603 - our own programs

    def signal(self, number: int) -> None:
        """Send a signal to it and everything it started."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Runs programs until it is told to stop; `tell` prints one line for the person at the terminal.

    `log` takes what the programs write to standard error; None: it goes where the supervisor's own does.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        tell: Callable[[str], None],
        *,
        log: IO[bytes] | None = None,
        grace_seconds: float = 25.0,
    ) -> None:
        self._programs = programs
        self._tell = tell
        self._log = log
        self._grace_seconds = grace_seconds
        self._stops = 0

    def run(self, on_started: Callable[[], bool]) -> bool:
        """Start all; false if `on_started` says that starting failed. Returns when stopped, with nothing left behind.

        `on_started` may call `is_asked_to_stop` while it waits.
        """
        before = {number: signal.signal(number, self._note_stop) for number in _STOP_SIGNALS}
        try:
            for program in self._programs:
                program.start(time.monotonic(), self._log)
            is_running = on_started()
            while is_running and not self._stops:
                self._revive(time.monotonic())
                time.sleep(_POLL_SECONDS)
            return is_running
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def is_asked_to_stop(self) -> bool:
        """Whether Ctrl-C or a termination signal arrived."""
        return self._stops > 0

    def has_died(self, name: str) -> bool:
        """Whether a program is not running at this moment."""
        return any(each.name == name and each.process and each.process.poll() is not None for each in self._programs)

    def _note_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stops += 1

    def _revive(self, now: float) -> None:
        for program in self._programs:
            if program.process and (status := program.process.poll()) is not None:
                self._bury(program, status, now)
            elif program.process is None and now >= program.resume_at:
                program.start(now, self._log)

    def _bury(self, program: Program, status: int, now: float) -> None:
        """A program that ran steadily starts again soon; one that keeps dying waits longer each time."""
        program.signal(signal.SIGKILL)  # what it started and left behind
        if now - program.started_at > _STEADY_SECONDS:
            program.pause = _FIRST_PAUSE_SECONDS
        self._tell(f"The {program.name} process ended ({_ending(status)}); starting it again in {program.pause:.0f} s.")
        program.process = None
        program.resume_at = now + program.pause
        program.pause = min(program.pause * 2, _LONGEST_PAUSE_SECONDS)

    def _stop_all(self) -> None:
        """Ask, wait, then insist; a second Ctrl-C insists at once."""
        asked = self._stops
        for program in self._programs:
            program.signal(signal.SIGTERM)
        deadline = time.monotonic() + self._grace_seconds
        while self._alive() and time.monotonic() < deadline and self._stops <= max(asked, 1):
            time.sleep(_POLL_SECONDS / 4)
        for program in self._programs:
            program.signal(signal.SIGKILL)
            if program.process:
                program.process.wait()

    def _alive(self) -> bool:
        return any(program.process and program.process.poll() is None for program in self._programs)


def _bound_to_us() -> Sequence[str]:
    """On Linux the kernel tells the programs when the supervisor dies, even by SIGKILL."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM", "--") if setpriv else ()


def _ending(status: int) -> str:
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
