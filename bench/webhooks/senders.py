"""Who sends the deliveries of the bench: how each platform signs, names and varies them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Protocol

from bench.installations import Installation
from bench.varied_orders import varied_orders
from bench.varied_shopify_orders import varied_shopify_orders
from bench.webhooks.plain import SECRET
from integrations.platforms.shopify import webhooks as shopify
from integrations.platforms.woocommerce import webhooks as woocommerce
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant
from plugin.usecases.shopify.take_in_shop import InstallMeans, take_in_shop

Headers = Mapping[str, str]


class Sender(Protocol):
    """One platform's deliveries, signed with `bench.webhooks.plain.SECRET`."""

    bench: str
    """The name of the bench."""
    settings: Mapping[str, str]
    """What the installation is told of the platform."""
    signed_in: str
    """The header that holds the signature."""
    told_by: str
    """The header that tells one delivery from another; empty where only the body does."""

    def expect(self, installed: Installation) -> str:
        """Have the installation expect them; the path they go to."""
        ...

    def bodies(self, count: int) -> Iterator[bytes]:
        """So many orders, no two alike."""
        ...

    def headers(self, body: bytes) -> Headers:
        """What comes with a body, the signature included."""
        ...

    def key(self, body: bytes) -> str:
        """By what the delivery is on record."""
        ...


class WooCommerce:
    """One address and secret a shop; a delivery is told from another by topic and body."""

    bench = "webhooks"
    settings: Mapping[str, str] = {}
    signed_in = "X-WC-Webhook-Signature"
    told_by = ""
    _topic = "order.updated"

    def expect(self, installed: Installation) -> str:
        """A shop whose webhooks carry our secret."""
        shop, deps = installed.shop(), installed.runtime.deps
        with deps.units(shop.merchant) as unit:
            unit.hooks.open(shop.id, SECRET)
            unit.commit()
        return f"/webhooks/woocommerce/{shop.key}"

    def bodies(self, count: int) -> Iterator[bytes]:
        """Recorded orders, varied."""
        return varied_orders(count)

    def headers(self, body: bytes) -> Headers:
        """Topic and signature."""
        return {
            "Content-Type": "application/json",
            "X-WC-Webhook-Topic": self._topic,
            self.signed_in: woocommerce.signature(body, SECRET).decode(),
        }

    def key(self, body: bytes) -> str:
        """A digest of both."""
        return sha256(f"{self._topic}\0".encode() + body).hexdigest()


class Shopify:
    """One address and secret for all shops; a delivery carries an id of its own."""

    bench = "webhooks.shopify"
    settings: Mapping[str, str] = {
        "SHOPIFY_CLIENT_ID": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "SHOPIFY_CLIENT_SECRET": SECRET,
        "PUBLIC_URL": "https://aftercare.example.com",
    }
    signed_in = "X-Shopify-Hmac-Sha256"
    told_by = "X-Shopify-Webhook-Id"
    _shop = ShopDomain("bench.myshopify.com")

    def expect(self, installed: Installation) -> str:
        """A shop as it is after its installation."""
        deps = installed.runtime.deps
        means = InstallMeans(deps.directory, deps.units, deps.ids, deps.secrets)
        take_in_shop(self._shop, Grant("shpat_0", ("read_orders",)), means, deps.clock.now())
        return "/webhooks/shopify"

    def bodies(self, count: int) -> Iterator[bytes]:
        """Shopify's sample, varied."""
        return varied_shopify_orders(count)

    def headers(self, body: bytes) -> Headers:
        """The five that every delivery has, and the event's id."""
        return {
            "Content-Type": "application/json",
            "X-Shopify-Topic": "orders/updated",
            "X-Shopify-Shop-Domain": self._shop.name,
            "X-Shopify-API-Version": "2026-10",
            "X-Shopify-Event-Id": str(uuid.uuid5(uuid.NAMESPACE_URL, self.key(body))),
            self.told_by: self.key(body),
            self.signed_in: shopify.signature(body, SECRET).decode(),
        }

    def key(self, body: bytes) -> str:
        """Made from the body, so that the same one is the same delivery."""
        return str(uuid.UUID(bytes=sha256(body).digest()[:16]))
