"""Where platforms and carriers tell what changed: each proves itself, and is answered once what it says is kept."""

from functools import partial

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from plugin.web.deps import deps_of
from plugin.web.headers import Missing
from plugin.web.observer import Observer
from plugin.web.webhooks import carriers
from plugin.web.webhooks.intake import Intake
from plugin.web.webhooks.receiver import Receiver, failures
from plugin.web.webhooks.shopify import ShopifyDeliveries
from plugin.web.webhooks.woocommerce import WooCommerceDeliveries

__all__ = ["install"]


def install(app: Flask, csrf: CSRFProtect, missing: Missing, observer: Observer) -> None:
    """Take deliveries in front of `app`. Platforms send no cookie that somebody could ride on."""
    at = partial(deps_of, app)
    judges = {"shopify": ShopifyDeliveries(at).judge, "woocommerce": WooCommerceDeliveries(at).judge}
    csrf.exempt(blueprint := failures(judges))
    app.register_blueprint(blueprint)
    csrf.exempt(carriers.blueprint)
    app.register_blueprint(carriers.blueprint)

    intake = Intake(at().arrivals.turn, at().arrivals.writers)
    app.wsgi_app = Receiver(app.wsgi_app, judges, intake, missing, observer)  # type: ignore[method-assign]  # Flask's own way to wrap it
