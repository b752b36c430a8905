"""Deliveries of WooCommerce shops (measured on 10.5): verified, kept, answered; applying them is the worker's.

The shop sends nothing twice: what is not answered by 200 to 302 is lost, and after seven of those in a row all further
ones are. So whatever is genuine is kept, read or not, and answered 200.
"""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response, request

from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.webhooks import Delivery
from plugin.usecases.accept_delivery import accept_delivery
from plugin.web.deps import deps

_MOST_BYTES = 2 * 1024 * 1024
"""An order of hundreds of lines is half a megabyte."""

blueprint = Blueprint("webhooks_woocommerce", __name__, url_prefix="/webhooks/woocommerce")


def take(shop_key: str) -> Response:
    """200 once it is on record, and to a ping; 401 to what this shop has not signed, 404 where no shop is."""
    request.max_content_length = _MOST_BYTES
    at, body = deps(), request.get_data(cache=False)
    shop = at.directory.shop_by_key(shop_key)
    if shop is None or shop.platform is not Platform.WOOCOMMERCE:
        return _answer(HTTPStatus.NOT_FOUND)
    headers = {name.lower(): value for name, value in request.headers}
    if at.webhooks[shop.platform].is_ping(headers, body):
        return _answer(HTTPStatus.OK)
    delivery = _genuine(shop, headers, body)
    if delivery is None:
        return _answer(HTTPStatus.UNAUTHORIZED)
    accept_delivery(delivery.message, delivery.key, shop=shop, units=at.units, ids=at.ids, now=at.clock.now())
    return _answer(HTTPStatus.OK)


def _genuine(shop: Shop, headers: Mapping[str, str], body: bytes) -> Delivery | None:
    with deps().units.read(shop.merchant) as unit:
        known = unit.hooks.get(shop.id)
    return deps().webhooks[shop.platform].delivery(headers, body, known.secret) if known else None


def _answer(status: HTTPStatus) -> Response:
    return Response(status.phrase + "\n", status.value, mimetype="text/plain", headers={"Cache-Control": "no-store"})


blueprint.add_url_rule("/<shop_key>", "take", take, methods=["POST"], strict_slashes=False, merge_slashes=False)
