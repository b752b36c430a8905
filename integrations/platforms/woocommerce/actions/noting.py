"""Word for the merchant on an order; and an order called off."""

from html import escape

from integrations.platforms.woocommerce.actions.abilities import has_left
from integrations.platforms.woocommerce.actions.calls import Calls
from integrations.platforms.woocommerce.actions.marks import mark
from integrations.platforms.woocommerce.actions.seen import ORDER_OPEN, Note
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal


def leave_note(calls: Calls, order: Order, text: str, key: str) -> None:
    """A note that staff see and no shopper is mailed. Notes hold no meta: the key's mark ends the text itself."""
    live, _ = calls.order(order)
    marked = f"[{mark(key)}]"
    notes = calls.find(f"orders/{live.id}/notes", list[Note], {"type": "internal"}) or []
    if any(note.note.endswith(marked) for note in notes):
        return
    body = {"note": f"{escape(text, quote=False)} {marked}", "customer_note": False, "added_by_user": False}
    calls.write("POST", f"orders/{live.id}/notes", body, object)


def cancel_order(calls: Calls, order: Order, *, restock: bool) -> None:
    """Cancelled, once: a cancelled order gives its goods back to stock, whether asked to or not (WooCommerce 9.2)."""
    live, _ = calls.order(order)
    if live.status == "cancelled":
        return
    if live.status not in ORDER_OPEN or has_left(order):
        raise Rejected(Refusal.WRONG_STATE, detail=live.status)
    if not restock and any(meta.key == "_reduced_stock" for item in live.line_items for meta in item.meta_data):
        raise Rejected(Refusal.NOT_SUPPORTED, detail="a cancelled order gives its goods back to stock")
    calls.write("PUT", f"orders/{live.id}", {"status": "cancelled"}, object)
