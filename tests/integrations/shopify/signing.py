"""What Shopify signs, made for tests: parameters, proxied addresses, webhook bodies and session tokens."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import jwt

from integrations.platforms.shopify.identity import SignedCallers
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.shopify_identity import AppKeys

SECRET = "made-up-0123456789abcdef0123456789abcdef"
PREVIOUS = "made-up-fedcba9876543210fedcba9876543210"
STRANGE = "made-up-00000000000000000000000000000000"
CLIENT = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
SHOP = ShopDomain("some-shop.myshopify.com")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CALLERS = SignedCallers(AppKeys(CLIENT, SECRET, PREVIOUS))


def seconds(now: datetime) -> int:
    return int(now.timestamp())


def install_query(given: Mapping[str, str], secret: str = SECRET) -> str:
    """As Shopify signs it: sorted, joined by `&`."""
    message = "&".join(f"{name}={value}" for name, value in sorted(given.items()))
    return urlencode({**given, "hmac": hmac.digest(secret.encode(), message.encode(), "sha256").hex()})


def proxy_query(given: list[tuple[str, str]], secret: str = SECRET) -> str:
    """As Shopify's documented Ruby signs it."""
    names = {name for name, _ in given}
    values = {name: ",".join(value for each, value in given if each == name) for name in names}
    message = "".join(sorted(f"{name}={value}" for name, value in values.items()))
    return urlencode([*given, ("signature", hmac.digest(secret.encode(), message.encode(), "sha256").hex())])


def proxied(now: datetime = NOW, **changed: str) -> list[tuple[str, str]]:
    usual = {
        "shop": SHOP.name,
        "logged_in_customer_id": "1",
        "path_prefix": "/apps/aftersales",
        "timestamp": str(seconds(now)),
    }
    return list((usual | changed).items())


def staff_claims(now: datetime = NOW, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON may be claimed
    """What a token of the admin says; a claim of None is left out."""
    usual = {
        "iss": f"{SHOP.url}/admin",
        "dest": SHOP.url,
        "aud": CLIENT,
        "sub": "42",
        "exp": seconds(now) + 60,
        "nbf": seconds(now),
        "iat": seconds(now),
        "jti": "f8912129-1af6-4cad-9ca3-76b0f7621087",
        "sid": "aaea182f2732d44c23057c0fea584021a4485b2bd25d3eb7fd349313ad24c685",
    }
    return {name: value for name, value in (usual | changed).items() if value is not None}


def buyer_claims(now: datetime = NOW, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """What a token of a checkout or customer-account extension says."""
    usual = {"iss": None, "sid": None, "dest": SHOP.name, "sub": "gid://shopify/Customer/7", "exp": seconds(now) + 300}
    return staff_claims(now, **(usual | changed))


def token(claims: Mapping[str, Any], secret: str = SECRET, algorithm: str = "HS256") -> str:
    return jwt.encode(dict(claims), secret, algorithm=algorithm)
