"""What WooCommerce sends after a refund: `order.updated` with the whole order as of now (webhooks of 10.5)."""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from plugin.demo.platform.books import Book, BookedRefund
from plugin.demo.platform.records import Record
from plugin.domain.money import Money, exponent
from plugin.domain.order import Order
from plugin.ports.platform import Message

TOPIC = "order.updated"


def order_updated(record: Record, order: Order, book: Book, now: datetime) -> Message:
    """The order with all of its refunds as summaries: id, reason and a negative total, nothing of their lines."""
    at = max(now, order.updated_at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    refunds = [*record.get("refunds", []), *(_summary(refund) for refund in book.refunds)]
    body = {**record, "refunds": refunds, "status": _status(record, order, refunds, book)}
    body |= {"date_modified": at, "date_modified_gmt": at}
    return Message(TOPIC, msgspec.json.encode(body), {"x-wc-webhook-topic": TOPIC})


def _summary(refund: BookedRefund) -> Record:
    return {"id": int(refund.id), "reason": "", "total": _decimal(-refund.total.presentment)}


def _status(record: Record, order: Order, refunds: Iterable[Record], book: Book) -> str:
    """Paid back in full makes an order `refunded`, whatever it was."""
    totals = [refund["total"] for refund in refunds if refund["total"] not in ("", "-")]
    gone = sum(-Money.parse(total, order.presentment_currency).minor for total in totals)
    if gone >= order.total.presentment.minor > 0:
        return "refunded"
    return "cancelled" if book.is_cancelled else str(record["status"])


def _decimal(amount: Money) -> str:
    return f"{amount.decimal():.{exponent(amount.currency)}f}"
