"""Finding a shop at an address and proving its keys there, against a shop on loopback that behaves as recorded."""

from __future__ import annotations

import json

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.shop_sessions import ShopSessions
from plugin.domain.connection_faults import (
    AddressNotHttps,
    KeysCannotRead,
    KeysRefused,
    MalformedKeys,
    NotWooCommerce,
    PrivateAddress,
    ShopMoved,
)
from plugin.ports.shop_source import FoundShop
from tests.integrations.woocommerce.proving import Prove, credentials
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving


def test_over_https_the_keys_travel_in_a_header(tls_shop: WooCommerceShop, prove: Prove) -> None:
    found = prove(tls_shop)
    assert found == FoundShop(tls_shop.address, "Woo Test Store", "10.5.0", credentials(tls_shop, "basic"))
    assert all("consumer_key" not in asked.query for asked in tls_shop.asked)


def test_a_host_that_strips_the_header_gets_the_keys_in_the_query(tls_shop: WooCommerceShop, prove: Prove) -> None:
    tls_shop.strips_authorization = True
    assert prove(tls_shop).credentials.way == "query"


def test_over_http_and_behind_a_proxy_that_hides_tls_requests_are_signed(
    shop: WooCommerceShop, tls_shop: WooCommerceShop, prove: Prove
) -> None:
    tls_shop.sees_tls = False
    assert prove(shop).credentials.way == prove(tls_shop).credentials.way == "oauth"
    assert all(shop.keys.secret not in str(asked) for asked in shop.asked)


def test_the_way_that_is_known_is_tried_first(tls_shop: WooCommerceShop, source: WooCommerceSource) -> None:
    list(source.changes(tls_shop.address, credentials(tls_shop, "query"), since=None, catalogue_since=None))
    assert not [asked for asked in tls_shop.asked if asked.authorization]


def test_two_connections_serve_the_first_reading_and_every_other(
    tls_shop: WooCommerceShop, source: WooCommerceSource
) -> None:
    *_, last = source.changes(tls_shop.address, credentials(tls_shop), since=None, catalogue_since=None)
    assert len(tls_shop.asked) > 5
    assert tls_shop.connections == 2
    list(source.changes(tls_shop.address, credentials(tls_shop), since=last.read_until, catalogue_since=None))
    assert tls_shop.connections == 2


def test_the_address_may_be_typed_in_many_ways_and_lie_in_a_folder(source: WooCommerceSource) -> None:
    shop = recorded_shop()
    shop.folder, shop.name = "/laden", "Tom &amp; Jerry\u2028 "
    with serving(shop) as shop:
        found = source.prove(f" {shop.address.upper().replace('LADEN', 'laden')}/wp-admin/ ", credentials(shop))
    assert (found.address, found.name) == (shop.address, "Tom & Jerry")


def test_the_keys_are_shown_to_nobody_before_woocommerce_is_found(shop: WooCommerceShop, prove: Prove) -> None:
    shop.misbehave("", Reply(200, json.dumps({"name": "A blog", "namespaces": ["wp/v2"]}).encode()))
    with pytest.raises(NotWooCommerce):
        prove(shop)
    assert [asked.endpoint for asked in shop.asked] == [""]
    assert not [asked for asked in shop.asked if asked.authorization or "oauth_consumer_key" in asked.query]


@pytest.mark.parametrize("way_in", ["shop", "tls_shop"])
def test_wrong_keys_are_refused_whatever_is_wrong_with_them(
    way_in: str, prove: Prove, request: pytest.FixtureRequest
) -> None:
    shop: WooCommerceShop = request.getfixturevalue(way_in)
    for wrong in ({"key": "ck_" + "0" * 40}, {"secret": "cs_" + "0" * 40}):
        with pytest.raises(KeysRefused):
            prove(shop, **wrong)
    shop.keys.has_role = False
    with pytest.raises(KeysRefused):
        prove(shop)
    shop.keys.is_revoked = True
    with pytest.raises(KeysRefused):
        prove(shop)


@pytest.mark.parametrize("way_in", ["shop", "tls_shop"])
def test_keys_made_for_writing_alone_are_told_from_wrong_ones(
    way_in: str, prove: Prove, request: pytest.FixtureRequest
) -> None:
    shop: WooCommerceShop = request.getfixturevalue(way_in)
    shop.keys.scope = "write"
    with pytest.raises(KeysCannotRead):
        prove(shop)


@pytest.mark.parametrize(
    ("key", "secret"),
    [("", ""), ("ck_1", "cs_1"), ("cs_" + "a" * 40, "ck_" + "a" * 40), ("ck_" + "a" * 40, "ck_" + "a" * 40)],
)
def test_keys_cut_off_or_swapped_are_told_without_asking_the_shop(
    shop: WooCommerceShop, prove: Prove, key: str, secret: str
) -> None:
    with pytest.raises(MalformedKeys):
        prove(shop, key=key, secret=secret)
    assert shop.asked == []


def test_keys_pasted_with_blanks_around_them_are_those_keys(shop: WooCommerceShop, prove: Prove) -> None:
    assert prove(shop, key=f" {shop.keys.key}\n").credentials.key == shop.keys.key


def test_without_the_operators_word_neither_this_machine_nor_http_is_called(shop: WooCommerceShop) -> None:
    guarded = WooCommerceSource(ShopSessions(open_session), allows_http=False)
    with pytest.raises(AddressNotHttps):
        guarded.prove(shop.address, credentials(shop))
    with pytest.raises(PrivateAddress):
        guarded.prove(shop.address.replace("http:", "https:"), credentials(shop))
    assert shop.connections == 0


def test_a_redirect_to_the_shops_other_spelling_is_followed_before_keys_are_shown(
    shop: WooCommerceShop, prove: Prove
) -> None:
    other = shop.address.replace("127.0.0.1", "localhost")
    shop.misbehave("", Reply(301, b"", (("Location", f"{other}/wp-json/?_fields=name"),)))
    assert prove(shop).address == other


@pytest.mark.parametrize(
    "location", ["/wp-login.php", "https://login.example/", "ftp://x/wp-json/", "//[/wp-json/", ""]
)
def test_a_redirect_to_anything_but_an_index_is_no_shop(shop: WooCommerceShop, prove: Prove, location: str) -> None:
    shop.misbehave("", Reply(302, b"", (("Location", location),)))
    with pytest.raises(NotWooCommerce):
        prove(shop)


def test_keys_are_never_carried_along_a_redirect(shop: WooCommerceShop, prove: Prove) -> None:
    shop.misbehave("orders", Reply(301, b"", (("Location", f"{shop.address}/wp-json/wc/v3/elsewhere"),)))
    with pytest.raises(ShopMoved):
        prove(shop)
    assert shop.asked_of("elsewhere") == []
