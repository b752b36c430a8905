"""What an installation costs that nobody asks anything: web and worker on SQLite, as `aftercare serve` runs them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import processes
from bench.installations import installation
from bench.result import Result, Size
from bench.server import running

_MOST_MEGABYTES, _MOST_PERCENT = 300, 3.0
_MEGABYTE = 1_000_000
_SETTLES = {Size.TINY: 0.0, Size.QUICK: 15.0, Size.FULL: 30.0}
_WATCHED = {Size.TINY: 1.0, Size.QUICK: 60.0, Size.FULL: 120.0}
"""Seconds; most of what is done by the clock is done within two minutes."""


def idle(size: Size) -> Iterator[Result]:
    """After start-up has settled: memory of all processes at the end, and their processor time in between."""
    command = [str(Path(sys.executable).with_name("aftercare")), "serve"]
    with installation(PUBLIC_URL="https://aftercare.example.com") as installed:  # so that there is no demo store
        installed.promise(installed.shop())
        with running(command, "PORT", "/readyz", installed.environ) as server:
            time.sleep(_SETTLES[size])
            before, begun = processes.cpu_seconds(server.process), time.monotonic()
            time.sleep(_WATCHED[size])
            used = (processes.cpu_seconds(server.process) - before) / (time.monotonic() - begun)
            held = processes.memory_bytes(server.process) / _MEGABYTE
    name = "idle: web, worker and who keeps them running, SQLite"
    yield Result(f"{name}, memory", held, "MB", target=_MOST_MEGABYTES, is_lower_better=True)
    yield Result(f"{name}, of a core", used * 100, "%", target=_MOST_PERCENT, is_lower_better=True)
