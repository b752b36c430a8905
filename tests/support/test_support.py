import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page

from tests.support.postgres import Cluster
from tests.support.processes import Nursery
from tests.support.repository import ROOT


def test_a_test_gets_an_empty_postgresql_database_of_its_own(empty_postgres_url: str) -> None:
    with psycopg.connect(empty_postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row == (0,)


def test_the_private_cluster_listens_on_loopback_only(postgres_cluster: Cluster) -> None:
    with postgres_cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_the_private_cluster_refuses_a_wrong_password(postgres_cluster: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://aftercare:wrong@127.0.0.1:{postgres_cluster.port}/postgres")


@pytest.mark.browser
def test_a_page_is_a_real_browser_that_runs_script(page: Page, tmp_path: Path) -> None:
    document = tmp_path / "page.html"
    document.write_text("<!doctype html><title>before</title><script>document.title = String(6 * 7)</script>")
    page.goto(document.as_uri())
    assert page.title() == "42"


ABANDONED = """
import os, signal
def test_it(postgres_cluster):
    print("at", os.environ["AFTERCARE_TEST_RUN"], flush=True)
    os.killpg(0, signal.SIGKILL)
"""


def test_a_run_that_is_killed_with_all_its_processes_leaves_no_server_behind(tmp_path: Path) -> None:
    test = tmp_path / "test_abandoned.py"
    test.write_text(ABANDONED)
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("AFTERCARE_TEST", "PYTEST"))}
    command = [sys.executable, "-m", "pytest", "-s", "-q", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    done = subprocess.run(
        [*command, str(test)],
        cwd=ROOT,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    run = Path(done.stdout.split("at ", 1)[1].split()[0])
    deadline = time.monotonic() + 20
    while run.exists():
        assert time.monotonic() < deadline, "the server's folder is still there"
        time.sleep(0.1)


SAYS = """
import os, sys
print(sys.argv[1:], sorted(os.environ.items()), os.getsid(0) == os.getpid(), sys.stdin.read(), flush=True)
os.kill(os.getpid(), 9) if "die" in sys.argv else sys.exit("the end")
"""


def test_a_program_has_its_own_arguments_environment_session_and_end(nursery: Nursery, tmp_path: Path) -> None:
    log, output = tmp_path / "log", tmp_path / "output"
    assert nursery.start(("-c", SAYS, "a"), {"B": "c"}, log, output).wait() == 1
    assert output.read_text() == "['a'] [('B', 'c')] True \n"
    assert log.read_text() == "the end\n"
    assert nursery.start(("-c", SAYS, "die"), {}, log).wait() == -signal.SIGKILL
    assert nursery.start(("-c", "import gunicorn, plugin.app"), {}, log).wait() == 0
