"""Who may ask: a session token of this app's, of a shop that is here, at its time; and any origin may try."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from shopify_app import ShopifyApp as TheirApp

from plugin.web.deps import provide
from tests.integrations.shopify.signing import CLIENT, SECRET, SHOP, STRANGE, buyer_claims, staff_claims, token
from tests.web.extensions.conftest import HERE, ORDER, OTHER, Extensions

ADDRESSES = (
    "/checkout/promises",
    f"/checkout/orders/{ORDER}/windows",
    f"/account/orders/{ORDER}/windows",
)
THEIRS = TheirApp(client_id=CLIENT, client_secret=SECRET)


def unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


def hostile(at: Extensions) -> dict[str, str]:
    now = at.installation.clock.now()
    return {
        "none": "",
        "no token": "a.b.c",
        "unsigned": unsigned(buyer_claims(now)),
        "signed by a stranger": token(buyer_claims(now), STRANGE),
        "for another app": at.token(aud="another app"),
        "run out": token(buyer_claims(now - timedelta(minutes=6))),
        "not yet": token(buyer_claims(now + timedelta(minutes=6))),
        "of staff": token(staff_claims(now)),
        "of no shop": at.token(shop="evil.com"),
        "of a shop without the right scheme": at.token(shop=f"http://{SHOP}"),
    }


@pytest.mark.parametrize("path", ADDRESSES)
def test_nobody_is_answered_without_a_good_token(extensions: Extensions, path: str) -> None:
    for case, signed in hostile(extensions).items():
        answer = extensions.get(path, signed, lang="de", country="DE")
        assert (case, answer.status_code) == (case, HTTPStatus.UNAUTHORIZED)
        assert (answer.mimetype, answer.headers["Content-Language"]) == ("application/problem+json", "de")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("dest", [SHOP.name, SHOP.url])
def test_a_good_token_is_answered_with_or_without_a_scheme(extensions: Extensions, path: str, dest: str) -> None:
    answer = extensions.get(path, extensions.token(shop=dest), country="DE")
    assert answer.status_code == HTTPStatus.OK
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Expose-Headers"] == "X-Shopify-API-Request-Failure-Reauthorize-Url"


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_shop_that_is_not_here_is_told_so(extensions: Extensions, path: str) -> None:
    answer = extensions.get(path, extensions.token(shop="unknown-shop.myshopify.com"))
    assert (answer.status_code, answer.get_json()["code"]) == (HTTPStatus.NOT_FOUND, "shop_unknown")


def test_an_installation_that_is_no_app_answers_nobody(extensions: Extensions) -> None:
    provide(extensions.installation.app, replace(extensions.installation.deps, shopify=None))
    assert extensions.get(ADDRESSES[0]).status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("path", [*ADDRESSES, "/account/orders", "/nothing/here"])
def test_a_preflight_is_answered_as_shopifys_library_answers_it(extensions: Extensions, path: str) -> None:
    asked = {"Origin": "https://extensions.shopifycdn.com", "Access-Control-Request-Method": "GET"}
    ours = extensions.client.options(f"{HERE}{path}", headers=asked)
    theirs = THEIRS.verify_checkout_ui_ext_req(
        {"method": "OPTIONS", "headers": asked, "url": f"https://app.example{HERE}{path}", "body": ""}
    ).response
    assert (ours.status_code, ours.data) == (theirs.status, b"")
    assert {name: ours.headers.get(name) for name in theirs.headers} == theirs.headers


def test_only_methods_are_used_that_a_sandbox_may_use_without_permission(extensions: Extensions) -> None:
    rules = extensions.installation.app.url_map.iter_rules()
    used = {method for rule in rules if rule.endpoint.startswith("extensions.") for method in rule.methods or ()}
    assert used == {"GET", "HEAD", "POST", "OPTIONS"}


def test_another_shops_token_opens_that_shop_alone(extensions: Extensions) -> None:
    theirs = extensions.token(shop=OTHER)
    for order in (ORDER, "6503"):
        own = extensions.get(f"/account/orders/{order}/windows", theirs, country="DE").get_json()
        assert bool(own["rights"]) is (order == "6503")
