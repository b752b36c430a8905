"""What a shopper may count on before and just after buying: the storefront's own answer, told by a session token."""

from flask import Response, request

from plugin.web.extensions import auth
from plugin.web.storefront.views import kept_policy

_KEPT = "private, max-age=1"
"""A shared cache would hand one shop's answer to another: the address is the same, the token says whose it is."""


def show() -> Response:
    """The banner, badge and links for a country, and for the goods in the cart where they are named."""
    response = kept_policy(auth.at_checkout().shop.key).response(request.environ.get("HTTP_IF_NONE_MATCH"))
    response.headers["Cache-Control"] = _KEPT
    response.vary.add("Authorization")
    return response
