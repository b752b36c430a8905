"""A server as the product runs it, serving one of our applications: gunicorn, or granian as its page says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.local_server import free_port, status_of

_ROOT = Path(__file__).parents[1]
_PATIENCE_SECONDS = 180.0
_GRANIAN_PAGE = _ROOT / "docs" / "operating" / "granian.md"


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens and which process it is."""

    port: int
    process: int


@contextmanager
def serving(application: str, target: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """Serve an application, named as gunicorn wants it, under the product's own gunicorn.conf.py until it answers.

    Its log goes to a file, as it would at work.
    """
    with running([sys.executable, "-m", "gunicorn", application], "PORT", target, environ) as server:
        yield server


@contextmanager
def serving_by_granian(target: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """Serve the product by granian, by the command that its page tells, until it answers."""
    command = [sys.executable, "-m", *granian_command()]
    with running(command, "GRANIAN_PORT", target, environ) as server:
        yield server


@cache
def granian_command() -> tuple[str, ...]:
    """What docs/operating/granian.md has operators run."""
    (block,) = re.findall(r"^```console\n\$ (granian .*?)^```", _GRANIAN_PAGE.read_text(), re.DOTALL | re.MULTILINE)
    return tuple(shlex.split(block))


@contextmanager
def running(command: Sequence[str], port_in: str, target: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """Run a command that listens on the port it is told in this variable, until it answers what is asked there."""
    port = free_port()
    log = Path(environ["AFTERCARE_HOME"]).with_name(f"{port}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=_ROOT,
            env={**environ, port_in: str(port)},
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}{target}", log)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(_PATIENCE_SECONDS)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError):
            status_of(address)
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {log.read_text()[-2000:]}")
