"""Signatures of Shopify's: the documented examples hold; what was changed, repeated or kept too long does not."""

import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.platforms.shopify.identity import SignedCallers
from integrations.platforms.shopify.webhooks import ShopifyWebhooks, signature
from plugin.ports.shopify_identity import AppKeys, InstallCaller, ProxyCaller
from tests.integrations.shopify.signing import (
    CALLERS,
    CLIENT,
    NOW,
    PREVIOUS,
    SECRET,
    SHOP,
    STRANGE,
    install_query,
    proxied,
    proxy_query,
    seconds,
)

# Shopify's documented examples, secret `hush` (shopify.dev, "Verify the installation request", "Authenticate app
# proxies"); the guest's and the webhook's were computed with Shopify's libraries.
HUSH = SignedCallers(AppKeys(CLIENT, "hush"))
INSTALL = (
    "code=0907a61c0c8d55e99db179b68161bc00&shop=some-shop.myshopify.com&state=0.6784241404160823&timestamp=1337178173"
)
INSTALL_HMAC = "700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf"
PROXY = (
    "extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id={customer}"
    "&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555&signature={signature}"
)
SIGNED_IN = "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb"
GUEST = "e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb"
BODY = '{"id":1,"note":"é"}'.encode()
BODY_HMAC = "+gY4H1Yc2Q1nfe8fnpa+jDK9d2+4Zgstv1FB31Gkt7c="


def at(timestamp: int) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)


def asked(**changed: str) -> dict[str, str]:
    usual = {"shop": SHOP.name, "timestamp": str(seconds(NOW)), "code": "c", "state": "s", "host": "YWRtaW4"}
    return usual | changed


def test_the_documented_install_request_is_genuine() -> None:
    caller = HUSH.installing(f"{INSTALL}&hmac={INSTALL_HMAC}", at(1337178173))
    assert caller == InstallCaller(SHOP, dict(parse_qsl(INSTALL)))


@pytest.mark.parametrize(("customer", "signed"), [("1", SIGNED_IN), ("", GUEST)])
def test_the_documented_proxy_requests_are_genuine(customer: str, signed: str) -> None:
    caller = HUSH.in_store(PROXY.format(customer=customer, signature=signed), at(1317327555))
    assert isinstance(caller, ProxyCaller)
    assert (caller.shop.name, caller.customer) == ("shop-name.myshopify.com", customer or None)


def test_the_webhooks_signature_is_shopifys() -> None:
    assert signature(BODY, "hush").decode() == BODY_HMAC


@pytest.mark.parametrize("secret", [SECRET, PREVIOUS])
def test_either_secret_may_have_signed(secret: str) -> None:
    assert CALLERS.installing(install_query(asked(), secret), NOW)
    assert CALLERS.in_store(proxy_query(proxied(), secret), NOW)
    assert CALLERS.installing(install_query(asked(), STRANGE), NOW) is None
    assert CALLERS.in_store(proxy_query(proxied(), STRANGE), NOW) is None


@pytest.mark.parametrize(("late", "is_taken"), [(-91, False), (-90, True), (90, True), (91, False), (86_000, False)])
def test_a_signature_holds_for_ninety_seconds_either_way(late: int, is_taken: bool) -> None:  # noqa: FBT001 - a table
    now = NOW + timedelta(seconds=late)
    assert bool(CALLERS.installing(install_query(asked()), now)) is is_taken
    assert bool(CALLERS.in_store(proxy_query(proxied()), now)) is is_taken


@pytest.mark.parametrize("timestamp", ["", "soon", "-1", "1e9", "٣", "9" * 400, "1337178173.0"])
def test_a_time_that_is_none_is_refused(timestamp: str) -> None:
    assert CALLERS.installing(install_query(asked(timestamp=timestamp)), NOW) is None
    assert CALLERS.in_store(proxy_query(proxied(timestamp=timestamp)), NOW) is None


@pytest.mark.parametrize("shop", ["", "evil.com", "shop.myshopify.com.evil.com", "some-shop.myshopify.com\n"])
def test_what_is_signed_for_no_shop_is_refused(shop: str) -> None:
    assert CALLERS.installing(install_query(asked(shop=shop)), NOW) is None
    assert CALLERS.in_store(proxy_query(proxied(shop=shop)), NOW) is None


@pytest.mark.parametrize("name", ["shop", "timestamp", "code", "hmac"])
def test_an_install_parameter_given_twice_is_refused(name: str) -> None:
    signed = install_query(asked())
    value = dict(parse_qsl(signed))[name]
    assert CALLERS.installing(f"{signed}&{urlencode({name: value})}", NOW) is None


