"""Other goods for those that come back: exchange items of a return, in the order itself (Built for Shopify 5.12).

First Shopify says what it would come to, before anything is made; then the return is made with both sides, which sends
and charges nothing yet; then Shopify says once more what it comes to. Only if that is what the shopper was told is it
noted and processed: goods go out, and what they cost more is owed on the order's own payment page.
"""

from dataclasses import replace
from typing import Final

from integrations.platforms.shopify.actions import exchange_live as live_
from integrations.platforms.shopify.actions.calls import Calls, gid, mark
from integrations.platforms.shopify.actions.exchange_live import LiveExchange, LiveOrder, live_order
from integrations.platforms.shopify.actions.exchange_terms import terms_of
from integrations.platforms.shopify.actions.memory import recall, remember
from integrations.platforms.shopify.actions.returnable import reason_of, sent_lines
from integrations.platforms.shopify.actions.stock import check_stock, variants
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.own_orders import key_tag
from plugin.domain.money import Money
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Exchange, OrderReceipt, Refusal

_CREATE: Final = mutation("return_create", "ReturnCreate")
_PROCESS: Final = mutation("return_process", "ReturnProcess")
_REMOVE: Final = mutation("exchange_remove", "ExchangeRemove")
_CANCEL: Final = mutation("return_cancel", "ReturnCancel")
_WORDS: Final = "Exchange"
_OPEN: Final = "OPEN"
_RECKONED: Final = "reckoned"
"""What is noted before the return is made; after it, the return's own id."""


def create_exchange(calls: Calls, exchange: Exchange, key: str) -> OrderReceipt:
    """The receipt, whether the exchange was made now or before; one that was begun is gone on with."""
    live = live_order(calls, exchange.order)
    made = live.made_by(mark(key))
    if made is not None and not made.exchange_line_items.nodes:
        _take_back(calls, made)
        made = None
    made = made or _begun(calls, exchange, live, key)
    difference = _agreed(calls, exchange, made, key)
    if made.is_unprocessed:
        _process(calls, made)
        live = live_order(calls, exchange.order)
    return _receipt(live, made, difference)


def _begun(calls: Calls, exchange: Exchange, live: LiveOrder, key: str) -> LiveExchange:
    """A return with both sides: nothing has gone out, and nothing is owed yet."""
    if exchange.credit.minor < 0 or not exchange.new:
        raise Rejected(Refusal.INVALID)
    if live.presentment_currency_code != exchange.credit.currency:
        raise Rejected(Refusal.NOT_SUPPORTED, detail="the credit is in another currency than the order")
    wanted: dict[str, int] = {}
    for item in exchange.new:
        wanted[item.variant] = wanted.get(item.variant, 0) + item.quantity
    check_stock(variants(calls, wanted), wanted)
    back = sent_lines(calls, exchange.order, exchange.back)
    new: list[Json] = [{"variantId": gid("ProductVariant", name), "quantity": count} for name, count in wanted.items()]
    terms = terms_of(calls, live, back, new, exchange.credit)
    _as_told(exchange, terms.difference)
    _reckoned(calls, exchange, terms.difference, key)
    words = reason_of(calls, _WORDS, mark(key))
    asked: Json = {"orderId": live.id, "returnLineItems": [{**line, **words} for line in terms.back]}
    asked["exchangeLineItems"] = list(terms.new)
    calls.change(_CREATE, "returnCreate", live_.Moved, {"input": asked})
    made = live_order(calls, exchange.order).made_by(mark(key))
    if made is None:
        raise Rejected(Refusal.WRONG_STATE, detail="made and not there")
    return made


def _reckoned(calls: Calls, exchange: Exchange, difference: Money, key: str) -> None:
    """Note what Shopify says it comes to, before anything is made."""
    name, said = key_tag(key), f"{_RECKONED}:{difference.minor}"
    if recall(calls, exchange.order).get(name) != said:
        remember(calls, exchange.order, name, said)


def _agreed(calls: Calls, exchange: Exchange, made: LiveExchange, key: str) -> Money:
    """What was agreed on for this exchange, noted before it is processed.

    Raises `Rejected` and takes it back where it comes neither to what the shopper was told nor to what Shopify said
    before.
    """
    name = key_tag(key)
    noted = recall(calls, exchange.order).get(name, "")
    of, _, minor = noted.partition(":")
    known = Money(int(minor), exchange.credit.currency) if minor else None
    if known is not None and of == tail(made.id):
        return known
    if not made.is_unprocessed:
        raise Rejected(Refusal.WRONG_STATE, detail="somebody else processed it")
    outcome = live_.outcome(calls, made, exchange.credit.currency)
    try:
        difference = _as_told(exchange, outcome)
        _as_told(replace(exchange, told=known), outcome)
    except Rejected:
        _take_back(calls, made)
        raise
    remember(calls, exchange.order, name, f"{tail(made.id)}:{difference.minor}")
    return difference


def _as_told(exchange: Exchange, difference: Money) -> Money:
    """What the shopper was told, where Shopify merely rounds otherwise: a minor unit for each unit of goods."""
    told = exchange.told
    if told is None:
        return difference
    units = [each.quantity for each in exchange.back] + [each.quantity for each in exchange.new]
    if abs(difference.minor - told.minor) > sum(units):
        raise Rejected(Refusal.PRICE_CHANGED, detail=f"{difference.minor} {difference.currency}")
    return told


def _process(calls: Calls, made: LiveExchange) -> None:
    """Both sides at once, so that the one is set off against the other; what is not possible is taken back whole."""
    back = [{"id": each.id, "quantity": each.quantity} for each in made.return_line_items.nodes]
    new = [{"id": each.id, "quantity": each.quantity} for each in made.exchange_line_items.nodes]
    asked = {"returnId": made.id, "returnLineItems": back, "exchangeLineItems": new, "notifyCustomer": False}
    try:
        calls.change(_PROCESS, "returnProcess", live_.Moved, {"input": asked})
    except Rejected:
        _take_back(calls, made)
        raise


def _take_back(calls: Calls, made: LiveExchange) -> None:
    """Goods that nobody is to get are taken off, then the return is given up: its units can come back another way."""
    new = [{"exchangeLineItemId": each.id, "quantity": each.quantity} for each in made.exchange_line_items.nodes]
    if new:
        calls.change(_REMOVE, "removeFromReturn", live_.Moved, {"id": made.id, "new": new})
    if made.status == _OPEN:
        calls.change(_CANCEL, "returnCancel", live_.Moved, {"id": made.id})


def _receipt(live: LiveOrder, made: LiveExchange, difference: Money) -> OrderReceipt:
    if difference.minor > 0:
        return OrderReceipt(tail(made.id), made.name, difference, live.pay_at)
    return OrderReceipt(tail(made.id), made.name, back=-difference if difference.minor else None)
