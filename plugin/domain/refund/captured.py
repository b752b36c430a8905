"""How much of an order's money the merchant has actually received: nothing beyond it can go back."""

from plugin.domain.deliveries import deliveries
from plugin.domain.order import Order, PaymentKind, Platform, Price, Standing
from plugin.domain.refund.allocation import zero

_SHOPIFY_CAPTURED = frozenset({"paid", "partially_refunded", "refunded"})
"""`financial_status` / OrderDisplayFinancialStatus (Admin API 2026-10). A partially paid order does not say how much
came, and an authorised one is not captured: neither has anything that could be promised back."""


def captured(order: Order) -> Price:
    """The whole total, or nothing.

    Shopify says so by its financial status. WooCommerce sets `date_paid` with the payment, and for cash on delivery
    only when the shop completes the order (REST v3, WooCommerce 10.5, recorded orders): there the delivery itself says
    that the carrier has collected, and a status that means "paid back" says that something had come.
    """
    return order.total if _is_captured(order) else zero(order.total)


def _is_captured(order: Order) -> bool:
    if order.ref.platform is Platform.SHOPIFY:
        return order.platform_status in _SHOPIFY_CAPTURED or _is_collected(order)
    return order.paid is not None or order.standing is Standing.REFUNDED or _is_collected(order)


def _is_collected(order: Order) -> bool:
    """Whether the carrier has handed goods over against cash."""
    if order.payment is not PaymentKind.CASH_ON_DELIVERY or order.standing is not Standing.PLACED:
        return False
    return order.completed is not None or bool(deliveries(order))
