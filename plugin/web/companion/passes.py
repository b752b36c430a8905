"""Where the links in a shop's account pages lead: to the claim of the customer's own order, never to a dead end."""

from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.shopper_session import NoSuchPage
from plugin.usecases.admit_customer import admit_customer
from plugin.usecases.prove_shopper import session_token
from plugin.usecases.quote_policy import known_shop
from plugin.web.deps import deps

_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


def open_(shop_key: str, order_pass: str) -> Response:
    """To the order's goods; with a pass that no longer holds, to where an order is found by number and address."""
    needs, language = deps(), request.args.get("lang") or None
    shop = known_shop(shop_key, needs.directory)
    try:
        session = admit_customer(order_pass, shop, units=needs.units, secrets=needs.secrets, now=needs.clock.now())
    except NoSuchPage:
        return _to(url_for("portal.find", shop_key=shop.key, lang=language))
    token = session_token(needs.secrets, session)
    return _to(url_for("portal.lines", shop_key=shop.key, token=token, order=session.orders[0], lang=language))


def _to(address: str) -> Response:
    return Response(status=HTTPStatus.SEE_OTHER, headers={**_HEADERS, "Location": address})
