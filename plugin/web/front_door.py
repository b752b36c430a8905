"""The bare address: to the demo store where there is one, else to the merchant's desk."""

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

blueprint = Blueprint("front_door", __name__)


@blueprint.get("/")
def enter() -> Response:
    """Lead on, and let nobody remember it: the demo may be switched off one day."""
    answer = redirect(url_for("demo.home" if current_app.config["HAS_DEMO"] else "admin.home"))
    answer.headers["Cache-Control"] = "no-store"
    return answer
