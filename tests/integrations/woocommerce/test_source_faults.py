"""What a shop that misbehaves, is busy, slow or gone is told as, and how often it is asked again."""

from __future__ import annotations

import threading

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.answers import Answer
from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.shop_sessions import ShopSessions
from plugin.domain.connection_faults import (
    NotWooCommerce,
    ShopBlocks,
    ShopFault,
    ShopUnavailable,
    ShopUnreadable,
)
from tests.integrations.woocommerce.proving import Prove, credentials
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving

HTML = {"content_type": "text/html"}
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


@pytest.mark.parametrize("offset", ["+99999999999999999999", "+2400", "-9999"])
def test_an_impossible_date_names_no_time_to_wait(shop: WooCommerceShop, prove: Prove, offset: str) -> None:
    stated = f"Fri, 31 Dec 2100 23:59:59 {offset}"
    shop.misbehave("orders", *[Reply(503, b"", (("Retry-After", stated),))] * 3)
    with pytest.raises(ShopUnavailable) as caught:
        prove(shop)
    assert caught.value.retry_after is None


def test_a_collection_of_impossible_size_says_nothing_of_its_size() -> None:
    told = Answer(200, {"x-wp-total": "9" * 5000, "x-wp-totalpages": "9" * 5000}, b"[]")
    assert (told.total, told.pages) == (None, 0)


def test_a_shop_that_claims_more_pages_than_any_has_is_not_read_for_ever(
    shop: WooCommerceShop, source: WooCommerceSource
) -> None:
    shop.misbehave("orders", Reply(200, b"[]", (("X-WP-TotalPages", "99999999"),)))
    with pytest.raises(ShopUnreadable, match="too many pages"):
        source.listing(shop.address, credentials(shop))
    assert len(shop.asked) == 1


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


def test_a_shop_that_does_not_answer_in_time_is_unavailable(shop: WooCommerceShop, waits: list[float]) -> None:
    ends = threading.Event()
    shop.before = lambda _: ends.wait(30) and None
    sessions = ShopSessions(lambda: open_session(allows_private=True, timeouts=(2, 0.3)))
    impatient = WooCommerceSource(sessions, allows_http=True, sleep=waits.append)
    with pytest.raises(ShopUnavailable, match="timeout"):
        impatient.prove(shop.address, credentials(shop))
    ends.set()
    assert waits == []


def test_a_certificate_nobody_trusts_is_told_as_such(tls_shop: WooCommerceShop) -> None:
    untrusting = WooCommerceSource(lambda _: open_session(allows_private=True), allows_http=True)
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
