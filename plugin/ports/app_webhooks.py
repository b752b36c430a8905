"""Webhooks of a platform that signs them with the app's own secret and sends every shop's to one address (Shopify)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from plugin.domain.shop_domain import ShopDomain
from plugin.ports.webhooks import Delivery


@dataclass(frozen=True, slots=True)
class ShopDelivery:
    """A genuine delivery to the app, and the shop it says it is from: the signature covers the body alone."""

    shop: ShopDomain
    delivery: Delivery
    event_key: str | None = None
    """What the same event is called in every delivery of it; None: the platform does not say."""


class AppWebhooks(Protocol):
    """Verifies deliveries; the app's subscriptions are declared to the platform, so there are none to keep."""

    def delivery(self, headers: Mapping[str, str], body: bytes) -> ShopDelivery | None:
        """What was delivered, names of headers in lower case; None when the app's secrets did not sign the raw body."""
        ...
