"""The confirmation block of one order, for whoever holds its token: for the shop's own mails and order pages."""

from flask import Response, jsonify

from plugin.domain.errors import NotFound
from plugin.usecases.confirm_order import show_confirmation
from plugin.usecases.quote_policy import known_shop
from plugin.web.deps import deps
from plugin.web.documents.answers import papers
from plugin.web.storefront import order_token
from plugin.web.storefront.views import PRIVATE


def show(shop_key: str, token: str) -> Response:
    """Subject, text and HTML in the order's language; what was shown is recorded."""
    at = deps()
    shop = known_shop(shop_key, at.directory)
    order = order_token.read(at.secrets, shop.id, token)
    confirm, now = papers().confirm, at.clock.now()
    try:
        found = show_confirmation(order, merchant=shop.merchant, units=at.units, law=at.law, confirm=confirm, now=now)
    except NotFound as error:
        raise order_token.UnknownOrder from error
    response = jsonify(language=found.language, subject=found.subject, text=found.text, html=found.html)
    response.headers["Cache-Control"] = PRIVATE
    return response
