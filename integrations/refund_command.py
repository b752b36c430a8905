"""What may be wrong with the command to refund in itself, whatever platform it is for. Pure."""

from collections import Counter

from plugin.domain.order import Order
from plugin.domain.refund.allocation import Side, total_of
from plugin.domain.refund.intent import RefundIntent
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal


def check_command(intent: RefundIntent, order: Order) -> None:
    """What is wrong with the command in itself. Raises `Rejected`."""
    parts = intent.allocations
    if not parts or total_of((part.total for part in parts), order.total) != intent.total:
        raise Rejected(Refusal.INVALID, detail="the parts do not add up")
    lines = {line.id: line for line in order.lines}
    if any(part.line not in lines for part in parts):
        raise Rejected(Refusal.UNKNOWN_LINE)
    if any(lines[part.line].is_gift_card for part in parts):
        raise Rejected(Refusal.GIFT_CARD)
    if intent.total.presentment.minor <= 0 or any(min(part.parts(Side.PRESENTMENT).values()) < 0 for part in parts):
        raise Rejected(Refusal.INVALID, detail="nothing, or less, to pay back")
    if max(Counter(part.line for part in parts).values()) > 1:
        raise Rejected(Refusal.INVALID, detail="a line named twice")
