"""Refunds: an order's summary of them, the whole record inside an order, or the whole record on its own.

Summaries are `{id, reason, total}`, negative, unordered, without date or lines; a refund made without an amount has
total "-" and amount "". A whole record names neither currency nor, under `/orders/{id}/refunds`, its order but in
`_links.up` (REST v3, WooCommerce 10.5).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from integrations.platforms.woocommerce.fields import gmt, identifier, optional_identifier, raw_words
from integrations.platforms.woocommerce.pricing import Pricing
from integrations.platforms.woocommerce.records import RefundLineRecord, RefundRecord
from plugin.domain.ids import LineId
from plugin.domain.money import Money, NotAnAmount
from plugin.domain.order import OrderRef, Platform, Refund, RefundAllocation
from plugin.domain.reported_refund import ReportedAllocation, ReportedRefund
from plugin.domain.shop_events import RefundReported
from plugin.domain.times import Moment, Source
from plugin.ports.errors import Unreadable

_NONE_RECORDED: Final = ("", "-")
_UP: Final = re.compile(r"/orders/([1-9][0-9]{0,19})/?$")
_MOST_UNITS: Final = 1_000_000
_FINEST: Final = "KWD"  # three decimals, the most any currency has: good to check an amount of unknown currency


def order_refunds(records: Sequence[RefundRecord], pricing: Pricing, changed: datetime) -> tuple[Refund, ...]:
    """An order's refunds by id. A summary says only that it happened: by `changed`, the order's last change."""
    refunds = [_refund(record, pricing, changed) for record in records]
    if len({refund.id for refund in refunds}) < len(refunds):
        raise Unreadable("repeated_id", "refunds[].id")
    return tuple(sorted(refunds, key=lambda refund: int(refund.id)))


def reported_refund(record: RefundRecord) -> RefundReported:
    """A refund's own record: it needs its date and its order."""
    if record.amount is None:
        raise Unreadable("missing_field", "amount")
    if not record.date_created_gmt:
        raise Unreadable("missing_field", "date_created_gmt")
    refund = ReportedRefund(
        id=identifier(record.id, "id"),
        moment=Moment(gmt(record.date_created_gmt, "date_created_gmt"), Source.PLATFORM),
        amount=None if record.amount in _NONE_RECORDED else _decimal(record.amount, "amount"),
        lines=tuple(
            ReportedAllocation(
                line,
                units,
                _decimal(part.total, "line_items[].total"),
                _decimal(part.total_tax, "line_items[].total_tax"),
            )
            for line, units, part in _allocated(record.line_items)
        ),
    )
    return RefundReported(OrderRef(Platform.WOOCOMMERCE, _order_id(record)), refund)


def _refund(record: RefundRecord, pricing: Pricing, changed: datetime) -> Refund:
    amount = record.amount if record.amount is not None else record.total
    if amount is None:
        raise Unreadable("missing_field", "refunds[].total")
    stated = record.date_created_gmt
    return Refund(
        id=identifier(record.id, "refunds[].id"),
        moment=Moment(gmt(stated, "refunds[].date_created_gmt"), Source.PLATFORM)
        if stated
        else Moment(changed, Source.ESTIMATE),
        amount=None if amount in _NONE_RECORDED else pricing.magnitude(amount, "refunds[].total"),
        lines=tuple(
            RefundAllocation(
                line,
                units,
                pricing.magnitude(part.total, "refunds[].line_items[].total"),
                pricing.magnitude(part.total_tax, "refunds[].line_items[].total_tax"),
            )
            for line, units, part in _allocated(record.line_items)
        ),
    )


def _allocated(parts: Iterable[RefundLineRecord]) -> Iterator[tuple[LineId, int, RefundLineRecord]]:
    """Each part with the order line it belongs to; one without the link back belongs to no line."""
    for part in parts:
        if abs(part.quantity) > _MOST_UNITS:
            raise Unreadable("not_a_quantity", "line_items[].quantity")
        for meta in part.meta_data:
            if meta.key == "_refunded_item_id":
                line = identifier(raw_words(meta.value), "line_items[].meta_data[_refunded_item_id]")
                yield LineId(line), abs(part.quantity), part
                break


def _order_id(record: RefundRecord) -> str:
    parent = optional_identifier(record.parent_id, "parent_id")
    links = (_UP.search(link.href) for link in record.links.up) if record.links else ()
    order = parent or next((match.group(1) for match in links if match), None)
    if order is None:
        raise Unreadable("missing_field", "parent_id")
    return order


def _decimal(text: str, field: str) -> Decimal:
    try:
        Money.parse(text, _FINEST)
    except NotAnAmount as error:
        raise Unreadable(error.code, field) from error
    return abs(Decimal(text))
