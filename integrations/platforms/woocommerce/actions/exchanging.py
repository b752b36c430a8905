"""Other goods for those that come back: an order at the shop's own prices, less what came back counts for.

It is a draft until it comes to exactly the difference: WooCommerce deletes drafts that nobody goes on with, and no
shopper sees one. What the goods cost with tax is known only once the shop has computed it.
"""

import re
from typing import Final

from integrations.platforms.woocommerce.actions.begun import begin, made_for
from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.marks import AGREED, meta, value_of
from integrations.platforms.woocommerce.actions.seen import DRAFT, LiveOrder
from integrations.platforms.woocommerce.actions.settings import shop_currency
from integrations.platforms.woocommerce.actions.settling import take_off
from integrations.platforms.woocommerce.actions.stock import check_stock, check_units
from integrations.platforms.woocommerce.fields import web_address
from plugin.domain.money import Money
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Exchange, OrderReceipt, Refusal

_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")
_UNPAID, _PAID = "pending", "processing"


def create_exchange(calls: Calls, exchange: Exchange, key: str) -> OrderReceipt:
    """The new order's receipt, whether it was made now or before; a draft is gone on with."""
    begun = begin(calls, exchange.order, key)
    made = begun.made or _draft(calls, exchange, begun.live, key)
    difference = _difference(made, exchange)
    if difference is None:
        difference = _agreed(calls, exchange, made)
        made = _finished(calls, made, difference)
    elif made.status == DRAFT:
        made = _finished(calls, made, difference)
    return _receipt(made, difference)


def _draft(calls: Calls, exchange: Exchange, live: LiveOrder, key: str) -> LiveOrder:
    if exchange.credit.minor < 0 or not exchange.new:
        raise Rejected(Refusal.INVALID)
    if shop_currency(calls) != exchange.credit.currency or live.currency != exchange.credit.currency:
        raise Rejected(Refusal.NOT_SUPPORTED, detail="prices are in another currency than the order")
    check_units(live, exchange.back)
    wanted: dict[str, int] = {}
    for item in exchange.new:
        wanted[item.variant] = wanted.get(item.variant, 0) + item.quantity
    check_stock(calls, wanted)
    lines = [{"product_id": int(product), "quantity": quantity} for product, quantity in wanted.items()]
    body = {**made_for(live, key), "status": DRAFT, "line_items": lines}
    return calls.write("POST", "orders", body, LiveOrder)


def _difference(made: LiveOrder, exchange: Exchange) -> Money | None:
    """What was agreed on for this order; None: nothing yet."""
    noted = value_of(made.meta_data, AGREED)
    is_amount = isinstance(noted, str) and _WHOLE.fullmatch(noted)
    return Money(int(str(noted)), exchange.credit.currency) if is_amount else None


def _agreed(calls: Calls, exchange: Exchange, draft: LiveOrder) -> Money:
    """What the goods cost beyond what came back counts for, noted on the draft before anything is taken off.

    What the shopper was told holds where the shop only rounds otherwise: a minor unit for each unit of goods. Raises
    `Rejected` where it costs another price, and takes the draft back.
    """
    difference = Money.parse(draft.total, exchange.credit.currency) - exchange.credit
    told = exchange.told
    if told is not None:
        if abs(difference.minor - told.minor) > sum(item.quantity for item in exchange.new):
            calls.delete(f"orders/{draft.id}")
            raise Rejected(Refusal.PRICE_CHANGED, detail=f"{difference.minor} {difference.currency}")
        difference = told
    noted = {"meta_data": [meta(AGREED, str(difference.minor))]}
    calls.write("PUT", f"orders/{draft.id}", noted, object)
    return difference


def _finished(calls: Calls, draft: LiveOrder, difference: Money) -> LiveOrder:
    """The draft less the credit, waiting for its payment, or on its way where nothing is due."""
    due = max(difference, Money.zero(difference.currency))
    take_off(calls, draft, due)
    return calls.write("PUT", f"orders/{draft.id}", {"status": _UNPAID if due.minor else _PAID}, LiveOrder)


def _receipt(made: LiveOrder, difference: Money) -> OrderReceipt:
    number = str(made.number)
    if difference.minor > 0:
        return OrderReceipt(str(made.id), number, difference, web_address(made.payment_url))
    return OrderReceipt(str(made.id), number, back=-difference if difference.minor else None)
