"""Pay back through WooCommerce, once per key: the refunds are read for the key before anything is sent, every time.

`POST orders/{id}/refunds` is not idempotent and answers its caller's faults with 500. In it the refund is saved with
its reason, then the gateway pays, then goods go back into stock, and the meta comes last: PHP dying in between leaves a
refund known by its reason alone, of which only `refunded_payment` says whether the gateway paid (WooCommerce 9.2 and
10.5). A gateway that says no has its refund deleted again.
"""

from collections.abc import Iterable
from typing import Final

from integrations.platforms.woocommerce.actions.calls import Calls, code_of
from integrations.platforms.woocommerce.actions.gateways import pays_back
from integrations.platforms.woocommerce.actions.left import left_of
from integrations.platforms.woocommerce.actions.marks import REFUND, says
from integrations.platforms.woocommerce.actions.refund_body import reason, refund_body
from integrations.platforms.woocommerce.actions.refund_checks import check_order, fits
from integrations.platforms.woocommerce.actions.seen import LiveRefund
from integrations.platforms.woocommerce.fields import gmt
from integrations.refund_command import check_command
from plugin.domain.order import Order
from plugin.domain.refund.intent import Means, RefundIntent
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import RefundReceipt, Refusal

_REFUSED: Final = "woocommerce_rest_cannot_create_order_refund"
_NO_ORDER: Final = "woocommerce_rest_invalid_order_id"
_NO_AMOUNT: Final = "woocommerce_rest_invalid_order_refund"


def refund(calls: Calls, intent: RefundIntent, order: Order, key: str) -> RefundReceipt:
    """The refund's receipt, whether it was made now or before."""
    check_command(intent, order)
    live, _ = calls.order(order)
    refunds = calls.refunds(live.id)
    if made := _made(refunds, key):
        return _receipt(made, intent)
    left = left_of(live, refunds)
    check_order(intent, order, live, left)
    if intent.means is Means.ORIGINAL and not pays_back(calls, live.payment_method):
        raise Rejected(Refusal.NOT_SUPPORTED)
    try:
        made = calls.write("POST", f"orders/{live.id}/refunds", refund_body(intent, live, left, key), LiveRefund)
    except (Rejected, Unavailable) as error:
        return _after(error, calls, intent, order, key)
    return _receipt(made, intent)


def _after(error: Rejected | Unavailable, calls: Calls, intent: RefundIntent, order: Order, key: str) -> RefundReceipt:
    """What became of a refund that was not plainly answered: read back, then decided."""
    live, _ = calls.order(order)
    refunds = calls.refunds(live.id)
    if made := _made(refunds, key):
        return _receipt(made, intent)
    match code_of(error):
        case code if code == _REFUSED and not fits(intent, left_of(live, refunds)):
            raise Rejected(Refusal.MORE_THAN_LEFT, detail=error.detail) from error
        case code if code == _REFUSED:
            closed = Refusal.PAYMENT_CLOSED if intent.means is Means.ORIGINAL else Refusal.INVALID
            raise Rejected(closed, detail=error.detail) from error
        case code if code == _NO_ORDER:
            raise Rejected(Refusal.UNKNOWN_ORDER, detail=error.detail) from error
        case code if code == _NO_AMOUNT:
            raise Rejected(Refusal.INVALID, detail=error.detail) from error
    raise error


def _made(refunds: Iterable[LiveRefund], key: str) -> LiveRefund | None:
    """The refund that was made under this key."""
    ours = (each for each in refunds if says(each.meta_data, REFUND, key) or (each.reason or "") == reason(key))
    return next(ours, None)


def _receipt(made: LiveRefund, intent: RefundIntent) -> RefundReceipt:
    """It is done; or begun, and nobody knows whether the gateway paid: then it is looked at again."""
    if intent.means is Means.ORIGINAL and not made.refunded_payment:
        raise Unavailable("refund_unfinished", detail=f"refund {made.id}: the gateway has not answered")
    return RefundReceipt(str(made.id), gmt(made.date_created_gmt, "date_created_gmt"))
