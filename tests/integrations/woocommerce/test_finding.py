"""Where a shop's API is: below `index.php` too, and nowhere under "plain" permalinks, which is told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from integrations.platforms.woocommerce.exchange import WooCommerceExchange
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.connection_faults import NotWooCommerce, PlainPermalinks
from plugin.ports.key_exchange import KeyErrand
from tests.integrations.woocommerce.proving import Prove
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import INDEX, WooCommerceShop

ERRAND = KeyErrand("a-B_9", "https://a.example/install/x?y=1&z", "https://a.example/back")


def test_a_shop_is_found_without_keys(shop: WooCommerceShop, source: WooCommerceSource) -> None:
    assert source.find(shop.address.upper().replace("HTTP", "http") + "/") == shop.address
    assert [asked.authorization for asked in shop.asked] == [""]


def test_a_shop_whose_server_rewrites_nothing_is_below_index_php(shop: WooCommerceShop, prove: Prove) -> None:
    typed, shop.folder = shop.address, "/index.php"
    shop.address += "/index.php"
    assert prove(shop).address == shop.address
    shop.address = typed
    assert prove(shop).address == f"{typed}/index.php"


def test_a_shop_with_plain_permalinks_is_told_what_to_do(shop: WooCommerceShop, source: WooCommerceSource) -> None:
    shop.folder, shop.plain = "/elsewhere", Reply(200, json.dumps(INDEX).encode())
    with pytest.raises(PlainPermalinks):
        source.find(shop.address)
    shop.plain = replace(shop.plain, body=b'{"namespaces":["wp/v2"]}')
    with pytest.raises(NotWooCommerce):
        source.find(shop.address)


def test_what_is_asked_at_the_first_address_decides_when_nothing_is_below(
    shop: WooCommerceShop, source: WooCommerceSource
) -> None:
    seen: list[str] = []
    shop.before = lambda asked: seen.append(asked.endpoint)
    shop.misbehave("", Reply(200, b"<html>"))
    with pytest.raises(NotWooCommerce):
        source.find(shop.address)
    assert seen == [""]


def test_the_page_is_told_all_five_facts_it_requires(source: WooCommerceSource) -> None:
    page = WooCommerceExchange(source).page("https://shop.example/sub", ERRAND)
    assert page == (
        "https://shop.example/sub/wc-auth/v1/authorize?app_name=Aftercare&scope=read_write&user_id=a-B_9"
        "&return_url=https%3A%2F%2Fa.example%2Fback&callback_url=https%3A%2F%2Fa.example%2Finstall%2Fx%3Fy%3D1%26z"
    )
