"""Merchant pages: server-rendered, signed in by one-time link, one merchant's data only."""

from flask import Blueprint

from plugin.domain.errors import DomainError
from plugin.web.admin import account, auth, home, orders, parked, sign_in, staff
from plugin.web.admin.pages import page_error

blueprint = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")
blueprint.before_request(auth.require_presence)
blueprint.register_error_handler(DomainError, page_error)

for path, name, view, method in (
    ("/sign-in", "sign_in", sign_in.ask, "GET"),
    ("/sign-in", "send_link", sign_in.send_link, "POST"),
    ("/sign-in/<token>", "confirm", sign_in.confirm, "GET"),
    ("/sign-in/<token>", "enter", sign_in.enter, "POST"),
    ("/sign-out", "sign_out", sign_in.leave, "POST"),
    ("/", "home", home.show, "GET"),
    ("/orders", "orders", orders.index, "GET"),
    ("/orders/delivered", "mark_many", orders.mark_many, "POST"),
    ("/orders/<order>", "order", orders.show, "GET"),
    ("/orders/<order>/delivered", "mark", orders.mark, "POST"),
    ("/orders/<order>/undelivered", "unmark", orders.unmark, "POST"),
    ("/parked", "parked", parked.index, "GET"),
    ("/parked/retry", "retry", parked.retry, "POST"),
    ("/parked/dismiss", "dismiss", parked.dismiss, "POST"),
    ("/parked/<record>", "parked_record", parked.show, "GET"),
    ("/account", "account", account.show, "GET"),
    ("/account/language", "language", account.choose_language, "POST"),
    ("/account/sessions/<session>/revoke", "revoke", account.revoke, "POST"),
    ("/staff", "staff", staff.index, "GET"),
    ("/staff/invite", "invite", staff.invite, "POST"),
    ("/staff/<member>/remove", "remove", staff.remove, "POST"),
):
    blueprint.add_url_rule(path, name, view, methods=[method])
