"""An order as our own query (`order.graphql`) selects it."""

from collections.abc import Iterable

from integrations.platforms.shopify import graphql_shapes as graphql
from integrations.platforms.shopify.fields import at, language, moment, moment_if, order_ref, tail, text
from integrations.platforms.shopify.fulfilments import graphql_fulfilment
from integrations.platforms.shopify.lines import graphql_line, properties
from integrations.platforms.shopify.own_orders import origin
from integrations.platforms.shopify.pages import counted, nodes, short
from integrations.platforms.shopify.payments import payment_kind, standing
from integrations.platforms.shopify.prices import charges, price, zero
from integrations.platforms.shopify.refunds import graphql_refund
from integrations.platforms.shopify.returns import graphql_return
from integrations.platforms.shopify.shoppers import address, full_name, line_properties, name_of, place
from plugin.domain.order import Fulfilment, Order, PaymentKind, Price, Shopper, Standing
from plugin.domain.times import Moment

_COMPANY = "PurchasingCompany"
_PAYS = frozenset({"SALE", "CAPTURE"})


def graphql_order(given: graphql.Order) -> Order:
    """The whole order as of `updatedAt`, with fulfilment events, refunds and returns."""
    total, lines = price(given.total_price_set), nodes(given.line_items, "lineItems")
    payment = _payment(given)
    fulfilments = _fulfilments(given)
    shipping = charges(
        total,
        ((line.discounted_price_set, line.tax_lines) for line in nodes(given.shipping_lines, "shippingLines")),
        tax_inside=given.taxes_included,
    )
    return Order(
        ref=order_ref(tail(given.id)),
        number=given.name.removeprefix("#"),
        standing=_standing(given, payment, fulfilments, total),
        platform_status=(given.display_financial_status or "none").lower(),
        currency=given.currency_code,
        presentment_currency=given.presentment_currency_code,
        total=total,
        shipping=shipping.total,
        shipping_tax=shipping.tax,
        prices_include_tax=False,
        payment=payment,
        payment_method=", ".join(given.payment_gateway_names) or None,
        place=place(given.shipping_address, given.billing_address),
        placed=moment(given.processed_at, "processedAt"),
        updated_at=at(given.updated_at, "updatedAt"),
        lines=tuple(graphql_line(line, tax_inside=given.taxes_included) for line in lines),
        shopper=_shopper(given, lines),
        paid=_paid(given.transactions),
        cancelled=moment_if(given.cancelled_at, "cancelledAt"),
        language=language(given.customer_locale),
        is_business=given.purchasing_entity is not None and given.purchasing_entity.kind == _COMPANY,
        is_test=given.test,
        fulfilments=fulfilments,
        refunds=tuple(
            graphql_refund(refund, tax_inside=given.taxes_included) for refund in short(given.refunds, "refunds")
        ),
        returns=tuple(graphql_return(entry) for entry in nodes(given.returns, "returns")),
        origin=origin(given.tags, dict(properties(given.custom_attributes))),
    )


def _payment(given: graphql.Order) -> PaymentKind:
    has_manual = any(entry.manual_payment_gateway for entry in short(given.transactions, "transactions"))
    return payment_kind(given.payment_gateway_names, has_manual=has_manual)


def _fulfilments(given: graphql.Order) -> tuple[Fulfilment, ...]:
    entries = counted(given.fulfillments, given.fulfillments_count, "fulfillments")
    return tuple(graphql_fulfilment(entry) for entry in entries)


def _standing(
    given: graphql.Order, payment: PaymentKind, fulfilments: tuple[Fulfilment, ...], total: Price
) -> Standing:
    status = given.display_financial_status
    return standing(
        status and status.lower(),
        payment,
        fulfilments,
        is_cancelled=given.cancelled_at is not None,
        is_free=total == zero(total),
    )


def _paid(transactions: Iterable[graphql.Transaction]) -> Moment | None:
    """The first payment that succeeded."""
    paid = [e.processed_at for e in transactions if e.kind in _PAYS and e.status == "SUCCESS" and e.processed_at]
    return moment_if(min(paid, default=None), "transactions.processedAt")


def _shopper(given: graphql.Order, lines: Iterable[graphql.Line]) -> Shopper:
    customer, billing, delivery = given.customer, address(given.billing_address), address(given.shipping_address)
    account = full_name(None, customer.first_name, customer.last_name) if customer else None
    return Shopper(
        external_id=tail(customer.id) if customer else None,
        name=account or name_of(billing, delivery),
        email=text(given.email),
        phone=text(given.phone),
        billing=billing,
        delivery=delivery,
        note=text(given.note),
        line_properties=line_properties({tail(line.id): properties(line.properties) for line in lines}),
    )
