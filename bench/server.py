"""A gunicorn as the product runs it, serving one of our applications."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.local_server import free_port, status_of

_ROOT = Path(__file__).parents[1]
_PATIENCE_SECONDS = 60.0


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
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application]
    log = Path(environ["AFTERCARE_HOME"]).with_name(f"{port}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=_ROOT, env={**environ, "PORT": str(port)}, stderr=output, stdin=subprocess.DEVNULL
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
