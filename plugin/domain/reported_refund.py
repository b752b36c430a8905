"""A refund whose record names no currency: its amounts mean something only beside the order it belongs to.

WooCommerce's refund records carry decimals alone (REST v3, WooCommerce 10.5).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Order, Price, Refund, RefundAllocation
from plugin.domain.times import Moment


@dataclass(frozen=True, slots=True)
class ReportedAllocation:
    """The part of a refund that belongs to one line: positive decimals, `amount` without its `tax`."""

    line: LineId
    quantity: int
    amount: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class ReportedRefund:
    """Money given back, in the currency the shopper paid; `amount` None when the platform recorded none."""

    id: str
    moment: Moment
    amount: Decimal | None
    lines: tuple[ReportedAllocation, ...] = ()

    def priced(self, order: Order) -> Refund:
        """The refund in the order's currencies; the order's own totals are the rate between them."""
        amount = None if self.amount is None else _price(self.amount, order)
        lines = (
            RefundAllocation(part.line, part.quantity, _price(part.amount, order), _price(part.tax, order))
            for part in self.lines
        )
        return Refund(self.id, self.moment, amount, tuple(lines))


def _price(amount: Decimal, order: Order) -> Price:
    paid = Money.parse(f"{amount:f}", order.presentment_currency)
    if order.currency == order.presentment_currency:
        return Price(paid, paid)
    total = order.total
    rate = Decimal(total.shop.minor) / total.presentment.minor if total.presentment.minor else Decimal(0)
    minor = (paid.minor * rate).to_integral_value(ROUND_HALF_UP)
    return Price(Money(int(minor), order.currency), paid)
