"""The public JSON API that widgets, blocks and plugins read, and the widgets themselves; `schemas` is the contract."""

from flask import Blueprint

from plugin.web.storefront import assets, views

blueprint = Blueprint("storefront", __name__, template_folder="templates")
blueprint.register_blueprint(views.blueprint)
blueprint.register_blueprint(assets.blueprint)

__all__ = ["blueprint"]
