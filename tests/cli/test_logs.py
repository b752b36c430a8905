"""No log line names anybody: a marked person passes through web, worker and commands, which also break on the way."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.storage.needles import found_in
from tests.support.processes import Nursery
from tests.support.repository import ROOT


@dataclass(frozen=True, slots=True)
class Passed:
    """What the process left behind that did it."""

    home: Path
    output: bytes
    log: bytes
    ended: int


@pytest.fixture(scope="module")
def passed(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Passed:
    folder = tmp_path_factory.mktemp("logged")
    home, log, output = folder / "home", folder / "log", folder / "output"
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPATH", "LANG")}
    ended = nursery.start(("-m", "tests.support.needle_traffic", str(home)), kept, log, output).wait()
    return Passed(home, output.read_bytes(), log.read_bytes(), ended)


def test_everything_was_tried_and_broke(passed: Passed) -> None:
    logged = passed.log.decode()
    done = json.loads(passed.output.splitlines()[-1])
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
    assert passed.ended == 1


def test_no_line_of_it_names_anybody(passed: Passed) -> None:
    lines = passed.log.splitlines()
    assert [line for line in lines if found_in(line)] == []
    assert found_in(passed.log) == []


def test_nothing_was_written_beside_the_database(passed: Passed) -> None:
    assert [path.name for path in passed.home.rglob("*") if path.is_file() and found_in(path.read_bytes())] == []


def test_gunicorn_keeps_no_log_of_addresses() -> None:
    words = (ROOT / "gunicorn.conf.py").read_text()
    assert "accesslog" not in words
    assert 'loglevel = "warning"' in words
