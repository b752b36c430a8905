"""Where Shopify hides orders of more than 60 days ago, the merchant reads it, with what follows and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.platforms.shopify.granting import ShopifyScopes
from integrations.platforms.shopify.scopes import EVERYTHING_EVER, INSTALLED
from plugin.domain.clocks.engine import Law
from plugin.domain.first_reading import FirstReading, Place
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.web.deps import provide
from tests.integrations.shopify.signing import CLIENT, SHOP
from tests.support.shopify_frame import Frame, framed

SHORT = "Orders of the last 60 days only"
GROWN = "make them in Shopify"


@pytest.fixture
def frame(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Frame]:
    with framed(sqlite_url, tmp_path, law) as frame:
        app = frame.installation.deps.shopify
        assert app
        deps = replace(frame.installation.deps, shopify=replace(app, scopes=ShopifyScopes(CLIENT)))
        provide(frame.installation.app, deps)
        yield frame


def taken_in(frame: Frame, *scopes: str) -> Shop:
    frame.endpoint.scopes = ",".join([*INSTALLED, *scopes])
    frame.open()
    shop = frame.installation.deps.directory.shop_by_address(Platform.SHOPIFY, SHOP.name)
    assert shop
    return shop


def test_the_shops_page_says_so_and_the_shops_own_page_says_what_follows(frame: Frame) -> None:
    shop = taken_in(frame)
    listed = frame.open("/admin/shops").text
    assert SHORT in listed
    assert f"/admin/shops/{shop.id}/health" in listed
    assert "#reach" in listed
    told = frame.open(f"/admin/shops/{shop.id}/health").text
    for part in ("read_all_orders", "may be missing here", "by its number in Shopify", GROWN, "next daily comparison"):
        assert part in told


def test_a_first_reading_says_that_it_is_one_of_60_days(frame: Frame) -> None:
    shop = taken_in(frame)
    with frame.installation.deps.units(shop.merchant) as unit:
        known = unit.connections.get(shop.id)
        assert known
        unit.connections.save(replace(known, first=FirstReading(Place("1:0", 0, 12), known.connected_at)))
        unit.commit()
    for page in ("/admin/shops", f"/admin/shops/{shop.id}/health"):
        text = frame.open(page).text
        assert "Orders read: 0 of 12" in text
        assert SHORT in text


def test_with_access_to_all_orders_none_of_it_is_said(frame: Frame) -> None:
    shop = taken_in(frame, EVERYTHING_EVER)
    for page in ("/admin/shops", f"/admin/shops/{shop.id}/health"):
        text = frame.open(page).text
        assert shop.name in text
        assert SHORT not in text
        assert GROWN not in text
