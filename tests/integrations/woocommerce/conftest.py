"""A shop on loopback that behaves as recorded, on http and on https, and our source that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.shop_sessions import ShopSessions
from plugin.ports.shop_source import FoundShop
from tests.integrations.woocommerce.proving import Prove, credentials
from tests.support.certificates import certify
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving


@pytest.fixture
def shop() -> Iterator[WooCommerceShop]:
    """Give a shop on plain http, as PHP sees it."""
    with serving(recorded_shop()) as shop:
        yield shop


@pytest.fixture
def tls_shop(tmp_path: Path) -> Iterator[WooCommerceShop]:
    """Give a shop on https."""
    shop = recorded_shop()
    shop.sees_tls = True
    with serving(shop, certify(tmp_path)[0]) as shop:
        yield shop


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def source(tmp_path: Path, waits: list[float]) -> WooCommerceSource:
    def session():  # noqa: ANN202 - a session that trusts the test's certificate
        session = open_session(allows_private=True, timeouts=(10, 10))
        trusted = tmp_path / "certificate.pem"
        session.verify = str(trusted) if trusted.exists() else True
        return session

    return WooCommerceSource(ShopSessions(session), allows_http=True, sleep=waits.append)


@pytest.fixture
def prove(source: WooCommerceSource) -> Prove:
    def prove(shop: WooCommerceShop, **changes: str) -> FoundShop:
        return source.prove(shop.address, replace(credentials(shop), **changes))

    return prove
