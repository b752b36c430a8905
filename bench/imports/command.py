"""One run of `aftercare import`, as an operator starts it, with what its processes used meanwhile."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench import processes
from bench.installations import SHOP
from plugin.domain.order import Platform

_SAMPLE_SECONDS = 0.25
_STEADY_FROM, _STEADY_TO, _END_FROM = 0.4, 0.6, 0.8


@dataclass(frozen=True, slots=True)
class Run:
    """How long it took from start to exit, its processes' CPU time, and their memory four times a second, in bytes."""

    seconds: float
    cpu: float
    memory: list[int] = field(default_factory=list)

    @property
    def peak(self) -> int:
        """The most at any time."""
        return max(self.memory, default=0)

    @property
    def middle(self) -> int:
        """The most while the middle fifth was done."""
        return self._most(_STEADY_FROM, _STEADY_TO)

    @property
    def end(self) -> int:
        """The most while the last fifth was done."""
        return self._most(_END_FROM, 1.0)

    def _most(self, begin: float, end: float) -> int:
        count = len(self.memory)
        return max(self.memory[int(count * begin) : max(int(count * end), 1)], default=0)


def run_import(file: Path, platform: Platform, environ: Mapping[str, str], orders: int) -> Run:
    """Import a file whose every order must be stored; raises `RuntimeError` when it is not so."""
    command = [str(Path(sys.executable).with_name("aftercare")), "import", "--shop", SHOP, "--platform", platform]
    begun, used = time.perf_counter(), _cpu_of_ended()
    process = subprocess.Popen([*command, str(file)], env=dict(environ), stdout=subprocess.PIPE, text=True)
    memory: list[int] = []
    watch = threading.Thread(target=_watch, args=(process, memory))
    watch.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - begun
    watch.join()
    if process.returncode or not said.startswith(f"stored {orders}, "):
        raise RuntimeError(f"the import ended with {process.returncode} and said {said!r}")
    return Run(seconds, _cpu_of_ended() - used, memory)


def _cpu_of_ended() -> float:
    """User and system time of every process that was started from here and has ended, theirs included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _watch(process: subprocess.Popen[str], memory: list[int]) -> None:
    while processes.is_known() and process.poll() is None:
        if found := processes.memory_bytes(process.pid):
            memory.append(found)
        time.sleep(_SAMPLE_SECONDS)
