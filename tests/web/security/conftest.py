"""One installation for all that is tried here: nothing that is refused may leave a trace in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from tests.support import databases
from tests.support.admin import Browser, Installation, install
from tests.support.shopify_live import at_shopify
from tests.web.security.world import World, a_world


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture(scope="module")
def installation(run_folder: Path, tmp_path_factory: pytest.TempPathFactory, law: Law) -> Iterator[Installation]:
    """Give an app at Shopify with two merchants and the demo's pages, once for a file of tests."""
    home = tmp_path_factory.mktemp("security")
    shutil.copyfile(databases.migrated_file(run_folder), home / "aftercare.sqlite3")
    running = install(databases.sqlite(home / "aftercare.sqlite3"), home, law)
    at_shopify(running)
    yield running
    running.storage.close()


@pytest.fixture(scope="module")
def world(installation: Installation) -> World:
    return a_world(installation)


@pytest.fixture(scope="module")
def owner(installation: Installation) -> Browser:
    return installation.signed_in()
