"""Which webhooks only hint at an order, and which say nothing that is kept.

WooCommerce 10.5: topics are `order|product|customer|coupon` x `created|updated|deleted|restored`, and
`action.woocommerce_*` / `action.wc_*` whose body is the hook's name with its first argument. There is no refund topic.
"""

from typing import Final

from msgspec import Raw

from integrations.platforms.woocommerce.fields import identifier
from integrations.platforms.woocommerce.records import ActionRecord, NoteRecord
from plugin.domain.decoding import decoder
from plugin.domain.order import Platform
from plugin.domain.shop_events import Ignored, Reread, ShopEvent, Subject

_ABOUT_AN_ORDER: Final = frozenset(
    {
        "woocommerce_delete_order",
        "woocommerce_new_customer_note",
        "woocommerce_new_order",
        "woocommerce_order_fully_refunded",
        "woocommerce_order_partially_refunded",
        "woocommerce_order_refunded",
        "woocommerce_payment_complete",
        "woocommerce_trash_order",
        "woocommerce_untrash_order",
        "woocommerce_update_order",
    }
)  # hooks whose first argument is an order's id
_STATUS_CHANGE: Final = "woocommerce_order_status_"


def action(body: bytes) -> ShopEvent:
    """The order to read again, or nothing: the argument of other hooks is the id of a note, a refund, a product."""
    record = decoder(ActionRecord).decode(body)
    if record.action in _ABOUT_AN_ORDER or record.action.startswith(_STATUS_CHANGE):
        return Reread(Subject.ORDER, Platform.WOOCOMMERCE, _order_id(record.arg))
    return unused(f"action.{record.action}")


def unused(topic: str) -> Ignored:
    """A topic that nothing is learnt from: customers and coupons come with the orders."""
    return Ignored("not_for_orders", topic[:100])


def _order_id(arg: Raw) -> str:
    if bytes(arg).startswith(b"{"):
        return identifier(decoder(NoteRecord).decode(arg).order_id, "arg.order_id")
    return identifier(decoder(int | str).decode(arg), "arg")
