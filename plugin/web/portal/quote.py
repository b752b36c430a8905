"""What a shopper answers to the price of a repair: it is ordered at exactly that price, or not wanted."""

from flask import Response, request

from plugin.domain.money import Money
from plugin.usecases.claim.hear_shopper import answer_quote
from plugin.web.deps import deps
from plugin.web.portal.status import claim_at, done

_LONGEST_PRICE = 12


def order_repair(shop_key: str, token: str, no: int) -> Response:
    """Have it repaired at the price that was shown."""
    return _quote_answered(shop_key, token, no, is_ordered=True)


def decline_repair(shop_key: str, token: str, no: int) -> Response:
    """Want no repair at that price."""
    return _quote_answered(shop_key, token, no, is_ordered=False)


def _quote_answered(shop_key: str, token: str, no: int, *, is_ordered: bool) -> Response:
    at, claim, desk = claim_at(shop_key, token)
    price = _price(request.form.get("price", ""))
    now = deps().clock.now()
    return done(at, token, lambda: answer_quote(claim, no, price, is_ordered=is_ordered, desk=desk, now=now))


def _price(text: str) -> Money:
    """The price as the form sends it back; one that nobody quoted is refused like any other."""
    currency, _, minor = text.partition(" ")
    is_whole = minor.isascii() and minor.isdecimal() and len(minor) <= _LONGEST_PRICE
    return Money(int(minor) if is_whole else 0, currency[:3])
