"""What Shopify sends after a refund or a step of a return (webhooks of the Admin API 2026-07 and 2026-10)."""

import msgspec

from plugin.demo.platform.books import BookedRefund, BookedReturn, LineRefund
from plugin.demo.platform.records import Record
from plugin.domain.money import Money, exponent
from plugin.domain.order import Order, OrderLine, Price
from plugin.ports.platform import Message

_RETURN_TOPICS = {"requested": "request", "open": "approve", "declined": "decline", "closed": "close"} | {
    "canceled": "cancel"
}


def refund_created(record: Record, order: Order, refund: BookedRefund) -> Message:
    """The refund whole: its lines at the listed prices, its transaction, and the return it belongs to."""
    is_inside = bool(record.get("taxes_included"))
    body = {
        "id": int(refund.id),
        "admin_graphql_api_id": f"gid://shopify/Refund/{refund.id}",
        "order_id": int(order.ref.external_id),
        "created_at": refund.at.isoformat(timespec="seconds"),
        "processed_at": refund.at.isoformat(timespec="seconds"),
        "note": None,
        "return": {"id": int(refund.return_id)} if refund.return_id else None,
        "order_adjustments": [],
        "duties": [],
        "total_duties_set": _set(refund.total - refund.total),
        "refund_line_items": [_line(part, record, order, is_inside=is_inside) for part in refund.lines],
        "transactions": [_transaction(refund)],
    }
    return Message("refunds/create", msgspec.json.encode(body), {"x-shopify-topic": "refunds/create"})


def return_changed(order: Order, given: BookedReturn) -> Message:
    """The return with its new status; Shopify's samples show none of its lines, so neither does this."""
    topic = f"returns/{_RETURN_TOPICS[given.status]}"
    body = {
        "id": int(given.id),
        "admin_graphql_api_id": f"gid://shopify/Return/{given.id}",
        "status": given.status,
        "order": {"id": int(order.ref.external_id)},
        "return_line_items": [],
    }
    return Message(topic, msgspec.json.encode(body), {"x-shopify-topic": topic})


def _line(part: LineRefund, record: Record, order: Order, *, is_inside: bool) -> Record:
    sold = next(line for line in order.lines if line.id == part.line)
    return {
        "id": int(part.line),
        "line_item_id": int(part.line),
        "quantity": part.quantity,
        "restock_type": "no_restock",
        "subtotal_set": _set(part.amount + part.tax if is_inside else part.amount),
        "total_tax_set": _set(part.tax),
        "line_item": _recorded(part, record) or _made(sold),
    }


def _recorded(part: LineRefund, record: Record) -> Record | None:
    lines = record.get("line_items") or ()
    return next((line for line in lines if str(line["id"]) == part.line), None)


def _made(line: OrderLine) -> Record:
    """The line of an order recorded by another query: one unit's worth of everything, its tax beside the price."""
    rate = line.tax.shop.minor / line.total.shop.minor if line.total.shop.minor else 0.0
    return {
        "id": int(line.id),
        "title": line.title,
        "quantity": 1,
        "price_set": _set(line.total),
        "discount_allocations": [],
        "tax_lines": [{"title": "Tax", "rate": rate, "price_set": _set(line.tax)}],
        "properties": [],
        "requires_shipping": True,
        "gift_card": line.is_gift_card,
    }


def _transaction(refund: BookedRefund) -> Record:
    amount = refund.total.presentment
    return {
        "id": int(refund.id) + 1,
        "kind": "refund",
        "status": "success",
        "gateway": "bogus" if refund.is_online else "manual",
        "amount": _decimal(amount),
        "currency": amount.currency,
    }


def _set(price: Price) -> Record:
    return {
        "shop_money": {"amount": _decimal(price.shop), "currency_code": price.shop.currency},
        "presentment_money": {"amount": _decimal(price.presentment), "currency_code": price.presentment.currency},
    }


def _decimal(amount: Money) -> str:
    return f"{amount.decimal():.{exponent(amount.currency)}f}"
