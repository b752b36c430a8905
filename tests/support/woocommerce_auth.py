"""How WooCommerce 10.5 tells who asks, as recorded in `tests/payloads/woocommerce/errors.json`."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from tests.support.woocommerce import PAYLOADS

RECORDED = json.loads((PAYLOADS / "errors.json").read_bytes())

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status, body, and headers beyond the content's own."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "application/json; charset=UTF-8"


@dataclass(slots=True)
class Keys:
    """A key pair of the shop: `scope` as chosen when it was made, `has_role` while its owner may see orders."""

    key: str = "ck_" + "a1" * 20
    secret: str = "cs_" + "b2" * 20
    scope: str = "read"
    has_role: bool = True
    is_revoked: bool = False


def recorded(name: str) -> Reply:
    """The recorded answer of this name."""
    response = RECORDED[name]["response"]
    return Reply(response["status"], response["body"].encode())


def refusal(keys: Keys, method: str, url: str, query: Query, authorization: str, *, sees_tls: bool) -> Reply | None:
    """Why the caller is turned away; None: it is the keys' owner. `url` is what the shop believes it was called by."""
    given = _over_tls(query, authorization) if sees_tls else None
    if given is not None:
        if given[0] != keys.key or keys.is_revoked:
            return recorded("https_bad_key")
        if not hmac.compare_digest(given[1], keys.secret):
            return recorded("https_bad_secret")
    elif "oauth_consumer_key" not in query:
        return recorded("https_no_auth" if sees_tls else "http_basic")
    elif fault := _oauth_fault(keys, method, url, query):
        return recorded(fault)
    return _scope_fault(keys, method)


def _over_tls(query: Query, authorization: str) -> tuple[str, str] | None:
    if authorization.startswith("Basic "):
        key, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
        return key, secret
    if "consumer_key" in query and "consumer_secret" in query:
        return query["consumer_key"], query["consumer_secret"]
    return None


def _oauth_fault(keys: Keys, method: str, url: str, query: Query) -> str | None:
    if "oauth_signature" not in query:
        return "http_oauth_missing"
    if query["oauth_consumer_key"] != keys.key or keys.is_revoked:
        return "http_oauth_bad_key"
    is_signed = query["oauth_signature"] == signature(keys.secret, method, url, query)
    return None if is_signed else "http_oauth_bad_signature"


def signature(secret: str, method: str, url: str, query: Query) -> str:
    """RFC 5849 section 3.4, HMAC-SHA256, without a token."""
    pairs = sorted((quote(name, ""), quote(value, "")) for name, value in query.items() if name != "oauth_signature")
    normalised = "&".join(f"{name}={value}" for name, value in pairs)
    message = "&".join(quote(part, "") for part in (method, url, normalised))
    return base64.b64encode(hmac.digest(f"{secret}&".encode(), message.encode(), "sha256")).decode()


def _scope_fault(keys: Keys, method: str) -> Reply | None:
    if method == "OPTIONS":
        return None
    if method == "GET" and keys.scope == "write":
        return recorded("write_key_get")
    if method != "GET" and keys.scope == "read":
        return recorded("read_key_post")
    if not keys.has_role:
        body = recorded("https_bad_key").body.replace(b'"status":401', b'"status":403')
        return Reply(403, body)
    return None
