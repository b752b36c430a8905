"""The Procfile's lines, run as a host runs them: by a shell, from the tree, over what requirements.txt names alone."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import column, create_engine, func, select, table

from tests.support.local_server import free_port, status_of
from tests.support.processes import WEB, WORKER, Nursery
from tests.support.procfile_host import ProcfileHost, unpack
from tests.support.repository import ROOT

PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> ProcfileHost:
    return unpack(tmp_path_factory.mktemp("host"))


@pytest.fixture
def environ(host: ProcfileHost, postgres_url: str, tmp_path: Path) -> dict[str, str]:
    ours = ("AFTERCARE_", "PYTEST", "PUBLIC_URL", "PYTHON", "VIRTUAL_ENV")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **inherited,
        "PATH": host.path,
        "AFTERCARE_HOME": str(tmp_path / "home"),
        "AFTERCARE_BIND": "127.0.0.1",
        "DATABASE_URL": postgres_url,  # what hosting services give
        "PORT": str(free_port()),
        "WEB_CONCURRENCY": "1",
    }


@contextmanager
def running(name: str, host: ProcfileHost, environ: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as said:
        process = subprocess.Popen(
            ["sh", "-c", f"exec {PROCFILE[name]}"], cwd=host.tree, env=environ, stdout=said, stderr=said
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def eventually(is_true: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while not is_true():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


def answers(address: str) -> bool:
    try:
        return status_of(address) == 200
    except OSError:
        return False


def has_worked(database_url: str) -> bool:
    """Whether a job of the clock was carried out."""
    engine = create_engine(database_url)
    schema = None if engine.dialect.name == "sqlite" else "dbos"
    jobs = table("workflow_status", column("name"), column("status"), schema=schema)
    is_done = jobs.c.name.startswith("periodic.") & (jobs.c.status == "SUCCESS")
    query = select(func.count()).select_from(jobs).where(is_done)
    try:
        with engine.connect() as connection:
            return bool(connection.execute(query).scalar())
    finally:
        engine.dispose()


def test_the_procfile_has_the_processes_the_documents_name() -> None:
    assert list(PROCFILE) == ["web", "worker", "release"]


def test_nothing_is_there_that_the_requirements_do_not_name(host: ProcfileHost, environ: dict[str, str]) -> None:
    look = (
        "from importlib.util import find_spec; print([bool(find_spec(name)) for name in ('boto3', 'redis', 'plugin')])"
    )
    told = subprocess.run(["python", "-c", look], cwd=host.tree.parent, env=environ, check=True, capture_output=True)
    assert told.stdout == b"[True, False, False]\n"


def test_the_release_line_prepares_the_database(host: ProcfileHost, environ: dict[str, str]) -> None:
    line = ["sh", "-c", PROCFILE["release"]]
    done = subprocess.run(line, cwd=host.tree, env=environ, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_the_web_line_serves_and_ends_when_asked(host: ProcfileHost, environ: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running("web", host, environ, log) as web:
        eventually(lambda: answers(f"http://127.0.0.1:{environ['PORT']}/readyz"), web, log)
        web.send_signal(signal.SIGTERM)
        assert web.wait(30) == 0


def test_the_worker_line_works_until_asked_to_stop(host: ProcfileHost, environ: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running("worker", host, environ, log) as worker:
        eventually(lambda: has_worked(environ["DATABASE_URL"]), worker, log)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(40) == 0


@pytest.mark.parametrize("name", PROCFILE)
def test_a_wrong_setting_ends_each_process_with_the_sentence_about_it(
    name: str, nursery: Nursery, tmp_path: Path
) -> None:
    said = refusal(nursery, name, tmp_path, {"PORT": "none"})
    assert "PORT must be a whole number from 1 to 65535" in said


@pytest.mark.parametrize("name", ["worker", "release"])
def test_a_database_that_does_not_answer_ends_a_process_with_a_sentence(
    name: str, nursery: Nursery, tmp_path: Path
) -> None:
    said = refusal(nursery, name, tmp_path, {"DATABASE_URL": "postgresql://someone:hunter2@127.0.0.1:1/nowhere"})
    assert "The database cannot be used now: " in said
    assert "hunter2" not in said


def refusal(nursery: Nursery, name: str, folder: Path, settings: dict[str, str]) -> str:
    """What a line's program says as it ends, which is not well; the lines themselves have been started above."""
    log = folder / "log"
    inherited = {name: value for name, value in os.environ.items() if name not in settings}
    started = nursery.start(_PROGRAMS[name], inherited | settings | {"AFTERCARE_HOME": str(folder)}, log)
    assert started.wait() != 0
    said = log.read_text()
    assert "Traceback" not in said
    return said


_PROGRAMS = {
    "web": WEB,
    "worker": WORKER,
    "release": ("-c", "from plugin.cli import main; main()", "db", "upgrade"),
}
"""What Python runs for each line."""
