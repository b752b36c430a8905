"""Deliveries of WooCommerce shops (measured on 10.5): which are genuine; applying them is the worker's.

The shop sends nothing twice: what is not answered by 200 to 302 is lost, and after seven of those in a row all further
ones are. So whatever is genuine is kept, read or not, and answered 200.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from plugin.domain.order import Platform
from plugin.domain.stored import Arrival
from plugin.ports.deps import Deps
from plugin.ports.webhooks import Delivery
from plugin.usecases.accept_delivery import arrival_of
from plugin.web.webhooks.senders import Sender, Senders


class WooCommerceDeliveries:
    """`/webhooks/woocommerce/<shop key>`, each shop with a secret of its own."""

    def __init__(self, at: Callable[[], Deps]) -> None:
        self._at = at
        self._senders = Senders(self._sender)

    def judge(self, shop_key: str, headers: Mapping[str, str], body: bytes) -> Arrival | HTTPStatus:
        """What the shop has signed; 200 to a ping, 401 to what it has not signed, 404 where no shop is."""
        at, sender = self._at(), self._senders.get(shop_key)
        if sender is None or sender.shop.platform is not Platform.WOOCOMMERCE:
            return HTTPStatus.NOT_FOUND
        if at.webhooks[Platform.WOOCOMMERCE].is_ping(headers, body):
            return HTTPStatus.OK
        delivery = self._genuine(sender, headers, body)
        delivery = delivery or self._genuine(self._senders.read(shop_key), headers, body)
        if delivery is None:
            return HTTPStatus.UNAUTHORIZED
        return arrival_of(delivery.message, delivery.key, shop=sender.shop, ids=at.ids, now=at.clock.now())

    def _genuine(self, sender: Sender | None, headers: Mapping[str, str], body: bytes) -> Delivery | None:
        webhooks = self._at().webhooks[Platform.WOOCOMMERCE]
        told = (webhooks.delivery(headers, body, secret) for secret in (sender.secrets if sender else ()))
        return next((each for each in told if each is not None), None)

    def _sender(self, shop_key: str) -> Sender | None:
        at = self._at()
        shop = at.directory.shop_by_key(shop_key)
        if shop is None:
            return None
        with at.units.read(shop.merchant) as unit:
            known = unit.hooks.get(shop.id)
        return Sender(shop, known.accepted if known else ())
