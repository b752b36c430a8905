"""Our checks beside those of Shopify's own library (`shopifyapp` 1.0.2, MIT): each disagreement has its reason here.

The library has a clock of its own, so these run at the present.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from shopify_app import ShopifyApp

from integrations.platforms.shopify.webhooks import ShopifyWebhooks
from plugin.ports.shopify_identity import AppKeys
from tests.integrations.shopify.signing import (
    CALLERS,
    CLIENT,
    PREVIOUS,
    SECRET,
    SHOP,
    STRANGE,
    buyer_claims,
    proxied,
    proxy_query,
    staff_claims,
    token,
)
from tests.integrations.shopify.test_signatures import BODY, headers

THEIRS = ShopifyApp(client_id=CLIENT, client_secret=SECRET, old_client_secret=PREVIOUS)
HOOKS = ShopifyWebhooks(AppKeys(CLIENT, SECRET, PREVIOUS))
COLLECTED = datetime.now(UTC)
"""Names the cases; what is judged is made when it is, since tokens hold for a minute."""
LONG = timedelta(minutes=10)
Signed = tuple[dict[str, Any], str]


def present() -> datetime:
    return datetime.now(UTC)


def request(url: str = "/", told: dict[str, str] | None = None, method: str = "GET", body: str = "") -> Any:  # noqa: ANN401 - theirs
    return {"method": method, "headers": told or {}, "url": f"https://app.example.com{url}", "body": body}


def bearer(signed: str) -> Any:  # noqa: ANN401 - theirs
    return request("/x", {"Authorization": f"Bearer {signed}"})


def staff(now: datetime) -> dict[str, Signed]:
    return {
        "genuine": (staff_claims(now), SECRET),
        "by the previous secret": (staff_claims(now), PREVIOUS),
        "by a stranger": (staff_claims(now), STRANGE),
        "run out": (staff_claims(now - LONG), SECRET),
        "not yet": (staff_claims(now + LONG), SECRET),
        "for another app": (staff_claims(now, aud="another"), SECRET),
        "for a list of apps": (staff_claims(now, aud=[CLIENT]), SECRET),
    }


@pytest.mark.parametrize("case", staff(COLLECTED))
def test_tokens_of_the_admin_are_judged_alike(case: str) -> None:
    claims, secret = staff(present())[case]
    signed = token(claims, secret)
    theirs = THEIRS.verify_app_home_req(bearer(signed), "/bounce")
    ours = CALLERS.in_admin(signed, present())
    assert theirs.ok is (ours is not None)
    if ours:
        assert (f"{theirs.shop}.myshopify.com", theirs.user_id) == (ours.shop.name, ours.user)


STRICTER_WITH_STAFF: dict[str, dict[str, Any]] = {
    "They never ask whose shop it is; ShopifyAPI and the documentation do.": {
        "dest": "https://evil.com",
        "iss": "https://evil.com/admin",
    },
    "They do not compare issuer and shop; ShopifyAPI and the documentation do.": {
        "iss": "https://another-shop.myshopify.com/admin"
    },
    "They take a token without issuer, such as a buyer's: it would sign a shopper in as staff.": {"iss": None},
    "They take one that names a customer as the staff member.": {"sub": "gid://shopify/Customer/7"},
    "They take one that names nobody.": {"sub": None},
    "They take one that never runs out; RFC 7519 leaves that open, Shopify's do run out.": {"exp": None},
    "They take one without a beginning; Shopify's have one.": {"nbf": None},
}


@pytest.mark.parametrize("reason", STRICTER_WITH_STAFF)
def test_we_refuse_tokens_of_the_admin_they_take(reason: str) -> None:
    signed = token(staff_claims(present(), **STRICTER_WITH_STAFF[reason]))
    assert THEIRS.verify_app_home_req(bearer(signed), "/bounce").ok
    assert CALLERS.in_admin(signed, present()) is None


def buyers(now: datetime) -> dict[str, Signed]:
    return {
        "signed in": (buyer_claims(now), SECRET),
        "by the previous secret": (buyer_claims(now), PREVIOUS),
        "nobody in particular": (buyer_claims(now, sub=None), SECRET),
        "with a scheme": (buyer_claims(now, dest=SHOP.url), SECRET),
        "by a stranger": (buyer_claims(now), STRANGE),
        "run out": (buyer_claims(now - LONG), SECRET),
        "for another app": (buyer_claims(now, aud="another"), SECRET),
    }


@pytest.mark.parametrize("case", buyers(COLLECTED))
@pytest.mark.parametrize(
    ("check", "own"),
    [("verify_checkout_ui_ext_req", CALLERS.in_checkout), ("verify_customer_account_ui_ext_req", CALLERS.in_account)],
)
def test_tokens_of_extensions_are_judged_alike(case: str, check: str, own: Callable[[str, datetime], Any]) -> None:
    claims, secret = buyers(present())[case]
    signed = token(claims, secret)
    verify: Callable[[Any], Any] = getattr(THEIRS, check)
    theirs, ours = verify(bearer(signed)), own(signed, present())
    assert theirs.ok is (ours is not None)
    if ours:
        assert f"{theirs.shop}.myshopify.com" == ours.shop.name


def test_we_refuse_tokens_of_extensions_they_take() -> None:
    """They do not tell staff from buyers, nor a shop from any other host: both are signed, and for something else."""
    for claims in (staff_claims(present()), buyer_claims(present(), dest="evil.com")):
        signed = token(claims)
        assert THEIRS.verify_checkout_ui_ext_req(bearer(signed)).ok
        assert CALLERS.in_checkout(signed, present()) is None
        assert CALLERS.in_account(signed, present()) is None


def at_the_proxy(now: datetime) -> dict[str, str]:
    return {
        "genuine": proxy_query(proxied(now)),
        "a guest": proxy_query(proxied(now, logged_in_customer_id="")),
        "by the previous secret": proxy_query(proxied(now), PREVIOUS),
        "by a stranger": proxy_query(proxied(now), STRANGE),
        "repeated names of the shopper's": proxy_query([("q", "1"), *proxied(now), ("q", "2")]),
        "empty, spaced and escaped": proxy_query([("a", ""), ("b", "x y+z=&%"), ("c", "é"), *proxied(now)]),
        "ten minutes old": proxy_query(proxied(now - LONG)),
        "two shops": proxy_query([("shop", SHOP.name), *proxied(now)]),
        "without time": proxy_query([pair for pair in proxied(now) if pair[0] != "timestamp"]),
        "unsigned": urlencode(proxied(now)),
    }


@pytest.mark.parametrize("case", at_the_proxy(COLLECTED))
def test_proxied_addresses_are_judged_alike(case: str) -> None:
    query = at_the_proxy(present())[case]
    theirs, ours = THEIRS.verify_app_proxy_req(request(f"/proxy?{query}")), CALLERS.in_store(query, present())
    assert theirs.ok is (ours is not None)
    if ours:
        assert (f"{theirs.shop}.myshopify.com", theirs.logged_in_customer_id or None) == (ours.shop.name, ours.customer)


def stricter_with_stores(now: datetime) -> dict[str, list[tuple[str, str]]]:
    return {
        "They take the first of two customers: if a shopper could add one, they would be whom they like.": [
            ("logged_in_customer_id", "999"),
            *proxied(now),
        ],
        "They take any shop, or none, as long as it is signed.": proxied(now, shop="evil.com"),
        "They take the first of two times.": [*proxied(now), ("timestamp", "0")],
    }


@pytest.mark.parametrize("reason", stricter_with_stores(COLLECTED))
def test_we_refuse_proxied_addresses_they_take(reason: str) -> None:
    query = proxy_query(stricter_with_stores(present())[reason])
    assert THEIRS.verify_app_proxy_req(request(f"/proxy?{query}")).ok
    assert CALLERS.in_store(query, present()) is None


def test_names_that_begin_one_another_are_sorted_as_the_documented_ruby_does() -> None:
    """They sort by name, the documentation whole `name=value` strings, and `=` follows `-`: we have no such names."""
    query = proxy_query([("line", "1"), ("line-id", "2"), *proxied(present())])
    assert not THEIRS.verify_app_proxy_req(request(f"/proxy?{query}")).ok
    assert CALLERS.in_store(query, present())


HEADERS: dict[str, dict[str, str]] = {
    "genuine": headers(),
    "without x-": headers("shopify-"),
    "by the previous secret": headers(secret=PREVIOUS),
    "by a stranger": headers(secret=STRANGE),
    "another body": headers(body=b"{}"),
    "unsigned": {"x-shopify-topic": "orders/updated", "x-shopify-shop-domain": SHOP.name},
}


@pytest.mark.parametrize("case", HEADERS)
def test_webhooks_are_judged_alike(case: str) -> None:
    """To one without signature they answer 400, where the app review asks for 401; that it is none is agreed."""
    theirs = THEIRS.verify_webhook_req(request("/webhooks", HEADERS[case], "POST", BODY.decode()))
    ours = HOOKS.delivery(HEADERS[case], BODY)
    assert theirs.ok is (ours is not None)
    if ours:
        assert f"{theirs.shop}.myshopify.com" == ours.shop.name


@pytest.mark.parametrize("shop", ["evil.com", ""])
def test_we_refuse_webhooks_of_no_shop_they_take(shop: str) -> None:
    """The signature covers the body alone, so that this is no forgery; but there is nobody it could be kept for."""
    told = headers() | {"x-shopify-shop-domain": shop}
    assert THEIRS.verify_webhook_req(request("/webhooks", told, "POST", BODY.decode())).ok
    assert HOOKS.delivery(told, BODY) is None
