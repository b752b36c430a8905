"""Where the link leads that the order's own address was mailed: one button, because programs open links too."""

from flask import Response

from plugin.domain.declaration import UnknownDeclaration
from plugin.usecases.prove_declaration import prove_by_link
from plugin.usecases.withdrawal_link import read_proof
from plugin.web.deps import deps
from plugin.web.withdrawal.frame import here, page, reader
from plugin.wording.withdrawal import receipt_rows


def show(shop_key: str, token: str) -> Response:
    """What was declared when, and the button that says it was the reader. Raises `UnknownDeclaration`."""
    shop, at = here(shop_key), deps()
    found, order = read_proof(token, shop.id, at.secrets)
    with at.units.read(shop.merchant) as unit:
        declared, stored = unit.declarations.get(found), unit.orders.get(order)
    if declared.order != order:
        raise UnknownDeclaration
    words = reader(otherwise=declared.language)
    rows = receipt_rows(declared, words)
    return page("proof.html", words, shop, number=stored.order.number, rows=rows, is_proven=declared.is_proven)


def prove(shop_key: str, token: str) -> Response:
    """Take it as the shopper's own."""
    shop, at = here(shop_key), deps()
    found, order = read_proof(token, shop.id, at.secrets)
    prove_by_link(found, order, merchant=shop.merchant, units=at.units, now=at.clock.now())
    return show(shop_key, token)
