"""An order record, whole: what was sold, where it went, how it stands."""

from typing import Final

from integrations.platforms.woocommerce import metas
from integrations.platforms.woocommerce.fields import gmt, identifier, moment
from integrations.platforms.woocommerce.lines import order_lines
from integrations.platforms.woocommerce.origins import origin
from integrations.platforms.woocommerce.pricing import pricing
from integrations.platforms.woocommerce.records import OrderRecord
from integrations.platforms.woocommerce.refunds import order_refunds
from integrations.platforms.woocommerce.shoppers import place, shopper
from integrations.platforms.woocommerce.tracking import fulfilments
from plugin.domain.order import Order, OrderRef, PaymentKind, Platform, Standing
from plugin.domain.times import Moment, Source

DRAFTS: Final = frozenset({"checkout-draft", "auto-draft"})
TRASHED: Final = "trash"

_STANDINGS: Final = {
    "pending": Standing.UNPAID,
    "on-hold": Standing.UNPAID,
    "cancelled": Standing.CANCELLED,
    "failed": Standing.FAILED,
    "refunded": Standing.REFUNDED,
}  # the rest, custom ones included, is placed
_DELIVERED: Final = frozenset({"delivered"})
"""What plugins for shipments call it; WooCommerce 10.5 itself has no such status."""
_UNDERWAY: Final = frozenset({"pending", "on-hold", "processing", "shipped", "partial-shipped"})
_PAYMENTS: Final = {
    "": PaymentKind.NONE,
    "cod": PaymentKind.CASH_ON_DELIVERY,
    "bacs": PaymentKind.BANK_TRANSFER,
    "cheque": PaymentKind.CHEQUE,
}  # the gateways of WooCommerce itself; every other one is online


def order(record: OrderRecord) -> Order:
    """The order as of `date_modified_gmt`.

    A status is no instant: `completed` means that the shop is done, not that anything arrived. `delivered` does not say
    since when, so the order's last change stands in: everything had arrived by then, and no period ends too early.
    `date_completed_gmt` is overwritten each time an order is completed again.
    """
    found = metas.wanted(record.meta_data)
    amounts = pricing(record.currency, found)
    changed = gmt(record.date_modified_gmt, "date_modified_gmt")
    paid = moment(record.date_paid_gmt, "date_paid_gmt")
    lines = order_lines(record.line_items, amounts, all_digital=record.needs_processing is False)
    method = record.payment_method or ""
    return Order(
        ref=OrderRef(Platform.WOOCOMMERCE, identifier(record.id, "id")),
        number=str(record.number),
        standing=_standing(record.status, paid),
        platform_status=record.status,
        currency=amounts.shop_currency,
        presentment_currency=record.currency,
        total=amounts.price(record.total, "total"),
        shipping=amounts.price(record.shipping_total, "shipping_total"),
        shipping_tax=amounts.price(record.shipping_tax, "shipping_tax"),
        prices_include_tax=False,
        payment=_PAYMENTS.get(method, PaymentKind.ONLINE),
        payment_method=method or None,
        place=place(record),
        placed=Moment(gmt(record.date_created_gmt, "date_created_gmt"), Source.PLATFORM),
        updated_at=changed,
        paid=paid,
        completed=moment(record.date_completed_gmt, "date_completed_gmt"),
        delivered=Moment(changed, Source.STATUS) if record.status in _DELIVERED else None,
        withdrawn=Moment(changed, Source.STATUS) if metas.is_withdrawn(found) else None,
        is_underway=record.status in _UNDERWAY,
        lines=lines,
        shopper=shopper(record),
        language=metas.language(found),
        is_business=metas.is_business(found),
        fulfilments=fulfilments(found, frozenset(line.id for line in lines)),
        refunds=order_refunds(record.refunds, amounts, changed),
        origin=origin(found),
    )


def _standing(status: str, paid: Moment | None) -> Standing:
    """`on-hold` waits for the money of a bank transfer, unless it came."""
    standing = _STANDINGS.get(status, Standing.PLACED)
    return Standing.PLACED if standing is Standing.UNPAID and paid else standing
