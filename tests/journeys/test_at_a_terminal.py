"""Whoever starts the server and looks on keeps the addresses in sight: the log goes into a file."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.local_server import free_port, status_of
from tests.support.repository import ROOT


def test_at_a_terminal_the_log_is_in_a_file_and_the_addresses_stay_in_sight(tmp_path: Path) -> None:
    mine, theirs = pty.openpty()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AFTERCARE_")}
    environ |= {"AFTERCARE_HOME": str(tmp_path), "AFTERCARE_ENV": "production", "PORT": str(free_port())}
    server = subprocess.Popen(
        [sys.executable, "-m", "plugin.cli", "serve"], cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=theirs
    )
    try:
        said = ""
        assert server.stdout
        for line in map(bytes.decode, server.stdout):
            said += line
            if line.startswith("Ctrl-C"):
                break
        told = dict(re.findall(r"^  (\S.*?)  +(\S+)", said, re.MULTILINE))
        assert status_of(told["API docs"]) == 200
        status_of(told["API docs"] + "/nothing")
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=40)
    log = Path(told["Log"])
    assert log == tmp_path / "serve.log"
    assert log.stat().st_mode & 0o077 == 0
    assert '"event": "request"' in log.read_text()
    shown = os.read(mine, 65536) if select.select([mine], [], [], 0)[0] else b""
    assert shown == b""
    os.close(theirs)
    os.close(mine)
