"""What the UI extensions in a Shopify shop's checkout and customer accounts ask, each told by its session token.

No cookie is looked at or set. Any origin may ask, as extensions run in a sandbox of Shopify's that names none.
"""

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from plugin.domain.attempts import TooManyAttempts
from plugin.domain.errors import DomainError
from plugin.web.extensions import claims, drafting, orders, promises, windows, withdrawal
from plugin.web.extensions.answer import later, opened, preflight
from plugin.web.problems import domain_problem

_ORDER = "/account/orders/<order>"

blueprint = Blueprint("extensions", __name__, url_prefix="/extensions/v1")
for path, name, view, method in (
    ("/checkout/promises", "promises", promises.show, "GET"),
    ("/checkout/orders/<order>/windows", "checkout_windows", windows.at_checkout, "GET"),
    ("/account/orders/<order>/windows", "account_windows", windows.in_account, "GET"),
    ("/account/orders", "orders", orders.every, "GET"),
    (_ORDER, "order", orders.one, "GET"),
    (f"{_ORDER}/claim", "write", drafting.write, "POST"),
    (f"{_ORDER}/claim/submit", "submit", drafting.submit, "POST"),
    ("/account/claims/<claim>", "claim", claims.show, "GET"),
    ("/account/claims/<claim>/cancel", "cancel", claims.cancel, "POST"),
    (f"{_ORDER}/withdrawal", "withdrawal", withdrawal.form, "GET"),
    (f"{_ORDER}/withdrawal/check", "check", withdrawal.check, "POST"),
    (f"{_ORDER}/withdrawal", "declare", withdrawal.declare, "POST"),
):
    blueprint.add_url_rule(path, name, view, methods=[method], provide_automatic_options=False)
blueprint.add_url_rule("/<path:path>", "preflight", preflight, methods=["OPTIONS"], provide_automatic_options=False)
blueprint.register_error_handler(TooManyAttempts, later)
blueprint.register_error_handler(DomainError, domain_problem)
blueprint.after_request(opened)


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Serve them from `app`. Nobody can ride on a cookie here: none is looked at."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)
