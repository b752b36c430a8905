"""Evidence from shoppers: resumable uploads by the tus protocol, and files shown by links that last a minute."""

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from plugin.web.evidence import upload, view
from plugin.web.evidence.slots import UploadSlots, provide

blueprint = Blueprint("evidence", __name__, url_prefix="/s/<shop_key>/evidence")
blueprint.register_blueprint(upload.blueprint)
blueprint.register_blueprint(view.blueprint)

__all__ = ["blueprint", "install"]


def install(app: Flask, csrf: CSRFProtect, slots: int) -> None:
    """Serve uploads from `app`, `slots` at once. Callers hold a token and send no cookie, so nobody can ride on one."""
    provide(app, UploadSlots(slots))
    csrf.exempt(upload.blueprint)
    app.register_blueprint(blueprint)
