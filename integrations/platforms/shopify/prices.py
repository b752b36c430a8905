"""Amounts in both currencies, and what of a price is tax.

Shopify lists prices with tax inside (`taxes_included`) or without; the order keeps them without, the tax beside:
`total + tax` is what the shopper pays for the line, to the minor unit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from integrations.platforms.shopify.webhook_shapes import DiscountAllocation, MoneySet, TaxLine
from integrations.platforms.shopify.webhook_shapes import Money as Amount
from plugin.domain.money import Money
from plugin.domain.order import Price


@dataclass(frozen=True, slots=True)
class Charge:
    """What a line or a shipping method costs: `total` without tax, after discounts; `tax` beside it."""

    total: Price
    tax: Price


def price(amounts: MoneySet) -> Price:
    """The amount in both currencies."""
    shop = _money(amounts.shop_money)
    same = amounts.presentment_money == amounts.shop_money
    return Price(shop, shop if same else _money(amounts.presentment_money))


def charge(listed: Price, taxes: Iterable[TaxLine], *, tax_inside: bool) -> Charge:
    """The listed amount taken apart; raises `CurrencyMismatch` when a tax is in another currency."""
    tax = total(listed, (line.price_set for line in taxes))
    return Charge(minus(listed, tax) if tax_inside else listed, tax)


def charges(like: Price, entries: Iterable[tuple[MoneySet, Iterable[TaxLine]]], *, tax_inside: bool) -> Charge:
    """Several listed amounts with their taxes taken apart and added up."""
    result = Charge(zero(like), zero(like))
    for listed, taxes in entries:
        one = charge(price(listed), taxes, tax_inside=tax_inside)
        result = Charge(plus(result.total, one.total), plus(result.tax, one.tax))
    return result


def discount(like: Price, allocations: Iterable[DiscountAllocation]) -> Price:
    """The sum of all discounts allocated to a line, order-wide ones included."""
    return total(like, (allocation.amount_set for allocation in allocations))


def total(like: Price, amounts: Iterable[MoneySet]) -> Price:
    """The sum, zero in the currencies of `like` when there is nothing to add."""
    result = zero(like)
    for amount in amounts:
        result = plus(result, price(amount))
    return result


def zero(like: Price) -> Price:
    """Nothing, in the same currencies."""
    return Price(Money.zero(like.shop.currency), Money.zero(like.presentment.currency))


def plus(left: Price, right: Price) -> Price:
    """The sum in both currencies."""
    return Price(left.shop + right.shop, left.presentment + right.presentment)


def minus(left: Price, right: Price) -> Price:
    """The difference in both currencies."""
    return Price(left.shop - right.shop, left.presentment - right.presentment)


def times(unit: Price, quantity: int) -> Price:
    """So many of them."""
    return Price(
        Money(unit.shop.minor * quantity, unit.shop.currency),
        Money(unit.presentment.minor * quantity, unit.presentment.currency),
    )


def is_tax_inside(listed: Money, taxes: Iterable[TaxLine], tax: Money) -> bool | None:
    """Whether a listed amount contains its tax, told by the rates; None when the amounts are too small to tell.

    For records that lack the order's `taxes_included`: at rate r the tax is r * listed, or r / (1 + r) of it.
    """
    rate = sum(line.rate or 0.0 for line in taxes)
    beside, inside = listed.minor * rate, listed.minor * rate / (1 + rate)
    if abs(beside - inside) < 2:  # noqa: PLR2004 - both are rounded to the unit: closer ones cannot be told apart
        return None
    return abs(tax.minor - inside) < abs(tax.minor - beside)


def _money(amount: Amount) -> Money:
    return Money.parse(amount.amount, amount.currency_code)
