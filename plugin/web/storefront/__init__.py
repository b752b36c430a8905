"""The public JSON API that widgets, blocks and plugins read, and the widgets themselves; `schemas` is the contract."""

from flask import Blueprint, Flask

from plugin.web.headers import Missing
from plugin.web.observer import Observer
from plugin.web.storefront import assets, views
from plugin.web.storefront.ready import ReadyAnswers

blueprint = Blueprint("storefront", __name__, template_folder="templates")
blueprint.register_blueprint(views.blueprint)
blueprint.register_blueprint(assets.blueprint)

__all__ = ["blueprint", "keep_ready"]


def keep_ready(app: Flask, missing: Missing, observer: Observer) -> None:
    """Send answers that are kept ready before `app` is asked; `blueprint` is registered on it already."""
    cache = app.extensions[views.CACHE]
    app.wsgi_app = ReadyAnswers(app.wsgi_app, cache, missing, observer)  # type: ignore[method-assign]  # Flask's own way
