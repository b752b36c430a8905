"""A shop whose shoppers can withdraw on line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from tests.support.admin import install
from tests.support.withdrawing import Withdrawing


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def function(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Withdrawing]:
    running = install(sqlite_url, tmp_path, law)
    yield Withdrawing(running)
    running.storage.close()
