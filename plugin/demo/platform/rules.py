"""When the demo's platform refuses a refund: what both real platforms refuse, and what they ought to."""

from collections.abc import Iterable

from plugin.demo import catalogue
from plugin.demo.platform.books import Book
from plugin.domain.capabilities import Capabilities, PriceList
from plugin.domain.money import Money
from plugin.domain.order import Order, PaymentKind, Platform, Price
from plugin.domain.refund.allocation import total_of
from plugin.domain.refund.captured import captured
from plugin.domain.refund.intent import Means, RefundIntent
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Exchange, Refusal

_ONLINE = frozenset({PaymentKind.ONLINE})


def capabilities(order: Order) -> Capabilities:
    """What the order's platform can do; only money that came online goes back online."""
    is_shopify = order.ref.platform is Platform.SHOPIFY
    return Capabilities(
        refund_online=order.payment in _ONLINE,
        restock=True,
        store_credit=True,
        returns=is_shopify,
        exchange=True,
        replacement=True,
        cancel_fulfilment=is_shopify,
        cancel_order=True,
        note=True,
        prices=PriceList("EUR", includes_tax=True),
    )


def refusal(intent: RefundIntent, order: Order, book: Book) -> Refusal | None:
    """Why this refund is refused; None: it is made."""
    if intent.means is Means.ORIGINAL and not capabilities(order).refund_online:
        return Refusal.NOT_SUPPORTED
    if intent.means is Means.ORIGINAL and captured(order).presentment.minor == 0:
        return Refusal.NOT_PAID
    if not intent.allocations or total_of((a.total for a in intent.allocations), order.total) != intent.total:
        return Refusal.INVALID
    return _of_lines(intent, order, book)


def difference(exchange: Exchange) -> Money:
    """What the new goods cost beyond what the others count for; below zero: less.

    Raises `Rejected` for goods nobody sells here, and where the shopper was told another difference.
    """
    prices = dict(catalogue.prices())
    if any(item.variant not in prices or item.quantity < 1 for item in exchange.new):
        raise Rejected(Refusal.INVALID)
    cost = sum(prices[item.variant].minor * item.quantity for item in exchange.new)
    beyond = Money(cost - exchange.credit.minor, exchange.credit.currency)
    if exchange.told not in {None, beyond}:
        raise Rejected(Refusal.PRICE_CHANGED)
    return beyond


def _of_lines(intent: RefundIntent, order: Order, book: Book) -> Refusal | None:
    lines = {line.id: line for line in order.lines}
    if any(part.line not in lines for part in intent.allocations):
        return Refusal.UNKNOWN_LINE
    if any(lines[part.line].is_gift_card for part in intent.allocations):
        return Refusal.GIFT_CARD
    if intent.total.presentment > _left(order, book).presentment or any(
        part.quantity > lines[part.line].quantity - _units(part.line, order, book) for part in intent.allocations
    ):
        return Refusal.MORE_THAN_LEFT
    return None


def _left(order: Order, book: Book) -> Price:
    """What is left of the total; refunds of the book come back in the order, and count once."""
    return order.total - total_of((*_foreign(order, book), *(refund.total for refund in book.refunds)), order.total)


def _foreign(order: Order, book: Book) -> Iterable[Price]:
    own = {refund.id for refund in book.refunds}
    return (refund.amount for refund in order.refunds if refund.amount and refund.id not in own)


def _units(line: str, order: Order, book: Book) -> int:
    own = {refund.id for refund in book.refunds}
    foreign = sum(p.quantity for r in order.refunds if r.id not in own for p in r.lines if p.line == line)
    return foreign + sum(part.quantity for refund in book.refunds for part in refund.lines if part.line == line)
