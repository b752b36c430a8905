"""The shopper's own pages: find an order, see where it is, say what is wrong and what is wanted, see where that stands.

Every step is a form that works without script; addresses carry the token that opens them, cookies carry nothing.
"""

from http import HTTPStatus

from flask import Blueprint, Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from plugin.domain.errors import NotFound
from plugin.usecases.quote_policy import UnknownShop
from plugin.web.portal import (
    choice,
    confirm,
    evidence,
    find,
    lines,
    papers,
    quote,
    reason,
    remedy,
    sending,
    status,
    survey,
    tracking,
)
from plugin.web.portal.visit import visit
from plugin.web.problems import domain_problem

blueprint = Blueprint("portal", __name__, url_prefix="/s/<shop_key>", template_folder="templates")

_ORDER = "/claim/<token>/<order>"
for path, name, view, method in (
    ("/claim", "find", find.find, "GET"),
    ("/claim", "look", find.look, "POST"),
    ("/claim/link", "mail_link", find.mail_link, "POST"),
    ("/claim/<token>", "orders", find.orders, "GET"),
    (_ORDER, "lines", lines.show, "GET"),
    (_ORDER, "choose_lines", lines.choose, "POST"),
    (f"{_ORDER}/reason/<int:no>", "reason", reason.show, "GET"),
    (f"{_ORDER}/reason/<int:no>", "choose_reason", reason.choose, "POST"),
    (f"{_ORDER}/evidence/<int:no>", "evidence", evidence.show, "GET"),
    (f"{_ORDER}/evidence/<int:no>", "keep_evidence", evidence.keep, "POST"),
    (f"{_ORDER}/remedy/<int:no>", "remedy", remedy.show, "GET"),
    (f"{_ORDER}/remedy/<int:no>", "choose_remedy", remedy.choose, "POST"),
    (f"{_ORDER}/confirm", "confirm", confirm.show, "GET"),
    (f"{_ORDER}/confirm", "submit", confirm.submit, "POST"),
    ("/tracking", "tracking", tracking.find, "GET"),
    ("/tracking", "look_for_tracking", tracking.look, "POST"),
    ("/tracking/link", "mail_tracking_link", tracking.mail_link, "POST"),
    ("/tracking/<token>", "tracked", tracking.linked, "GET"),
    ("/tracking/of/<token>", "tracking_orders", tracking.orders, "GET"),
    ("/tracking/of/<token>/<order>", "tracking_of", tracking.show, "GET"),
    ("/tracking/of/<token>/<order>/wrong", "report_parcel", tracking.report, "POST"),
    ("/parcel/<token>", "choice", choice.show, "GET"),
    ("/parcel/<token>", "make_choice", choice.make, "POST"),
    ("/claims/<token>", "status", status.show, "GET"),
    ("/claims/<token>/papers/<label>/<kind>.pdf", "paper", papers.show, "GET"),
    ("/labels/<token>.pdf", "label", papers.label, "GET"),
    ("/claims/<token>/messages", "write", status.write, "POST"),
    ("/claims/<token>/sent", "tell_sent", sending.tell, "POST"),
    ("/claims/<token>/cancel", "cancel", status.cancel, "POST"),
    ("/claims/<token>/appeal/<int:no>", "appeal", status.appeal, "POST"),
    ("/claims/<token>/accept/<int:no>", "accept", status.accept, "POST"),
    ("/claims/<token>/survey", "answer", survey.answer, "POST"),
    ("/claims/<token>/repair/<int:no>", "order_repair", quote.order_repair, "POST"),
    ("/claims/<token>/repair/<int:no>/no", "decline_repair", quote.decline_repair, "POST"),
    ("/claims/<token>/reopen", "reopen", status.reopen, "POST"),
    ("/claims/<token>/object", "object", status.object_, "POST"),
    ("/claims/<token>/account/<refund>", "name_account", status.name_account, "POST"),
):
    blueprint.add_url_rule(path, name, view, methods=[method])


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Serve the pages from `app`. Nobody can ride on a cookie here: there is none, and the address is the secret."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)


@blueprint.errorhandler(NotFound)
def missing(error: NotFound) -> Response:
    """A page that leads back to the beginning; whatever is not there, for whomever, looks the same."""
    if isinstance(error, UnknownShop):
        return domain_problem(error)
    at = visit(str((request.view_args or {})["shop_key"]))
    return at.page("gone.html", HTTPStatus.NOT_FOUND)
