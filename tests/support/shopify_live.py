"""An installation that is an app at Shopify with one shop, and what arrives from there."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace

from werkzeug.test import TestResponse

from integrations.guarded_http import open_session
from integrations.platforms.shopify.identity import SignedCallers
from integrations.platforms.shopify.tokens import ShopifyTokens
from integrations.platforms.shopify.webhooks import ShopifyWebhooks, signature
from plugin.domain.shop import Shop
from plugin.domain.shop_token import Grant
from plugin.domain.stored import InboxMessage, ParkedRecord
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.shopify_identity import AppKeys
from plugin.usecases.drain_inbox import drain_inbox
from plugin.usecases.shopify.take_in_shop import InstallMeans, take_in_shop
from plugin.web.deps import provide
from tests.integrations.shopify.signing import CLIENT, PREVIOUS, SECRET, SHOP
from tests.support.admin import Installation

PATH = "/webhooks/shopify"


@dataclass
class ShopifyLive:
    """The installation, and Shopify's side of its webhooks."""

    installation: Installation
    sent: int = field(default=0)

    def take_in(self) -> Shop:
        """The shop as it is after an installation, or another."""
        at = self.installation.deps
        now = at.clock.now()
        grant = Grant("shpat_0", ("read_orders",))
        return take_in_shop(SHOP, grant, InstallMeans(at.directory, at.units, at.ids, at.secrets), now)

    def rest(self, shop: Shop) -> None:
        """Have nobody ask the shop: what it sends is taken as it is."""
        with self.installation.deps.units(shop.merchant) as unit:
            connection = unit.connections.get(shop.id)
            assert connection
            unit.connections.save(replace(connection, due_at=None))
            unit.commit()

    def post(self, body: bytes, path: str = PATH, **headers: str) -> TestResponse:
        """Deliver bytes, with `X-Shopify-...` headers by their last words."""
        sent = {f"X-Shopify-{name.replace('_', '-').title()}": value for name, value in headers.items()}
        return self.installation.app.test_client().post(path, data=body, headers=sent, content_type="application/json")

    def deliver(self, topic: str, payload: object, secret: str = SECRET, **headers: str) -> TestResponse:
        """Deliver what Shopify signs, each delivery with an id of its own unless one is given."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        self.sent += 1
        usual = {
            "topic": topic,
            "shop_domain": SHOP.name,
            "api_version": "2026-10",
            "webhook_id": f"delivery-{self.sent}",
            "event_id": f"event-{self.sent}",
            "triggered_at": self.installation.clock.now().isoformat(),
            "hmac_sha256": signature(body, secret).decode(),
        }
        return self.post(body, **usual | headers)

    def drain(self) -> Counter[str]:
        """Apply what waits."""
        at = self.installation.deps
        ports = {"translators": at.translators, "units": at.units, "ids": at.ids}
        return drain_inbox(at.inbox_lease, now=at.clock.now(), limit=500, **ports)  # type: ignore[arg-type]  # its ports

    def waiting(self) -> list[InboxMessage]:
        """What is on record and not applied."""
        at = self.installation.deps
        return list(at.inbox_lease.lease(at.clock.now(), at.clock.now(), 1000))

    def parked(self, shop: Shop) -> list[ParkedRecord]:
        """What could not be carried out."""
        with self.installation.deps.units.read(shop.merchant) as unit:
            return list(unit.parked.all(shop.id))


def at_shopify(running: Installation) -> ShopifyLive:
    """Make the installation an app there; no question to Shopify is answered."""
    keys = AppKeys(CLIENT, SECRET, PREVIOUS)
    app = ShopifyApp(SignedCallers(keys), ShopifyTokens(keys, open_session()), ShopifyWebhooks(keys))
    running.deps = replace(running.deps, shopify=app)
    provide(running.app, running.deps)
    return ShopifyLive(running)
