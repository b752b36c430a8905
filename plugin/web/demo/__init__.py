"""The demo store and its mailbox: a small brand's shop that embeds the widgets; served where `Settings.has_demo`."""

from flask import Blueprint

from plugin.domain.errors import DomainError
from plugin.web.demo import cart, law, mail, orders, pay, products, scan
from plugin.web.demo.pages import error_page

blueprint = Blueprint("demo", __name__, url_prefix="/demo", template_folder="templates")
blueprint.register_error_handler(DomainError, error_page)

for path, name, view, method in (
    ("", "home", products.home, "GET"),
    ("/products/<slug>", "product", products.show, "GET"),
    ("/cart", "cart", cart.show, "GET"),
    ("/orders", "orders", orders.index, "GET"),
    ("/orders/first", "first_order", orders.first, "GET"),
    ("/orders/<order>", "order", orders.show, "GET"),
    ("/orders/<order>/why", "why", orders.why, "GET"),
    ("/orders/<order>/scan", "scan", scan.deliver, "POST"),
    ("/orders/<order>/scan/withdraw", "withdraw_scan", scan.withdraw, "POST"),
    ("/pay/<made>", "pay", pay.show, "GET"),
    ("/pay/<made>", "take_payment", pay.pay, "POST"),
    ("/law", "law", law.show, "GET"),
    ("/mail", "mail", mail.index, "GET"),
    ("/mail/<name>", "letter", mail.show, "GET"),
):
    blueprint.add_url_rule(path, name, view, methods=[method], strict_slashes=False)

__all__ = ["blueprint"]
