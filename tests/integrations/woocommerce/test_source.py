"""Finding a shop at an address and proving its keys there, against a shop on loopback that behaves as recorded."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import (
    AddressNotHttps,
    KeysCannotRead,
    KeysRefused,
    MalformedKeys,
    NotWooCommerce,
    PrivateAddress,
    ShopBlocks,
    ShopFault,
    ShopMoved,
    ShopUnavailable,
    ShopUnreadable,
)
from plugin.ports.shop_source import FoundShop
from tests.support.certificates import certify
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving

HTML = {"content_type": "text/html"}
Prove = Callable[..., FoundShop]


def credentials(shop: WooCommerceShop, way: str = "") -> Credentials:
    return Credentials(shop.keys.key, shop.keys.secret, way)


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
    def session():  # noqa: ANN202 - a session that trusts the test's certificate and gives up soon
        session = open_session(allows_private=True, timeouts=(2, 0.3))
        trusted = tmp_path / "certificate.pem"
        session.verify = str(trusted) if trusted.exists() else True
        return session

    return WooCommerceSource(session, allows_http=True, sleep=waits.append)


@pytest.fixture
def prove(source: WooCommerceSource) -> Prove:
    def prove(shop: WooCommerceShop, **changes: str) -> FoundShop:
        return source.prove(shop.address, replace(credentials(shop), **changes))

    return prove


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


def test_one_connection_serves_a_whole_reading(tls_shop: WooCommerceShop, source: WooCommerceSource) -> None:
    list(source.changes(tls_shop.address, credentials(tls_shop), since=None, catalogue_since=None))
    assert len(tls_shop.asked) > 5
    assert tls_shop.connections == 1


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
    guarded = WooCommerceSource(open_session, allows_http=False)
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


MISBEHAVIOURS = [
    (Reply(200, b"<html>Checking your browser</html>", **HTML), NotWooCommerce),
    (Reply(200, b""), ShopUnreadable),
    (Reply(200, b'[{"id": 1, "date_mod'), ShopUnreadable),
    (Reply(200, b'[{"id": 1'), ShopUnreadable),
    (Reply(200, b"[" * 100_000), ShopUnreadable),
    (Reply(200, b'{"id": 1}'), ShopUnreadable),
    (Reply(200, b'[{"id": "x", "date_modified_gmt": 5}]'), ShopUnreadable),
    (Reply(200, b"[]", (("Content-Length", "100"),)), ShopUnreadable),
    (Reply(401, b"<html>Staging</html>", **HTML), ShopBlocks),
    (Reply(403, b"<html>Forbidden</html>", **HTML), ShopBlocks),
    (Reply(403, b'{"code":"rest_forbidden","message":"No."}'), ShopBlocks),
    (Reply(406, b"Not acceptable", **HTML), ShopBlocks),
    (Reply(400, b'{"code":"rest_invalid_param"}'), ShopUnreadable),
    (Reply(404, b"<html>Not found</html>", **HTML), NotWooCommerce),
    (Reply(404, b'{"code":"rest_no_route"}'), NotWooCommerce),
    (Reply(500, b'{"code":"internal_server_error"}'), ShopUnavailable),
    (Reply(504, b"", **HTML), ShopUnavailable),
]


@pytest.mark.parametrize(("reply", "fault"), MISBEHAVIOURS)
def test_every_misbehaviour_has_its_name(
    shop: WooCommerceShop, source: WooCommerceSource, waits: list[float], reply: Reply, fault: type[ShopFault]
) -> None:
    shop.misbehave("orders", reply)
    with pytest.raises(fault) as caught:
        list(source.changes(shop.address, credentials(shop), since=None, catalogue_since=None))
    assert not caught.value.is_final
    assert waits == []


def test_a_busy_shop_is_asked_again_after_the_time_it_names(
    shop: WooCommerceShop, prove: Prove, waits: list[float]
) -> None:
    shop.misbehave("orders", Reply(429, b"", (("Retry-After", "7"),)), Reply(503, b"", **HTML))
    assert prove(shop).version == "10.5.0"
    assert waits == [7.0, 4.0]


def test_a_shop_that_asks_for_longer_is_left_alone_for_so_long(
    shop: WooCommerceShop, prove: Prove, waits: list[float]
) -> None:
    shop.misbehave("orders", Reply(503, b"", (("Retry-After", "600"),), **HTML))
    with pytest.raises(ShopUnavailable) as caught:
        prove(shop)
    assert caught.value.retry_after == 600
    assert waits == []


@pytest.mark.parametrize(
    ("stated", "most"),
    [("Fri, 31 Dec 2100 23:59:59 GMT", 86_400), ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("soon", None)],
)
def test_the_time_to_wait_may_be_a_date_and_is_a_day_at_most(
    shop: WooCommerceShop, prove: Prove, stated: str, most: float | None
) -> None:
    shop.misbehave("orders", *[Reply(503, b"", (("Retry-After", stated),), **HTML)] * 3)
    with pytest.raises(ShopUnavailable) as caught:
        prove(shop)
    assert caught.value.retry_after == most


def test_three_tries_are_all(shop: WooCommerceShop, prove: Prove, waits: list[float]) -> None:
    shop.misbehave("orders", *[Reply(429, b"")] * 3)
    with pytest.raises(ShopUnavailable):
        prove(shop)
    assert waits == [1.0, 4.0]
    assert len(shop.asked_of("orders")) == 3


def test_a_shop_that_is_not_there_is_unavailable(prove: Prove, waits: list[float]) -> None:
    with serving(recorded_shop()) as shop:
        pass
    with pytest.raises(ShopUnavailable):
        prove(shop)
    assert waits == [1.0, 4.0]


def test_a_shop_that_does_not_answer_in_time_is_unavailable(
    shop: WooCommerceShop, prove: Prove, waits: list[float]
) -> None:

    ends = threading.Event()
    shop.before = lambda _: ends.wait(5) and None
    with pytest.raises(ShopUnavailable, match="timeout"):
        prove(shop)
    ends.set()
    assert waits == []


def test_a_certificate_nobody_trusts_is_told_as_such(tls_shop: WooCommerceShop) -> None:
    untrusting = WooCommerceSource(lambda: open_session(allows_private=True), allows_http=True)
    with pytest.raises(ShopUnavailable, match="TLS"):
        untrusting.prove(tls_shop.address, credentials(tls_shop))


def test_the_version_is_unknown_where_the_shop_does_not_show_it(shop: WooCommerceShop, prove: Prove) -> None:
    shop.misbehave("system_status", Reply(500, b""))
    assert prove(shop).version == ""


def test_no_fault_shows_the_keys(tls_shop: WooCommerceShop, prove: Prove) -> None:
    tls_shop.strips_authorization = True
    tls_shop.misbehave("orders", *[Reply(503, b"", (("Retry-After", "600"),))])
    with pytest.raises(ShopFault) as caught:
        prove(tls_shop)
    told = f"{caught.value!r} {caught.value} {caught.value.facts} {caught.value.__context__!r}"
    assert tls_shop.keys.key not in told
    assert tls_shop.keys.secret not in told
    assert "ck_" not in repr(credentials(tls_shop))
