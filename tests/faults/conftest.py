"""Processes by a clock that can be set, and the world they work in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import world as worlds
from tests.faults.processes import Crew
from tests.faults.world import World
from tests.support import databases
from tests.support.processes import Nursery


@pytest.fixture
def crew(nursery: Nursery, tmp_path: Path) -> Crew:
    """One by this machine's time, its logs in the test's own folder, and nothing running."""
    return Crew(tmp_path, nursery.start)


@pytest.fixture
def fresh(tmp_path: Path, run_folder: Path) -> Path:
    """A migrated SQLite file that nothing was ever written to."""
    copy = tmp_path / "fresh.sqlite3"
    shutil.copyfile(databases.migrated_file(run_folder), copy)
    return copy


@pytest.fixture
def world(crew: Crew, database_url: str) -> Iterator[World]:
    """One on either database."""
    with worlds.opened(crew, database_url) as opened:
        yield opened
