"""Deliveries of WooCommerce shops (measured on 10.5): verified, kept, answered; applying them is the worker's.

The shop sends nothing twice: what is not answered by 200 to 302 is lost, and after seven of those in a row all further
ones are. So whatever is genuine is kept, read or not, and answered 200.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from plugin.domain.order import Platform
from plugin.domain.stored import Arrival
from plugin.ports.webhooks import Delivery
from plugin.usecases.accept_delivery import arrival_of
from plugin.web.deps import deps
from plugin.web.webhooks.intake import Intake
from plugin.web.webhooks.senders import Sender, Senders

_MOST_BYTES = 2 * 1024 * 1024
"""An order of hundreds of lines is half a megabyte."""
_SENDERS, _INTAKE = "webhooks.senders", "webhooks.intake"

blueprint = Blueprint("webhooks_woocommerce", __name__, url_prefix="/webhooks/woocommerce")


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions[_SENDERS] = Senders(_sender)
    state.app.extensions[_INTAKE] = Intake(_keep)


def take(shop_key: str) -> Response:
    """200 once it is on record, and to a ping; 401 to what this shop has not signed, 404 where no shop is."""
    request.max_content_length = _MOST_BYTES
    at, body = deps(), request.get_data(cache=False)
    sender = _senders().get(shop_key)
    if sender is None or sender.shop.platform is not Platform.WOOCOMMERCE:
        return _answer(HTTPStatus.NOT_FOUND)
    headers = {name.lower(): value for name, value in request.headers}
    if at.webhooks[Platform.WOOCOMMERCE].is_ping(headers, body):
        return _answer(HTTPStatus.OK)
    delivery = _genuine(sender, headers, body) or _genuine(_senders().read(shop_key), headers, body)
    if delivery is None:
        return _answer(HTTPStatus.UNAUTHORIZED)
    arrival = arrival_of(delivery.message, delivery.key, shop=sender.shop, ids=at.ids, now=at.clock.now())
    cast("Intake", current_app.extensions[_INTAKE]).take(arrival)
    return _answer(HTTPStatus.OK)


def _genuine(sender: Sender | None, headers: Mapping[str, str], body: bytes) -> Delivery | None:
    if sender is None or sender.secret is None:
        return None
    return deps().webhooks[sender.shop.platform].delivery(headers, body, sender.secret)


def _senders() -> Senders:
    return cast("Senders", current_app.extensions[_SENDERS])


def _sender(shop_key: str) -> Sender | None:
    shop = deps().directory.shop_by_key(shop_key)
    if shop is None:
        return None
    with deps().units.read(shop.merchant) as unit:
        known = unit.hooks.get(shop.id)
    return Sender(shop, known.secret if known else None)


def _keep(arrivals: Sequence[Arrival]) -> None:
    deps().arrivals.keep(arrivals)


def _answer(status: HTTPStatus) -> Response:
    return Response(status.phrase + "\n", status.value, mimetype="text/plain", headers={"Cache-Control": "no-store"})


blueprint.add_url_rule("/<shop_key>", "take", take, methods=["POST"], strict_slashes=False, merge_slashes=False)
