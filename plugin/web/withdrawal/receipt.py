"""The page that says it was received: number, date and time, and for a day what was declared, to print and keep."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from flask import Response

from plugin.domain.declaration import Declaration
from plugin.domain.shop import Shop
from plugin.usecases.withdrawal_link import read_receipt
from plugin.web.deps import deps
from plugin.web.withdrawal.frame import here, page, reader
from plugin.wording.withdrawal import declaration_rows

_SHOWN_FOR: Final = timedelta(days=1)
"""Afterwards the mailed copy tells it: the address of this page stays in the history of a browser others may use."""


def show(shop_key: str, token: str) -> Response:
    """The receipt; raises `UnknownDeclaration`."""
    shop = here(shop_key)
    declared = _declared(token, shop)
    words = reader(otherwise=declared.language)
    to = declared.statement.reply_to if declared.statement else None
    return page("receipt.html", words, shop, rows=declaration_rows(declared, words), to=to)


def _declared(token: str, shop: Shop) -> Declaration:
    at = deps()
    found = read_receipt(token, shop.id, at.secrets)
    with at.units.read(shop.merchant) as unit:
        declared = unit.declarations.get(found)
    is_fresh = at.clock.now() - declared.received_at < _SHOWN_FOR
    return declared if is_fresh else replace(declared, statement=None)
