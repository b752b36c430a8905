"""The built widgets, served to any store's pages."""

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from plugin.web.storefront.prepared import OPEN_TO_ALL

FOLDER = Path(__file__).parents[3] / "static" / "widgets"
_CACHE = "public, max-age=300, stale-while-revalidate=86400"

blueprint = Blueprint("widgets", __name__, url_prefix="/static/widgets")


@blueprint.get("/<path:filename>")
def file(filename: str) -> Response:
    """One built file; modules are fetched with CORS, so other origins must be let in (HTML, script type=module)."""
    response = send_from_directory(FOLDER, filename)
    response.headers.extend(OPEN_TO_ALL)
    response.headers["Cache-Control"] = _CACHE
    return response
