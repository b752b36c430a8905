"""Pay back through Shopify, once per key: Shopify keeps the key, and the refund's note bears its mark.

The note is read first, every time: an order that our refund has emptied would refuse the same refund as too much.
Money goes back by the payments it came by, never another way (App Store requirement 1.15, 2026-10): a payment by hand
(cash on delivery, bank transfer) is put on record by the same gateway, which moves nothing.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, gid, mark
from integrations.platforms.shopify.actions.money import LiveOrder, MadeRefund, live_order
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.reading import Instant
from integrations.refund_command import check_command
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.refund.allocation import total_of
from plugin.domain.refund.intent import Means, RefundIntent
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import RefundReceipt, Refusal

_CREATE: Final = mutation("refund_create", "RefundCreate")


class _Refund(msgspec.Struct, rename="camel"):
    id: str
    processed_at: Instant


class _Made(msgspec.Struct):
    refund: _Refund


def refund(calls: Calls, intent: RefundIntent, order: Order, key: str) -> RefundReceipt:
    """The refund's receipt, whether it was made now or before."""
    check_command(intent, order)
    live, _ = live_order(calls, order)
    if made := _found(live, key):
        return RefundReceipt(tail(made.id), made.processed_at)
    _check_order(intent, live)
    asked = {"input": _input(intent, live, key), "key": key}
    try:
        new = calls.change(_CREATE, "refundCreate", _Made, asked).refund
    except Rejected as error:
        live, _ = live_order(calls, order)
        is_too_much = not _fits(intent, live)
        raise Rejected(Refusal.MORE_THAN_LEFT if is_too_much else error.code, detail=error.detail) from error
    return RefundReceipt(tail(new.id), new.processed_at)


def _check_order(intent: RefundIntent, live: LiveOrder) -> None:
    """What the order as it is now does not allow."""
    if live.presentment_currency_code != intent.total.presentment.currency:
        raise Rejected(Refusal.INVALID, detail="another currency than the order's")
    if any(str(part.line) not in live.units for part in intent.allocations):
        raise Rejected(Refusal.UNKNOWN_LINE)
    is_manual = intent.means is Means.PAYOUT
    if not list(live.payments(is_manual=is_manual)):
        is_other = bool(list(live.payments(is_manual=not is_manual)))
        raise Rejected(Refusal.NOT_SUPPORTED if is_other else Refusal.NOT_PAID)
    if not _fits(intent, live):
        raise Rejected(Refusal.MORE_THAN_LEFT)


def _fits(intent: RefundIntent, live: LiveOrder) -> bool:
    """Whether money and units are still there."""
    total, units = intent.total.presentment, live.units
    left = Money.parse(f"{live.left(is_manual=intent.means is Means.PAYOUT):f}", total.currency)
    return total <= left and all(part.quantity <= units.get(str(part.line), 0) for part in intent.allocations)


def _found(live: LiveOrder, key: str) -> MadeRefund | None:
    return next((each for each in live.refunds if each.note == mark(key)), None)


def _input(intent: RefundIntent, live: LiveOrder, key: str) -> Json:
    """The whole command; what lines do not account for, Shopify books as an adjustment of the order."""
    asked: Json = {"orderId": live.id, "note": mark(key), "notify": False}
    if live.currency_code != live.presentment_currency_code:
        asked["currency"] = live.presentment_currency_code
    lines = [part for part in intent.allocations if part.quantity]
    if lines:
        asked["refundLineItems"] = [
            {"lineItemId": gid("LineItem", part.line), "quantity": part.quantity, "restockType": "NO_RESTOCK"}
            for part in lines
        ]
    if shipping := _shipping(intent):
        asked["shipping"] = {"amount": f"{shipping.decimal():f}"}
    asked["transactions"] = list(_transactions(intent, live))
    return asked


def _shipping(intent: RefundIntent) -> Money | None:
    """Delivery charges that go back, tax included."""
    parts = [each for part in intent.allocations for each in (part.shipping, part.shipping_tax)]
    total = total_of(parts, intent.total).presentment
    return total if total.minor else None


def _transactions(intent: RefundIntent, live: LiveOrder) -> Iterator[Json]:
    """The total, taken from one payment after the other."""
    rest = intent.total.presentment.decimal()
    for paid, left in live.payments(is_manual=intent.means is Means.PAYOUT):
        share = min(rest, left)
        if share > Decimal():
            rest -= share
            moved = {"orderId": live.id, "parentId": paid.id, "gateway": paid.gateway or ""}
            yield {**moved, "kind": "REFUND", "amount": f"{share:f}"}
