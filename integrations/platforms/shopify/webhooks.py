"""Shopify's webhooks: one address for all shops, signed by the app's secret (`plugin.ports.app_webhooks.AppWebhooks`).

The signature is an HMAC-SHA256 of the raw body, base64. After the secret was rotated the previous one may sign for up
to an hour. Retries of a delivery keep its webhook id. What several subscriptions tell of one event has its event id in
common, and so has all else that came of the same action: topic and body have to be equal as well. Headers come in two
families, with and without `x-`; what is passed on is named as in the first. Source: shopify.dev, "Verify webhook
deliveries" (2026-10).
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from plugin.domain.shop_domain import ShopDomain
from plugin.ports.app_webhooks import ShopDelivery
from plugin.ports.platform import Message
from plugin.ports.shopify_identity import AppKeys
from plugin.ports.webhooks import Delivery

_FAMILIES: Final = ("x-shopify-", "shopify-")
_SIGNATURE: Final = "hmac-sha256"
_KEPT: Final = ("topic", "shop-domain", "api-version", "webhook-id", "event-id", "triggered-at", "sub-topic")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)


class ShopifyWebhooks:
    """Verifies deliveries to one app."""

    def __init__(self, keys: AppKeys) -> None:
        self._secrets = keys.secrets

    def delivery(self, headers: Mapping[str, str], body: bytes) -> ShopDelivery | None:
        """What was delivered; None when neither secret signed the body, or shop or topic is not told."""
        family = next((each for each in _FAMILIES if each + _SIGNATURE in headers), _FAMILIES[0])
        given = headers.get(family + _SIGNATURE, "").encode()
        if not any(hmac.compare_digest(given, signature(body, secret)) for secret in self._secrets):
            return None
        told = {name: found for name in _KEPT if (found := headers.get(family + name))}
        shop = ShopDomain.parse(told.get("shop-domain", ""))
        if shop is None or "topic" not in told:
            return None
        kept = {_FAMILIES[0] + name: value for name, value in told.items()}
        return ShopDelivery(shop, Delivery(Message(told["topic"], body, kept), _key(told, body)), _event(told, body))


def signature(body: bytes, secret: str) -> bytes:
    """What Shopify signs a body with."""
    return b64encode(hmac.digest(secret.encode(), body, "sha256"))


def _key(told: Mapping[str, str], body: bytes) -> str:
    """The delivery's id; without a plain one, topic and body say what is the same."""
    if _ID.fullmatch(told.get("webhook-id", "")):
        return told["webhook-id"]
    return _digest(told["topic"], body)


def _event(told: Mapping[str, str], body: bytes) -> str | None:
    """What several deliveries of one event have in common. One action may tell of many orders: they are all kept."""
    event = told.get("event-id")
    return _digest(f"{event}\0{told['topic']}", body) if event else None


def _digest(name: str, body: bytes) -> str:
    return sha256(name.encode() + b"\0" + body).hexdigest()
