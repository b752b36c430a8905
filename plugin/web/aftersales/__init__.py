"""The after-sales page of a shop: policy, process, support; hosted for search engines, embeddable, without script."""

from flask import Blueprint, Flask

from plugin.web.aftersales import documents, pages, robots
from plugin.web.aftersales.documents import Documents

blueprint = Blueprint("aftersales", __name__, template_folder="templates")
blueprint.register_blueprint(pages.blueprint)
blueprint.register_blueprint(documents.blueprint)
blueprint.register_blueprint(robots.blueprint)

__all__ = ["Documents", "blueprint", "install"]


def install(app: Flask, made_by: Documents) -> None:
    """Serve the pages from `app`, with the documents that these functions make."""
    documents.provide(app, made_by)
    app.register_blueprint(blueprint)
