"""Deliveries of Shopify shops (Admin API 2026-10): which are genuine; applying them is the worker's.

Shopify waits five seconds, and sends what is not answered by 200 to 299 eight times more in four hours, as it was. So
whatever is genuine is kept, read or not, and answered 200. What Shopify did not sign is answered 401, as its review of
apps tries. Source: shopify.dev, "Deliver webhooks through HTTPS", "Privacy law compliance" (2026-10).
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

import structlog

from plugin.domain.order import Platform
from plugin.domain.stored import Arrival
from plugin.ports.deps import Deps
from plugin.usecases.accept_delivery import arrival_of
from plugin.web.webhooks.senders import Sender, Senders

_ASKED_OF_THE_APP: Final = ("app/", "customers/", "shop/redact")
_log = structlog.get_logger("aftercare.web")


class ShopifyDeliveries:
    """`/webhooks/shopify`: one address for the shops of all merchants, signed with the app's secret."""

    def __init__(self, at: Callable[[], Deps]) -> None:
        self._at = at
        self._senders = Senders(self._sender)

    def judge(self, rest: str, headers: Mapping[str, str], body: bytes) -> Arrival | HTTPStatus:
        """What Shopify has signed; 401 to what it has not, 404 where nothing is.

        Of a shop that is not here nothing is on record, so there is nothing to change, tell or erase: 200, and no more
        of it. A shop that has just been installed is read whole once it is here. One that was let go tells us only what
        is asked of the app itself: the app may still be installed there.
        """
        at = self._at()
        if at.shopify is None or rest:
            return HTTPStatus.NOT_FOUND
        told = at.shopify.webhooks.delivery(headers, body)
        if told is None:
            return HTTPStatus.UNAUTHORIZED
        message, key = told.delivery.message, told.delivery.key
        sender = self._senders.get(told.shop.name)
        if sender is None or not (sender.is_connected or message.topic.startswith(_ASKED_OF_THE_APP)):
            _log.info("webhook_not_kept", shop=told.shop.name, topic=message.topic, is_known=sender is not None)
            return HTTPStatus.OK
        return arrival_of(message, key, told.event_key, shop=sender.shop, ids=at.ids, now=at.clock.now())

    def _sender(self, address: str) -> Sender | None:
        shop = self._at().directory.shop_by_address(Platform.SHOPIFY, address)
        if shop is None:
            return None
        with self._at().units.read(shop.merchant) as unit:
            return Sender(shop, is_connected=unit.connections.get(shop.id) is not None)
