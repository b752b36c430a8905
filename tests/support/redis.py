"""A real Redis on loopback, for a test: keeps nothing on disk."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_SOON = 10


@dataclass
class RedisServer:
    """One server, which can be stopped and started again at its port."""

    folder: Path
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Return once it answers."""
        self.port = self.port or _free_port()
        program = shutil.which("redis-server")
        assert program, "Redis is missing (Debian: apt-get install redis-server); ./script/test gets it"
        quiet = ("--save", "", "--appendonly", "no", "--dir", str(self.folder), "--bind", "127.0.0.1")
        self._process = subprocess.Popen([program, "--port", str(self.port), *quiet], stdout=subprocess.DEVNULL)
        until = time.monotonic() + _SOON
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("Redis does not answer")

    def kill(self) -> None:
        """At once, as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
