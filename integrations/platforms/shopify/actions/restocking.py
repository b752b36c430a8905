"""Goods put on sale again without a return: a return of our own that begins and ends with it.

Shopify puts goods into stock by a refund, by a return, or by an adjustment of the inventory. A refund belongs to money,
and an adjustment takes further access and loses the order: the goods came back, so they are a return.
"""

from integrations.platforms.shopify.actions import disposing, handling, returning
from integrations.platforms.shopify.actions.calls import Calls
from plugin.domain.order import Order
from plugin.domain.returning.outcome import Outcome
from plugin.ports.platform_actions import Units
from plugin.ports.platform_returns import Disposed, ReturnCommand

_WORDS = "Put on sale again"


def restock(calls: Calls, order: Order, units: tuple[Units, ...], key: str) -> None:
    """Once per key: a step that was taken is seen by the return itself. Raises `Rejected` (`more_than_left`, ...)."""
    made = returning.open_return(calls, ReturnCommand(order, units, _WORDS, is_approved=True), key)
    if made.status == "closed":
        return
    gone = tuple(Disposed(each.line, each.quantity, Outcome.RESTOCKED) for each in units)
    disposing.dispose(calls, order, made.id, gone)
    handling.handle(calls, order, made.id, units)
    returning.close(calls, order, made.id)
