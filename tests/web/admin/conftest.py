"""The admin on both databases; what is not about storage runs on SQLite alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from tests.support.admin import Installation, install


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def installation(database_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    """Give an installation with two merchants, once on each database."""
    running = install(database_url, tmp_path, law)
    yield running
    running.storage.close()


@pytest.fixture
def light(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    """Give the same on SQLite alone."""
    running = install(sqlite_url, tmp_path, law)
    yield running
    running.storage.close()
