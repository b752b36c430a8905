"""No log line names anybody: a marked person passes through web, worker and commands, which also break on the way."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.needles import found_in
from tests.support.repository import ROOT


@pytest.fixture(scope="module")
def passed(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[bytes]:
    home = tmp_path_factory.mktemp("logged") / "home"
    command = [sys.executable, "-m", "tests.support.needle_traffic", str(home)]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPATH", "LANG")}
    return subprocess.run(command, cwd=ROOT, env=kept, check=False, capture_output=True, timeout=200)


def test_everything_was_tried_and_broke(passed: subprocess.CompletedProcess[bytes]) -> None:
    logged = passed.stderr.decode()
    done = json.loads(passed.stdout.splitlines()[-1])
    assert done["commands"] == 8, logged
    assert done["pages"] > 200
    assert done["desk"] > 30, "pages behind a session, an order's among them"
    assert '"endpoint": "admin.order", "method": "GET", "status": 200' in logged
    assert done["deliveries left"] == 0, "one was stored, one parked"
    assert done["jobs"] == 4, "each job and the clock"
    for told in (
        "IntegrityError",
        "KeyError",
        "recipient_refused",
        "a library's own words",
        "crashed",
        '"status": 500',
    ):
        assert told in logged, told
    assert passed.returncode == 1


def test_no_line_of_it_names_anybody(passed: subprocess.CompletedProcess[bytes]) -> None:
    lines = passed.stderr.splitlines()
    assert [line for line in lines if found_in(line)] == []
    assert found_in(passed.stderr) == []


def test_nothing_was_written_beside_the_database(passed: subprocess.CompletedProcess[bytes]) -> None:
    home = Path(str(passed.args[-1]))
    assert [path.name for path in home.rglob("*") if path.is_file() and found_in(path.read_bytes())] == []


def test_gunicorn_keeps_no_log_of_addresses() -> None:
    words = (ROOT / "gunicorn.conf.py").read_text()
    assert "accesslog" not in words
    assert 'loglevel = "warning"' in words
