"""How often one address may ask for sign-in links, use them, and send test mail; counted by each web process alone."""

from typing import cast

from flask import Flask
from flask.typing import RouteCallable
from flask_limiter import Limiter

from plugin.web.callers import caller

ASKING = "5 per minute; 30 per hour"
ENTERING = "10 per minute; 60 per hour"
SHOWING = "60 per minute"
TRYING = "6 per minute; 30 per hour"


def limit_repeats(app: Flask) -> None:
    """Count the requests that somebody guessing or flooding would repeat; above the limit they answer 429."""
    limiter = Limiter(caller, app=app, storage_uri="memory://", headers_enabled=True)
    for endpoint, limit in (
        ("admin.send_link", ASKING),
        ("admin.enter", ENTERING),
        ("admin.passkey_enter", ENTERING),
        ("admin.passkey_ask", SHOWING),
        ("admin.try_mail", TRYING),
    ):
        app.view_functions[endpoint] = cast("RouteCallable", limiter.limit(limit)(app.view_functions[endpoint]))
