"""The words of tests that prove a shop's keys."""

from __future__ import annotations

from collections.abc import Callable

from plugin.domain.connection import Credentials
from plugin.ports.shop_source import FoundShop
from tests.support.woocommerce_shop import WooCommerceShop

Prove = Callable[..., FoundShop]


def credentials(shop: WooCommerceShop, way: str = "") -> Credentials:
    return Credentials(shop.keys.key, shop.keys.secret, way)
