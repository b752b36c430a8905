"""An installation that shops reach, with a connected shop that has made its webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.web.deps import provide
from tests.support.admin import Installation, install
from tests.support.woocommerce_live import LiveShop, connected
from tests.support.woocommerce_page import PUBLIC
from tests.support.woocommerce_shop import recorded_shop, serving


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def installation(database_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    yield from reachable(database_url, tmp_path, law)


def reachable(database_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    """An installation that shops reach."""
    running = install(database_url, tmp_path, law)
    running.deps = replace(running.deps, public_url=PUBLIC)
    provide(running.app, running.deps)
    yield running
    running.storage.close()


@pytest.fixture
def live(installation: Installation) -> Iterator[LiveShop]:
    shop = recorded_shop(8)
    shop.products = {}
    shop.keys.scope = "read_write"
    with serving(shop) as running:
        yield connected(installation, running)
