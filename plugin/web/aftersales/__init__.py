"""The after-sales page of a shop: policy, process, support; hosted for search engines, embeddable, without script."""

from flask import Blueprint, Flask

from plugin.web.aftersales import arrival, data, pages, robots
from plugin.web.aftersales.data import DataMakers

blueprint = Blueprint("aftersales", __name__, template_folder="templates")
blueprint.register_blueprint(pages.blueprint)
blueprint.register_blueprint(arrival.blueprint)
blueprint.register_blueprint(data.blueprint)
blueprint.register_blueprint(robots.blueprint)

__all__ = ["DataMakers", "blueprint", "install"]


def install(app: Flask, made_by: DataMakers) -> None:
    """Serve the pages from `app`, with the data that these functions make."""
    data.provide(app, made_by)
    app.register_blueprint(blueprint)
