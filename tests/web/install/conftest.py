"""An installation that shops reach, and a shop with a page that hands out keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.admin import Installation
from tests.support.woocommerce_page import KeyPage
from tests.support.woocommerce_shop import recorded_shop, serving
from tests.web.webhooks.conftest import installation, law

__all__ = ["installation", "law"]  # fixtures


@pytest.fixture
def key_page(installation: Installation) -> Iterator[KeyPage]:
    shop = recorded_shop(5)
    shop.keys.scope = "read_write"
    with serving(shop) as running:
        yield KeyPage(running, installation.app.test_client())
