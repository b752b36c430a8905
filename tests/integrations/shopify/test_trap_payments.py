"""Traps of payment and standing."""

import pytest

from integrations.platforms.shopify.payments import payment_kind
from plugin.domain.order import (
    PaymentKind,
    Standing,
)
from tests.integrations.shopify.nodes import a_node
from tests.integrations.shopify.samples import a_fulfilment, money, seen_order
from tests.integrations.shopify.traps import order


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("paid", Standing.PLACED),
        ("partially_paid", Standing.PLACED),
        ("authorized", Standing.PLACED),
        ("partially_refunded", Standing.PLACED),
        ("a_status_of_2028", Standing.PLACED),
        ("pending", Standing.UNPAID),
        (None, Standing.UNPAID),
        ("refunded", Standing.REFUNDED),
        ("voided", Standing.CANCELLED),
        ("expired", Standing.FAILED),
    ],
)
def test_the_financial_status_says_where_the_order_stands(status: str | None, standing: Standing) -> None:
    assert order(financial_status=status).standing is standing
    assert (
        seen_order(
            "", a_node(displayFinancialStatus=status and status.upper(), fulfillments=[], fulfillmentsCount=None)
        ).standing
        is standing
    )


def test_cash_on_delivery_is_a_contract_before_any_money() -> None:
    seen = order(financial_status="pending", payment_gateway_names=["Cash on Delivery (COD)"])
    assert (seen.standing, seen.payment) == (Standing.PLACED, PaymentKind.CASH_ON_DELIVERY)


@pytest.mark.parametrize("status", ["pending", "voided", None])
def test_what_was_sent_is_placed_though_nobody_has_paid(status: str | None) -> None:
    gateways = ["Bank Deposit"]
    assert (
        order(financial_status=status, payment_gateway_names=gateways, fulfillments=[a_fulfilment()]).standing
        is Standing.PLACED
    )


def test_a_cancelled_fulfilment_has_sent_nothing() -> None:
    sent = [a_fulfilment(status="cancelled")]
    seen = order(financial_status="pending", payment_gateway_names=["Bank Deposit"], fulfillments=sent)
    assert (seen.standing, seen.fulfilments[0].shipped) == (Standing.UNPAID, None)


def test_a_free_order_waits_for_no_payment() -> None:
    assert (
        order(financial_status=None, total_price_set=money("0.00"), payment_gateway_names=[]).standing
        is Standing.PLACED
    )


def test_a_cancelled_order_is_cancelled_whatever_was_paid() -> None:
    seen = order(financial_status="refunded", cancelled_at="2026-10-03T00:00:00Z")
    assert seen.standing is Standing.CANCELLED
    assert seen.cancelled is not None


@pytest.mark.parametrize(
    ("gateways", "kind"),
    [
        ([], PaymentKind.NONE),
        (["shopify_payments"], PaymentKind.ONLINE),
        (["gift_card"], PaymentKind.ONLINE),
        (["gift_card", "Cash on Delivery (COD)"], PaymentKind.CASH_ON_DELIVERY),
        (["shopify_store_credit", "paypal"], PaymentKind.ONLINE),
        (["Bank Deposit"], PaymentKind.BANK_TRANSFER),
        (["Vorkasse / Überweisung"], PaymentKind.BANK_TRANSFER),
        (["Money Order"], PaymentKind.CHEQUE),
        (["manual"], PaymentKind.MANUAL),
        (["Contrassegno"], PaymentKind.CASH_ON_DELIVERY),
        (["Klarna - codeless"], PaymentKind.ONLINE),
    ],
)
def test_the_gateways_name_says_how_the_shopper_pays(gateways: list[str], kind: PaymentKind) -> None:
    assert payment_kind(gateways) is kind


def test_an_unknown_manual_method_is_told_by_its_transaction() -> None:
    transaction = {"kind": "SALE", "status": "PENDING", "processedAt": None, "manualPaymentGateway": True}
    node = a_node(paymentGatewayNames=["Pay Ada later"], transactions=[transaction])
    assert seen_order("", node).payment is PaymentKind.MANUAL
