"""A Shopify store whose shoppers reach our pages under its own address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from tests.support.admin import Installation, install
from tests.support.shopify_store import ShopifyStore, a_store


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def installation(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    running = install(sqlite_url, tmp_path, law)
    yield running
    running.storage.close()


@pytest.fixture
def store(installation: Installation) -> ShopifyStore:
    return a_store(installation)
