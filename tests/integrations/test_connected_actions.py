"""Commands reach the shops that are connected, with the keys they have now, and no others."""

from dataclasses import replace

import pytest

from integrations.connected_actions import ConnectedActions
from integrations.guarded_http import open_session
from integrations.platforms.shopify.actions.adapter import ShopifyActions
from integrations.platforms.shopify.sync.source import stored_access
from integrations.platforms.woocommerce.actions.adapter import WooCommerceActions
from integrations.shop_sessions import ShopSessions
from plugin.domain.connection import Connection, Credentials
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant, Shop
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal
from tests.build import MERCHANT, PLACED, a_shop
from tests.fakes.units import FakeUnits

KEYS = Credentials("ck_" + "a1" * 20, "cs_" + "b2" * 20, "basic")

SESSIONS = ShopSessions(open_session)


def connected(shop: Shop) -> FakeUnits:
    units = FakeUnits()
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
        unit.shops.add(shop)
        unit.connections.save(Connection(shop.id, KEYS, PLACED))
        unit.commit()
    return units


def test_a_connected_shop_takes_commands() -> None:
    shop = a_shop(address="https://nordkap.example")
    assert isinstance(
        ConnectedActions(connected(shop), allows_private=False, sessions=SESSIONS)(shop), WooCommerceActions
    )


def test_each_platform_has_its_own_commands() -> None:
    shop = a_shop(platform=Platform.SHOPIFY, address="nordkap.myshopify.com")
    actions = ConnectedActions(connected(shop), allows_private=False, sessions=SESSIONS, shopify_access=stored_access)
    assert isinstance(actions(shop), ShopifyActions)
    refuses(connected(shop), shop)  # where the installation is no app at Shopify


def test_a_shop_without_keys_takes_none() -> None:
    shop = a_shop(address="https://nordkap.example")
    units = connected(shop)
    with units(MERCHANT) as unit:
        unit.connections.remove(shop.id)
        unit.commit()
    refuses(units, shop)


@pytest.mark.parametrize(
    "changes",
    [{"address": None}, {"platform": Platform.SHOPIFY}, {"address": "http://nordkap.example"}],
    ids=["no address", "no shop of Shopify's", "readable on the way"],
)
def test_keys_are_shown_to_nobody_else(changes: dict[str, str | None]) -> None:
    shop = replace(a_shop(address="https://nordkap.example"), **changes)  # type: ignore[arg-type]  # fields of the shop
    refuses(connected(shop), shop)


def refuses(units: FakeUnits, shop: Shop) -> None:
    with pytest.raises(Rejected) as error:
        ConnectedActions(units, allows_private=False, sessions=SESSIONS)(shop)
    assert error.value.code == Refusal.NOT_CONNECTED
