"""The app on loopback, and Shopify beside it with extensions in its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from tests.support import databases
from tests.support.admin import listening
from tests.support.extension_host import Account, Host, hosting
from tests.web.extensions.conftest import Extensions, at_shopify, opened, shopify_order

MORE_ORDERS = ("6511", "6512", "6513")
"""Of the same customer: a test that writes has one of its own."""


@dataclass
class AtShopify:
    """The app at `address`, the shop's extensions at Shopify's."""

    address: str
    app: Extensions
    host: Host
    customer: str | None = "7"
    """Who is signed in."""


@pytest.fixture(scope="module")
def installed_at_shopify(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtShopify]:
    home = tmp_path_factory.mktemp("extensions")
    copy = home / "aftercare.sqlite3"
    shutil.copyfile(databases.migrated_file(run_folder), copy)
    installed = at_shopify(databases.sqlite(copy), home, Law(load_rulebook(), HolidayCalendar()))
    extensions = opened(installed)
    installed.keep(*map(shopify_order, MORE_ORDERS), policy_version="v1", shop=extensions.shop.id)
    with listening(installed.app) as address, hosting(lambda: extensions.token(here.customer)) as host:
        here = AtShopify(address, extensions, host)
        yield here
    installed.storage.close()


@pytest.fixture
def shopify(installed_at_shopify: AtShopify) -> AtShopify:
    """Give it with the shopper signed in."""
    installed_at_shopify.customer = "7"
    installed_at_shopify.host.account = Account()
    return installed_at_shopify
