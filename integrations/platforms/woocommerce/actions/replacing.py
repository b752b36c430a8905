"""The same goods again, free of charge: a new order of nothing, paid from the start."""

from integrations.platforms.woocommerce.actions.begun import begin, made_for, shown
from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.seen import LiveOrder
from integrations.platforms.woocommerce.actions.stock import check_stock, products_of
from plugin.domain.order import Order
from plugin.ports.platform_actions import OrderReceipt, Units


def create_replacement_order(calls: Calls, order: Order, units: tuple[Units, ...], key: str) -> OrderReceipt:
    """The new order's receipt, whether it was made now or before. What is sold out is not promised."""
    begun = begin(calls, order, key)
    made = begun.made
    if made is None:
        check_stock(calls, products_of(begun.live, units))
        made = calls.write("POST", "orders", _body(begun.live, units, key), LiveOrder)
    return OrderReceipt(str(made.id), str(made.number))


def _body(live: LiveOrder, units: tuple[Units, ...], key: str) -> dict[str, object]:
    """`set_paid` takes the goods out of stock and hands the order to whoever packs."""
    items = {str(item.id): item for item in live.line_items}
    lines = [
        {
            "product_id": items[unit.line].product_id,
            "variation_id": items[unit.line].variation_id or 0,
            "quantity": unit.quantity,
            "subtotal": "0",
            "total": "0",
            "meta_data": shown(items[unit.line]),
        }
        for unit in units
    ]
    return {**made_for(live, key), "status": "pending", "set_paid": True, "line_items": lines}
