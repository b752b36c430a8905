"""A WooCommerce shop that is connected, and what arrives from it."""

from __future__ import annotations

import base64
import hmac
import json
from collections import Counter
from dataclasses import dataclass

from werkzeug.test import TestResponse

from plugin.domain.connection import Credentials
from plugin.domain.effects import RereadOrder
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.jobs import handlers
from plugin.jobs.schedule import periodic
from plugin.usecases.connect_shop import connect_shop
from plugin.usecases.drain_inbox import drain_inbox
from tests.build import MERCHANT
from tests.support.admin import Installation
from tests.support.woocommerce_page import PUBLIC
from tests.support.woocommerce_shop import WooCommerceShop


@dataclass(slots=True)
class LiveShop:
    """The shop outside, ours of it, and the way between them."""

    installation: Installation
    outside: WooCommerceShop
    shop: Shop

    @property
    def path(self) -> str:
        return f"/webhooks/woocommerce/{self.shop.key}"

    @property
    def secret(self) -> str:
        """What the shop was given to sign with."""
        return next(
            str(hook["secret"]) for hook in self.outside.webhooks.values() if hook["delivery_url"].startswith(PUBLIC)
        )

    def sign_with(self, secret: str) -> None:
        """Have deliveries expected with this secret instead."""
        with self.installation.deps.units(MERCHANT) as unit:
            unit.hooks.remove(self.shop.id)
            unit.hooks.open(self.shop.id, secret)
            unit.commit()

    def post(self, body: bytes, **headers: str) -> TestResponse:
        """Deliver bytes, with `X-WC-Webhook-...` headers by their last word."""
        sent = {f"X-WC-Webhook-{name.title()}": value for name, value in headers.items()}
        return self.installation.app.test_client().post(
            self.path, data=body, headers=sent, content_type="application/json"
        )

    def deliver(self, topic: str, record: object, secret: str | None = None) -> TestResponse:
        """Deliver what the shop signs."""
        body = record if isinstance(record, bytes) else json.dumps(record).encode()
        signed = base64.b64encode(hmac.digest((secret or self.secret).encode(), body, "sha256")).decode()
        return self.post(body, topic=topic, signature=signed)

    def drain(self) -> Counter[str]:
        """Apply what waits."""
        at = self.installation.deps
        ports = {"translators": at.translators, "units": at.units, "ids": at.ids}
        return drain_inbox(at.inbox_lease, now=at.clock.now(), limit=500, **ports)  # type: ignore[arg-type]  # its ports

    def reread(self) -> None:
        """Carry out what hints asked for."""
        waiting = self.installation.jobs.waiting
        wanted = [effect for effect in waiting if isinstance(effect, RereadOrder)]
        waiting[:] = [effect for effect in waiting if effect not in wanted]
        for effect in wanted:
            handlers.run(effect, self.installation.deps)

    def poll(self) -> None:
        """Let the worker's clock strike once."""
        periodic(self.installation.deps)["poll_shops"].run(self.installation.clock.now())

    def order(self, number: int) -> StoredOrder | None:
        """An order as it is on record, by its external id."""
        with self.installation.deps.units.read(MERCHANT) as unit:
            stored = unit.orders.batch(self.shop.id, None, 500)
        return next((each for each in stored if each.order.ref.external_id == str(number)), None)


def connected(installation: Installation, outside: WooCommerceShop) -> LiveShop:
    """Connect and poll it once, which makes its webhooks too."""
    at = installation.deps
    made = connect_shop(
        outside.address,
        Credentials(outside.keys.key, outside.keys.secret),
        owner=MERCHANT,
        join_code=None,
        sources=at.sources,
        directory=at.directory,
        units=at.units,
        ids=at.ids,
        secrets=at.secrets,
        now=at.clock.now(),
    )
    live = LiveShop(installation, outside, made.shop)
    live.poll()
    installation.jobs.waiting.clear()
    return live
