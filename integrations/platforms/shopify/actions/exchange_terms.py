"""What an exchange would come to by Shopify's own reckoning, and how it is made to come to what the goods count for.

What comes back counts for what Shopify says; where it counts for more here, the new goods are that much off; where it
counts for less (it is worn, or part was paid back), the rest is kept as a restocking fee.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls
from integrations.platforms.shopify.actions.exchange_live import Bag, LiveOrder
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import query
from plugin.domain.money import Money
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_CALCULATE: Final = query("exchange_calculate", "ExchangeCalculate")
_DIGITS: Final = 6
"""Of a percentage: what a cent is of ten thousand."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Both sides as they are asked for, and what the shopper pays more by them (below zero: gets back)."""

    back: tuple[Json, ...]
    new: tuple[Json, ...]
    difference: Money


class _Line(msgspec.Struct, rename="camel"):
    quantity: int
    subtotal_set: Bag
    total_tax_set: Bag


class _Calculated(msgspec.Struct, rename="camel"):
    return_line_items: list[_Line]
    exchange_line_items: list[_Line]


class _Found(msgspec.Struct, rename="camel"):
    return_calculate: _Calculated | None


def terms_of(calls: Calls, live: LiveOrder, back: list[Json], new: list[Json], credit: Money) -> Terms:
    """Both sides with discount or fee. Raises `Rejected`: new goods that cost less than what is to be off them."""
    asked = {"orderId": live.id, "returnLineItems": back, "exchangeLineItems": new}
    found = calls.find(_CALCULATE, _Found, input=asked).return_calculate
    if found is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    prices = [_price(line, live) for line in found.exchange_line_items]
    zero = Money.zero(credit.currency)
    value = sum((_price(line, live) for line in found.return_line_items), zero)
    gap = credit - value
    lines = tuple(back)
    if gap.minor < -_rounding(found.return_line_items):
        lines = tuple({**line, "restockingFee": {"percentage": _percent(-gap, value)}} for line in back)
    goods = tuple(new)
    if gap.minor > _rounding(found.return_line_items):
        goods = _discounted(new, prices, gap)
    return Terms(lines, goods, sum(prices, zero) - credit)


def _price(line: _Line, live: LiveOrder) -> Money:
    """With tax, whether the shop's prices have it inside or not."""
    subtotal = line.subtotal_set.presentment_money.money
    return subtotal if live.taxes_included else subtotal + line.total_tax_set.presentment_money.money


def _rounding(lines: list[_Line]) -> int:
    """How far apart our reckoning of the same goods and Shopify's may be: a minor unit for each unit."""
    return sum(line.quantity for line in lines)


def _percent(part: Money, whole: Money) -> float:
    return round(float(Fraction(part.minor * 100, whole.minor)), _DIGITS)


def _discounted(new: list[Json], prices: list[Money], off: Money) -> tuple[Json, ...]:
    """The amount off one line after the other, none below zero."""
    rest, made = off.minor, list[Json]()
    for line, price in zip(new, prices, strict=True):
        share = min(rest, price.minor)
        rest -= share
        amount = {"amount": f"{Money(share, off.currency).decimal():f}", "currencyCode": off.currency}
        discount = {"description": "What came back counts for more", "value": {"amount": amount}}
        made.append({**line, "appliedDiscount": discount} if share else line)
    if rest:
        raise Rejected(Refusal.NOT_SUPPORTED, detail="what came back counts for more than it was paid for")
    return tuple(made)
