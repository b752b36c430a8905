"""What this platform does not check of a refund, we do: it books fifty units of a line of four, and bare amounts. Pure.

POST orders/{id}/refunds of WooCommerce 10.5 and 9.2: unknown lines are passed over, sums are not compared, an order
nobody ever paid is paid back, and `refunded_payment` is true for it.
"""

from integrations.platforms.woocommerce.actions.left import OrderLeft
from integrations.platforms.woocommerce.actions.seen import LiveOrder
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.refund.allocation import Allocation
from plugin.domain.refund.captured import captured
from plugin.domain.refund.intent import Means, RefundIntent
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal


def check_order(intent: RefundIntent, order: Order, live: LiveOrder, left: OrderLeft) -> None:
    """What the order as it is now does not allow. Raises `Rejected`."""
    if live.currency != intent.total.presentment.currency:
        raise Rejected(Refusal.INVALID, detail="another currency than the order's")
    if any(int(part.line) not in left.lines for part in intent.allocations):
        raise Rejected(Refusal.UNKNOWN_LINE)
    if intent.means is Means.ORIGINAL and not (live.date_paid_gmt or captured(order).presentment.minor):
        raise Rejected(Refusal.NOT_PAID)
    if not fits(intent, left):
        raise Rejected(Refusal.MORE_THAN_LEFT)


def fits(intent: RefundIntent, left: OrderLeft) -> bool:
    """Whether the money, the units and each line's price are still there."""
    currency = intent.total.presentment.currency
    shipping = sum(
        (part.shipping.presentment.minor + part.shipping_tax.presentment.minor) for part in intent.allocations
    )
    charged = sum(Money.parse(f"{item.gross:f}", currency).minor for item in left.shipping)
    return (
        intent.total.presentment <= Money.parse(f"{left.money:f}", currency)
        and shipping <= max(charged, 0)
        and all(_line_fits(part, left) for part in intent.allocations)
    )


def _line_fits(part: Allocation, left: OrderLeft) -> bool:
    item = left.lines[int(part.line)]
    goods = part.net.presentment + part.tax.presentment
    return part.quantity <= max(item.units, 0) and goods <= Money.parse(f"{item.gross:f}", goods.currency)
