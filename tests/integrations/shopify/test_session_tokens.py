"""Session tokens: one app's, one shop's, for a minute, and for the one purpose they were made for."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest

from plugin.ports.shopify_identity import AccountCaller, CheckoutCaller
from tests.integrations.shopify.signing import (
    CALLERS,
    NOW,
    PREVIOUS,
    SECRET,
    SHOP,
    STRANGE,
    buyer_claims,
    seconds,
    staff_claims,
    token,
)

S384 = "made-up-0123456789abcdef0123456789abcdef0123456789"


def unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


@pytest.mark.parametrize("secret", [SECRET, PREVIOUS])
def test_staff_in_the_admin_are_known_by_shop_and_id(secret: str) -> None:
    signed = token(staff_claims(), secret)
    caller = CALLERS.in_admin(signed, NOW)
    assert caller is not None
    assert (caller.shop, caller.user, caller.token) == (SHOP, "42", signed)
    assert signed not in repr(caller)


@pytest.mark.parametrize(
    ("early", "is_taken"), [(-11, False), (-10, True), (0, True), (69.9, True), (70, False), (3600, False)]
)
def test_a_token_holds_while_it_says_give_or_take_ten_seconds(early: float, is_taken: bool) -> None:  # noqa: FBT001 - a table
    assert bool(CALLERS.in_admin(token(staff_claims()), NOW + timedelta(seconds=early))) is is_taken


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another app"},
        {"aud": ["0f1e2d3c4b5a69788796a5b4c3d2e1f0"]},
        {"dest": "https://evil.com"},
        {"dest": "https://evil.com", "iss": "https://evil.com/admin"},
        {"dest": "https://another-shop.myshopify.com"},
        {"iss": "https://another-shop.myshopify.com/admin"},
        {"iss": "https://some-shop.myshopify.com@evil.com/admin"},
        {"iss": "http://some-shop.myshopify.com/admin"},
        {"dest": "https://some-shop.myshopify.com.evil.com", "iss": "https://some-shop.myshopify.com.evil.com/admin"},
        {"dest": SHOP.name},
        {"sub": "gid://shopify/Customer/7"},
        {"sub": ""},
        {"sub": 42},
        {"exp": "soon"},
        {"exp": True},
        {"nbf": 10.5**300},
        *({name: None} for name in ("aud", "dest", "iss", "sub", "exp", "nbf")),
    ],
    ids=str,
)
def test_a_token_that_shopify_signed_for_something_else_is_refused(changed: dict[str, Any]) -> None:
    assert CALLERS.in_admin(token(staff_claims(**changed)), NOW) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "null",
        "é.é.é",
        token(staff_claims(), STRANGE),
        token(staff_claims(), S384, "HS384"),
        unsigned(staff_claims()),
        token(staff_claims())[:-2],
        token(staff_claims()) + "A" * 9000,
    ],
    ids=range(9),
)
def test_what_is_no_token_of_the_apps_is_refused(text: str) -> None:
    assert CALLERS.in_admin(text, NOW) is None
    assert CALLERS.in_checkout(text, NOW) is None
    assert CALLERS.in_account(text, NOW) is None


def test_another_algorithm_under_the_right_secret_is_refused() -> None:
    for algorithm in ("HS384", "HS512"):
        with pytest.warns(UserWarning, match="below"):
            signed = token(staff_claims(), SECRET, algorithm)
        assert CALLERS.in_admin(signed, NOW) is None


@pytest.mark.parametrize("dest", [SHOP.name, SHOP.url])
@pytest.mark.parametrize(("sub", "customer"), [("gid://shopify/Customer/7", "7"), (None, None), ("", None)])
def test_a_buyer_is_known_by_shop_and_if_signed_in_by_id(dest: str, sub: str | None, customer: str | None) -> None:
    signed = token(buyer_claims(dest=dest, sub=sub))
    assert CALLERS.in_checkout(signed, NOW) == CheckoutCaller(SHOP, customer)
    assert CALLERS.in_account(signed, NOW) == AccountCaller(SHOP, customer)


@pytest.mark.parametrize(
    "changed",
    [
        {"sub": "gid://shopify/Customer/7/8"},
        {"sub": "gid://shopify/Company/7"},
        {"sub": "7"},
        {"dest": "evil.com"},
        {"dest": "https://https://some-shop.myshopify.com"},
        {"dest": "http://some-shop.myshopify.com"},
        {"aud": "another app"},
        {"exp": seconds(NOW) - 10},
        {"nbf": seconds(NOW) + 11},
    ],
    ids=str,
)
def test_an_extensions_token_for_something_else_is_refused(changed: dict[str, Any]) -> None:
    assert CALLERS.in_checkout(token(buyer_claims(**changed)), NOW) is None
    assert CALLERS.in_account(token(buyer_claims(**changed)), NOW) is None


def test_a_buyer_is_never_staff_and_staff_no_buyer() -> None:
    assert CALLERS.in_admin(token(buyer_claims()), NOW) is None
    assert CALLERS.in_admin(token(buyer_claims(dest=SHOP.url, iss=f"{SHOP.url}/admin")), NOW) is None
    assert CALLERS.in_checkout(token(staff_claims()), NOW) is None
    assert CALLERS.in_account(token(staff_claims()), NOW) is None
