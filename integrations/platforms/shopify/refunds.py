"""Money given back: how much, for which lines, in both currencies.

What moved counts (successful refund transactions), not what lines, shipping, duties and adjustments add up to: a
merchant may pay back any other amount, and Shopify books the difference as an order adjustment.
"""

from collections.abc import Iterable

from integrations.platforms.shopify import graphql_shapes as graphql
from integrations.platforms.shopify import webhook_shapes as webhook
from integrations.platforms.shopify.fields import key, moment, tail
from integrations.platforms.shopify.pages import nodes
from integrations.platforms.shopify.prices import discount, is_tax_inside, minus, price, times, total
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Price, Refund, RefundAllocation


class NotTold(Exception):
    """The record leaves out what its meaning hangs on; `field` says what. The order itself tells."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def webhook_refund(given: webhook.Refund, *, tax_inside: bool, order_total: Price | None = None) -> Refund:
    """A refund of a webhook. `order_total` gives the exchange rate of a refund without lines.

    Raises `NotTold` when the money moved in a currency that the record does not let us place.
    """
    return Refund(
        id=key(given),
        moment=moment(given.processed_at or given.created_at, "processed_at"),
        amount=_paid_back(given, order_total),
        lines=tuple(_webhook_allocation(line, tax_inside=tax_inside) for line in given.refund_line_items),
        return_id=key(given.return_) if given.return_ else None,
    )


def graphql_refund(given: graphql.Refund, *, tax_inside: bool) -> Refund:
    """A refund of our query."""
    amount = price(given.total_refunded_set)
    lines = nodes(given.refund_line_items, "refunds.refundLineItems")
    return Refund(
        id=tail(given.id),
        moment=moment(given.processed_at, "processedAt"),
        amount=amount if amount.presentment.minor > 0 else None,
        lines=tuple(_graphql_allocation(line, tax_inside=tax_inside) for line in lines),
        return_id=tail(given.return_.id) if given.return_ else None,
    )


def has_tax_inside(given: webhook.Refund) -> bool:
    """Whether the shop lists prices with tax, which a lone refund does not say: its lines' rates show it.

    Without tax there is nothing to tell apart. Raises `NotTold` when the lines are silent or disagree.
    """
    taxed = [line for line in given.refund_line_items if price(line.total_tax_set).shop.minor]
    if not taxed:
        return False
    verdicts = {_is_line_tax_inside(line.line_item) for line in taxed if line.line_item} - {None}
    if len(verdicts) != 1:
        raise NotTold("taxes_included")
    return True in verdicts


def _is_line_tax_inside(line: webhook.Line) -> bool | None:
    unit = price(line.price_set)
    listed = minus(times(unit, line.quantity), discount(unit, line.discount_allocations))
    tax = total(unit, (entry.price_set for entry in line.tax_lines))
    return is_tax_inside(listed.shop, line.tax_lines, tax.shop)


def _webhook_allocation(line: webhook.RefundLine, *, tax_inside: bool) -> RefundAllocation:
    of = key(line.line_item) if line.line_item else str(line.line_item_id)
    return _allocation(of, line.quantity, (line.subtotal_set, line.total_tax_set), tax_inside=tax_inside)


def _graphql_allocation(line: graphql.RefundLine, *, tax_inside: bool) -> RefundAllocation:
    of = tail(line.line_item.id)
    return _allocation(of, line.quantity, (line.subtotal_set, line.total_tax_set), tax_inside=tax_inside)


def _allocation(
    line: str, quantity: int, amounts: tuple[webhook.MoneySet, webhook.MoneySet], *, tax_inside: bool
) -> RefundAllocation:
    subtotal, tax = price(amounts[0]), price(amounts[1])
    net = minus(subtotal, tax) if tax_inside else subtotal
    return RefundAllocation(LineId(line), quantity, net, tax)


def _paid_back(given: webhook.Refund, order_total: Price | None) -> Price | None:
    """The refund's successful transactions, in both currencies; None when no money moved."""
    moved = [entry for entry in given.transactions if entry.kind == "refund" and entry.status == "success"]
    if not moved:
        return None
    rate = _rate(given, order_total)
    paid = [Money.parse(entry.amount, _currency(entry, rate)) for entry in moved]
    if len({amount.currency for amount in paid}) > 1:
        raise NotTold("transactions.currency")
    minor = sum(amount.minor for amount in paid)
    return _both(Money(minor, paid[0].currency), rate) if minor > 0 else None


def _rate(given: webhook.Refund, order_total: Price | None) -> Price:
    """Two amounts of the same worth: the refund's own lines (its rate of the day), else the order's total."""
    for amounts in _own_amounts(given):
        own = price(amounts)
        if own.shop.currency == own.presentment.currency or (own.shop.minor and own.presentment.minor):
            return own
    if order_total is None:
        raise NotTold("transactions.currency")
    return order_total


def _own_amounts(given: webhook.Refund) -> Iterable[webhook.MoneySet]:
    yield from (line.subtotal_set for line in given.refund_line_items)
    if given.total_duties_set:
        yield given.total_duties_set


def _currency(entry: webhook.Transaction, rate: Price) -> str:
    if entry.currency is not None:
        return entry.currency
    if rate.shop.currency != rate.presentment.currency:
        raise NotTold("transactions.currency")
    return rate.shop.currency


def _both(amount: Money, rate: Price) -> Price:
    """The amount in both currencies, at this rate, rounded half up to the unit."""
    shop, shown = rate.shop, rate.presentment
    if shop.currency == shown.currency == amount.currency:
        return Price(amount, amount)
    if amount.currency == shown.currency and shown.minor:
        return Price(_scaled(amount, shown.minor, shop), amount)
    if amount.currency == shop.currency and shop.minor:
        return Price(amount, _scaled(amount, shop.minor, shown))
    raise NotTold("transactions.currency")


def _scaled(amount: Money, worth: int, other: Money) -> Money:
    numerator = 2 * amount.minor * abs(other.minor) + abs(worth)
    return Money(numerator // (2 * abs(worth)), other.currency)
