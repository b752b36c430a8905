"""JSON that is too large or too deep is refused in words at every address that takes some; nothing falls over."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from integrations.platforms.shopify.webhooks import signature as shopify_signature
from tests.integrations.shopify.signing import SECRET, SHOP
from tests.support.admin import Browser
from tests.web.security.test_isolation import ATTEMPTS, ask, outside
from tests.web.security.world import World

DEEP = 20_000
NESTED = b'{"x":' + b"[" * DEEP + b"]" * DEEP + b"}"
LARGE = b'{"x":"' + b"x" * (3 * 1024 * 1024) + b'"}'
HOSTILE = {
    "deep": NESTED,
    "lists": NESTED[5:-1],
    "large": LARGE,
    "half": b'{"x":',
    "no text": b"\xff\xfe",
    "a number": b"1",
}
REFUSALS = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
READ_BY_OTHERS = {"extensions.cancel"}  # has nothing to say beyond its address


def taking_json(world: World) -> list[str]:
    """Every route outside the desk that changes something and is sent JSON."""
    return sorted(
        rule.endpoint
        for rule in outside(world.installation)
        if rule.endpoint in ATTEMPTS
        and "POST" in (rule.methods or ())
        and ATTEMPTS[rule.endpoint](world.ours, world.ours).json is not None
    )


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_cannot_be_read_is_refused_in_words_wherever_json_is_sent(world: World, kind: str) -> None:
    tried = [name for name in taking_json(world) if name not in READ_BY_OTHERS]
    assert len(tried) >= 6
    for rule in outside(world.installation):
        if rule.endpoint in tried and "POST" in (rule.methods or ()):
            ((_, answer),) = ask(world, rule, world.ours, world.ours, body=HOSTILE[kind])
            assert answer.status_code in REFUSALS, (rule.endpoint, answer.status_code, answer.text)
            assert answer.text, rule.endpoint


@pytest.mark.parametrize("kind", ["deep", "lists", "half", "no text"])
def test_a_signed_webhook_that_cannot_be_read_is_kept_for_somebody_to_look_at(world: World, kind: str) -> None:
    sent = {
        "X-Shopify-Topic": "orders/updated",
        "X-Shopify-Shop-Domain": SHOP.name,
        "X-Shopify-Webhook-Id": f"hostile-{kind}",
        "X-Shopify-Api-Version": "2026-10",
        "X-Shopify-Hmac-Sha256": shopify_signature(HOSTILE[kind], SECRET).decode(),
    }
    assert _post(world, "/webhooks/shopify", HOSTILE[kind], sent).status_code < HTTPStatus.INTERNAL_SERVER_ERROR


def test_a_webhook_that_is_too_large_is_refused_unread(world: World) -> None:
    signed = {"X-WC-Webhook-Signature": b64encode(b"0" * 32).decode()}
    answer = _post(world, f"/webhooks/woocommerce/{world.ours.shop.key}", LARGE, signed)
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@pytest.mark.parametrize("page", ["orders", "claims", "shipments"])
@pytest.mark.parametrize("body", [b"[" * 2500, b'{"x":' + b"[" * 2500, b"\xff", b"{}"])
def test_a_place_in_a_list_that_is_not_ours_is_refused(owner: Browser, page: str, body: bytes) -> None:
    answer = owner.get(f"/admin/{page}?cursor={urlsafe_b64encode(body).decode()}")
    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}


def _post(world: World, path: str, body: bytes, headers: dict[str, str]) -> TestResponse:
    client = world.installation.app.test_client()
    return client.post(path, data=body, headers=headers, content_type="application/json")