@pytest.mark.parametrize("name", ["shop", "timestamp", "hmac", "path_prefix", "logged_in_customer_id"])
def test_a_shopper_cannot_add_a_second_one_of_shopifys_parameters(name: str) -> None:
    """Though Shopify signed both: which of them is read would be the shopper's choice."""
    assert CALLERS.in_store(proxy_query([(name, "1"), *proxied(**{name: "1"})]), NOW) is None


def test_a_second_signature_is_refused() -> None:
    signed = proxy_query(proxied())
    assert CALLERS.in_store(f"{signed}&signature={dict(parse_qsl(signed))['signature']}", NOW) is None


@pytest.mark.parametrize("customer", ["7 or 1=1", "gid://shopify/Customer/7", "-1", "７", "7,8"])
def test_a_customer_is_a_number(customer: str) -> None:
    assert CALLERS.in_store(proxy_query(proxied(logged_in_customer_id=customer)), NOW) is None


@pytest.mark.parametrize("query", ["", "&", "hmac", "hmac=", "signature=", "shop=%ff", "a=1&" * 200])
def test_what_is_not_signed_at_all_is_refused(query: str) -> None:
    assert CALLERS.installing(query, NOW) is None
    assert CALLERS.in_store(query, NOW) is None


def test_bytes_that_are_no_text_are_signed_as_they_came() -> None:
    """A shopper's address may hold any bytes; Shopify signs them unescaped, and mending them would refuse the rest."""
    parts = [b"q=\xff", *(f"{name}={value}".encode() for name, value in proxied())]
    signed = hmac.digest(SECRET.encode(), b"".join(sorted(parts)), "sha256").hex()
    assert CALLERS.in_store(f"q=%FF&{urlencode(proxied())}&signature={signed}", NOW)


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4), st.integers(0, 10**6), st.characters())
def test_whatever_is_changed_in_a_signed_address_ends_it(extra: dict[str, str], place: int, other: str) -> None:
    given_pairs = [*((f"x{name}", value) for name, value in extra.items()), *proxied()]
    signed = proxy_query(given_pairs)
    assert CALLERS.in_store(signed, NOW)
    at_ = place % len(signed)
    changed = signed[:at_] + other + signed[at_ + 1 :]
    if parse_qsl(changed, keep_blank_values=True) != parse_qsl(signed, keep_blank_values=True):
        assert CALLERS.in_store(changed, NOW) is None


HOOKS = ShopifyWebhooks(AppKeys(CLIENT, SECRET, PREVIOUS))


def headers(prefix: str = "x-shopify-", secret: str = SECRET, body: bytes = BODY, **changed: str) -> dict[str, str]:
    told = {
        "hmac-sha256": signature(body, secret).decode(),
        "topic": "orders/updated",
        "shop-domain": SHOP.name,
        "webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
        "event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
    }
    return {prefix + name: value for name, value in (told | changed).items()}


@pytest.mark.parametrize("prefix", ["x-shopify-", "shopify-"])
@pytest.mark.parametrize("secret", [SECRET, PREVIOUS])
def test_a_webhook_is_taken_in_either_family_of_headers_by_either_secret(prefix: str, secret: str) -> None:
    found = HOOKS.delivery(headers(prefix, secret), BODY)
    assert found is not None
    assert (found.shop, found.delivery.key) == (SHOP, "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043")
    assert (found.delivery.message.topic, found.delivery.message.body) == ("orders/updated", BODY)
    assert found.delivery.message.headers["x-shopify-event-id"] == "98880550-7158-44d4-b7cd-2c97c8a091b5"
    assert "x-shopify-hmac-sha256" not in found.delivery.message.headers


@pytest.mark.parametrize(
    "told",
    [
        {},
        headers(secret=STRANGE),
        headers() | {"x-shopify-hmac-sha256": ""},
        headers() | {"x-shopify-hmac-sha256": "é"},
        headers(body=BODY + b" "),
        headers() | {"x-shopify-shop-domain": "evil.com"},
        headers() | {"x-shopify-topic": ""},
    ],
)
def test_a_webhook_that_is_not_signed_or_names_nobody_is_refused(told: dict[str, str]) -> None:
    assert HOOKS.delivery(told, BODY) is None


def test_a_webhook_without_an_id_is_told_by_what_it_says() -> None:
    def key(body: bytes, topic: str = "orders/updated") -> str:
        told = headers(body=body, topic=topic)
        del told["x-shopify-webhook-id"]
        found = HOOKS.delivery(told, body)
        assert found is not None
        return found.delivery.key

    assert key(BODY) == key(BODY) != key(BODY + b" ")
    assert key(BODY) != key(BODY, "orders/create")
