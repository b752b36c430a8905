"""What a shop's companion plugin asks, signed with that shop's secret; and the links it makes for customers."""

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from plugin.web.companion import passes, views

blueprint = Blueprint("companion", __name__, url_prefix="/companion/v1")
blueprint.add_url_rule("/connection", "connect", views.connect, methods=["POST"])
blueprint.add_url_rule("/connection", "connection", views.connection, methods=["GET"])
blueprint.add_url_rule("/connection", "disconnect", views.disconnect, methods=["DELETE"])
blueprint.add_url_rule("/orders/<order>", "order", views.order, methods=["GET"])
blueprint.add_url_rule("/open/<shop_key>/<order_pass>", "open", passes.open_, methods=["GET"])


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Serve them from `app`. Nobody can ride on a cookie here: none is looked at."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)
