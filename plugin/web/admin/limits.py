"""How often one address may ask for sign-in links, use them, and send test mail; counted by each web process alone."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import cast

from flask import Flask, request
from flask.typing import RouteCallable
from flask_limiter import Limiter

ASKING = "5 per minute; 30 per hour"
ENTERING = "10 per minute; 60 per hour"
TRYING = "6 per minute; 30 per hour"
_SUBSCRIBER = 64
"""Bits of an IPv6 address that name a subscriber (RFC 6177); the rest is theirs to change."""


def limit_repeats(app: Flask) -> None:
    """Count the requests that somebody guessing or flooding would repeat; above the limit they answer 429."""
    limiter = Limiter(caller, app=app, storage_uri="memory://", headers_enabled=True)
    for endpoint, limit in (("admin.send_link", ASKING), ("admin.enter", ENTERING), ("admin.try_mail", TRYING)):
        app.view_functions[endpoint] = cast("RouteCallable", limiter.limit(limit)(app.view_functions[endpoint]))


def caller() -> str:
    """Whose requests count together: an IPv4 address, or an IPv6 network of one subscriber."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return str(ip_network((address, _SUBSCRIBER), strict=False)) if isinstance(address, IPv6Address) else text
