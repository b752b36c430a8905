"""The withdrawal function of a shop (Directive 2011/83/EU art. 11a): two screens, no account, no script."""

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from plugin.domain.errors import DomainError
from plugin.web.withdrawal import declare, proof, receipt
from plugin.web.withdrawal.frame import refuse

blueprint = Blueprint("withdrawal", __name__, url_prefix="/s/<shop_key>/withdraw", template_folder="templates")
for path, name, view, method in (
    ("", "form", declare.show, "GET"),
    ("", "check", declare.check, "POST"),
    ("/confirm", "confirm", declare.confirm, "POST"),
    ("/receipt/<token>", "receipt", receipt.show, "GET"),
    ("/proof/<token>", "proof", proof.show, "GET"),
    ("/proof/<token>", "prove", proof.prove, "POST"),
):
    blueprint.add_url_rule(path, name, view, methods=[method])
blueprint.register_error_handler(DomainError, refuse)

__all__ = ["blueprint", "install"]


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Serve it from `app`. It knows no cookie that somebody could ride on, and asks for none."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)
