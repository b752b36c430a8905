"""What any test may ask for: databases of both kinds, and a real browser. Nothing starts before it is asked for."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases, postgres, sizes
from tests.support.browser import browser, chromium, page
from tests.support.processes import Nursery, open_nursery
from tests.support.reused import Databases

__all__ = ["browser", "chromium", "page"]  # fixtures

RUN_FOLDER = "AFTERCARE_TEST_RUN"  # what the workers of one run share; the controller's to make and to remove
CONTROLLER = "AFTERCARE_TEST_CONTROLLER"

OFTEN = 20_000  # new objects between two searches for garbage; Python's 700 costs a quarter of the time

sizes.register()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "draws: tries a property inside the test; in the full size a long suite")
    if RUN_FOLDER not in os.environ:
        os.environ[RUN_FOLDER] = tempfile.mkdtemp(prefix="aftercare-test-")
        os.environ[CONTROLLER] = str(os.getpid())
        config.add_cleanup(_end_run)


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    sizes.mark_properties(items)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.freeze()  # the code and the tests themselves are no garbage
    gc.set_threshold(OFTEN, 20, 20)


def _end_run() -> None:
    postgres.stop(Path(os.environ.pop(RUN_FOLDER)))
    del os.environ[CONTROLLER]


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """Give the folder that all workers of this run share."""
    return Path(os.environ[RUN_FOLDER])


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Give what starts the product's programs in a moment."""
    with open_nursery() as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres_cluster(run_folder: Path) -> postgres.Cluster:
    """Give the run's private PostgreSQL server."""
    return postgres.shared_cluster(run_folder, controller=int(os.environ[CONTROLLER]))


@pytest.fixture
def empty_postgres_url(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    """Give a PostgreSQL database without a single table."""
    name = f"test_{uuid.uuid4().hex}"
    yield postgres_cluster.create(name)
    postgres_cluster.drop(name)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Give the address of a SQLite file that does not exist yet."""
    return databases.sqlite(tmp_path / "empty.sqlite3")


@pytest.fixture(scope="session")
def reused_postgres(postgres_cluster: postgres.Cluster, run_folder: Path) -> Iterator[Databases]:
    """Give this worker's migrated PostgreSQL databases."""
    reused = Databases(postgres_cluster, databases.migrated_template(postgres_cluster, run_folder))
    yield reused
    reused.close()


@pytest.fixture
def postgres_url(postgres_cluster: postgres.Cluster, reused_postgres: Databases) -> Iterator[str]:
    """Give a PostgreSQL database as the migrations make it."""
    name = reused_postgres.take()
    yield postgres_cluster.url(name)
    reused_postgres.give_back(name)


@pytest.fixture
def new_postgres_url(postgres_cluster: postgres.Cluster, run_folder: Path) -> Iterator[str]:
    """Give one that no test has used, so that PostgreSQL has no idea yet of how much its tables hold."""
    name = f"test_{uuid.uuid4().hex}"
    yield postgres_cluster.create(name, template=databases.migrated_template(postgres_cluster, run_folder))
    postgres_cluster.drop(name)


@pytest.fixture
def sqlite_url(tmp_path: Path, run_folder: Path) -> str:
    """Give a SQLite database as the migrations make it."""
    copy = tmp_path / "aftercare.sqlite3"
    shutil.copyfile(databases.migrated_file(run_folder), copy)
    return databases.sqlite(copy)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give a migrated database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Give a database without a single table, once of each kind."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url
