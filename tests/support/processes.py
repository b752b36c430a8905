"""Processes of the product that are what a test needs around it, not what it tries: started in a moment, and ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.local_server import status_of
from tests.support.repository import ROOT

WEB, WORKER = ("-m", "gunicorn"), ("-m", "plugin.worker")
HANGS_AFTER = 300.0
"""Seconds: nothing here takes as long unless it never ends, not on a machine with everything else to do."""
_NOWHERE = Path(os.devnull)


@dataclass(slots=True)
class Running:
    """One process that was started, with those it started."""

    pid: int
    look: Callable[[int], int | None]
    """What tells how it ended: its exit status, or the signal's number below zero; nothing while it runs."""
    ended: int | None = None
    """Found out once and for all: its number may be somebody else's by now, who must not be taken for it."""

    @property
    def is_alive(self) -> bool:
        """Whether it is there."""
        if self.ended is None:
            self.ended = self.look(self.pid)
        return self.ended is None

    def kill(self) -> None:
        """End it by SIGKILL, with its group where it leads one: nothing of its own is run any more."""
        with suppress(ProcessLookupError):
            if self.is_alive and os.getpgid(self.pid) == self.pid:
                os.killpg(self.pid, signal.SIGKILL)
            elif self.is_alive:
                os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def stop(self) -> int:
        """Ask it to end, as an operator would; how it ended."""
        if self.is_alive:
            os.kill(self.pid, signal.SIGTERM)
        return self.wait()

    def wait(self) -> int:
        """How it ended, once it has."""
        eventually(lambda: not self.is_alive, f"process {self.pid} ends")
        assert self.ended is not None
        return self.ended


def is_gone(process: int) -> int | None:
    """Look at somebody else's child: how it ended is theirs to know."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return -signal.SIGKILL
    return None


@dataclass(frozen=True, slots=True)
class Nursery:
    """Starts programs in a moment (`tests.support.nursery`)."""

    process: subprocess.Popen[str]

    def start(
        self, program: tuple[str, ...], environ: Mapping[str, str], log: Path = _NOWHERE, output: Path | None = None
    ) -> Running:
        """Run what Python runs for these arguments; what it says goes to the log, or its output elsewhere."""
        outputs = {"output": str(output or log), "errors": str(log)}
        pid = self._ask({"program": program, "environ": dict(environ), **outputs})
        assert pid
        return Running(pid, lambda pid: self._ask({"look": pid}))

    @contextmanager
    def running(self, program: tuple[str, ...], environ: Mapping[str, str], log: Path = _NOWHERE) -> Iterator[Running]:
        """The same for the length of a block; then it is asked to end, if it has not."""
        started = self.start(program, environ, log)
        try:
            yield started
        finally:
            started.stop()

    def _ask(self, request: Mapping[str, object]) -> int | None:
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(request), file=self.process.stdin, flush=True)
        answer: int | None = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def open_nursery() -> Iterator[Nursery]:
    """One for the length of a block; what it started does not outlive it."""
    command = [sys.executable, "-m", "tests.support.nursery"]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        yield Nursery(process)


def eventually(is_so: Callable[[], bool], what: str, within: float = HANGS_AFTER) -> None:
    """Wait until something is so; fail in words when it never is."""
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.1)


def await_web(web: Running, port: str | int, log: Path = _NOWHERE) -> None:
    """Wait until it answers; fail by its own words when it does not start."""
    eventually(lambda: _answers(port) or not web.is_alive, "the web answers")
    assert web.is_alive, log.read_text()[-2000:]


def _answers(port: str | int) -> bool:
    try:
        return status_of(f"http://127.0.0.1:{port}/healthz") == 200
    except OSError:
        return False
