"""Processes that start in a moment, and the world they work in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import world as worlds
from tests.faults.processes import Nursery, nursery
from tests.faults.world import World
from tests.support import databases


@pytest.fixture(scope="session")
def _nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("nursery")) as opened:
        yield opened


@pytest.fixture
def young(_nursery: Nursery, tmp_path: Path) -> Nursery:
    """The nursery, its clock at this machine's time and its logs in the test's own folder."""
    return _nursery.anew(tmp_path)


@pytest.fixture
def fresh(tmp_path: Path, run_folder: Path) -> Path:
    """A migrated SQLite file that nothing was ever written to."""
    copy = tmp_path / "fresh.sqlite3"
    shutil.copyfile(databases.migrated_file(run_folder), copy)
    return copy


@pytest.fixture
def world(young: Nursery, database_url: str) -> Iterator[World]:
    """One on either database."""
    with worlds.opened(young, database_url) as opened:
        yield opened
