"""An order as a webhook or the REST API shows it."""

from integrations.platforms.shopify.fields import at, key, language, moment, moment_if, order_ref, text
from integrations.platforms.shopify.fulfilments import webhook_fulfilment
from integrations.platforms.shopify.lines import properties, webhook_line
from integrations.platforms.shopify.own_orders import origin
from integrations.platforms.shopify.payments import payment_kind, standing
from integrations.platforms.shopify.prices import charges, price, zero
from integrations.platforms.shopify.refunds import NotTold, webhook_refund
from integrations.platforms.shopify.shoppers import address, full_name, line_properties, name_of, place
from integrations.platforms.shopify.webhook_shapes import Order as WebhookOrder
from plugin.domain.order import Order, Price, Refund, Shopper
from plugin.domain.origin import Origin
from plugin.ports.errors import Unreadable


def webhook_order(given: WebhookOrder) -> Order:
    """The whole order as of `updated_at`; its fulfilments come without events and it shows no returns."""
    total = price(given.total_price_set)
    payment = payment_kind(given.payment_gateway_names)
    fulfilments = tuple(webhook_fulfilment(entry) for entry in given.fulfillments)
    shipping = charges(
        total,
        ((line.discounted_price_set, line.tax_lines) for line in given.shipping_lines if not line.is_removed),
        tax_inside=given.taxes_included,
    )
    cancelled = moment_if(given.cancelled_at, "cancelled_at")
    is_cancelled, is_free = cancelled is not None, total == zero(total)
    return Order(
        ref=order_ref(key(given)),
        number=given.name.removeprefix("#"),
        standing=standing(given.financial_status, payment, fulfilments, is_cancelled=is_cancelled, is_free=is_free),
        platform_status=given.financial_status or "none",
        currency=given.currency,
        presentment_currency=given.presentment_currency,
        total=total,
        shipping=shipping.total,
        shipping_tax=shipping.tax,
        prices_include_tax=False,
        payment=payment,
        payment_method=", ".join(given.payment_gateway_names) or None,
        place=place(given.shipping_address, given.billing_address),
        placed=moment(given.processed_at or given.created_at, "processed_at"),
        updated_at=at(given.updated_at, "updated_at"),
        lines=tuple(webhook_line(line, tax_inside=given.taxes_included) for line in given.line_items),
        shopper=_shopper(given),
        cancelled=cancelled,
        language=language(given.customer_locale),
        is_business=bool(given.company),
        is_test=given.test,
        fulfilments=fulfilments,
        refunds=_refunds(given, total),
        origin=_origin(given),
    )


def _origin(given: WebhookOrder) -> Origin | None:
    return origin((given.tags or "").split(","), dict(properties(given.note_attributes)))


def _refunds(given: WebhookOrder, total: Price) -> tuple[Refund, ...]:
    try:
        return tuple(
            webhook_refund(refund, tax_inside=given.taxes_included, order_total=total) for refund in given.refunds
        )
    except NotTold as error:
        raise Unreadable("not_told", f"refunds.{error.field}") from error


def _shopper(given: WebhookOrder) -> Shopper:
    customer, billing, delivery = given.customer, address(given.billing_address), address(given.shipping_address)
    account = full_name(None, customer.first_name, customer.last_name) if customer else None
    return Shopper(
        external_id=key(customer) if customer else None,
        name=account or name_of(billing, delivery),
        email=text(given.email) or text(given.contact_email) or (text(customer.email) if customer else None),
        phone=text(given.phone) or (text(customer.phone) if customer else None),
        billing=billing,
        delivery=delivery,
        note=text(given.note),
        line_properties=line_properties({key(line): properties(line.properties) for line in given.line_items}),
    )
