"""Traps of refunds, returns and what else comes in."""

import json

import pytest

from integrations.platforms.shopify import TRANSLATOR
from plugin.domain.money import Money
from plugin.domain.order import (
    Platform,
    Price,
)
from plugin.domain.shop_events import (
    Ignored,
    OrderSeen,
    ProductSeen,
    RefundSeen,
    Reread,
    ReturnSeen,
    Subject,
)
from plugin.ports.platform import Message
from tests.integrations.shopify.nodes import a_line_node, a_node, bag, page
from tests.integrations.shopify.samples import (
    Tree,
    a_line,
    a_refund,
    an_order,
    money,
    sample,
    seen_order,
    translated,
)
from tests.integrations.shopify.traps import eur, order, refused, refused_order


def refund(**changes: object) -> Tree:
    (event,) = translated("refunds/create", a_refund(**changes))
    return event.refund if isinstance(event, RefundSeen) else event


def test_a_lone_refund_with_tax_inside_is_told_by_the_rate_and_taken_apart() -> None:
    (allocation,) = refund().lines
    assert (allocation.amount, allocation.tax) == (eur(1000), eur(190))


def test_a_lone_refund_with_tax_beside_is_told_by_the_rate() -> None:
    line = a_line(price_set=money("10.00"))
    given = {
        "line_item_id": 71,
        "quantity": 1,
        "subtotal_set": money("10.00"),
        "total_tax_set": money("1.90"),
        "line_item": line,
    }
    (allocation,) = refund(refund_line_items=[given]).lines
    assert (allocation.amount, allocation.tax) == (eur(1000), eur(190))


def test_a_lone_refund_that_does_not_tell_where_its_tax_is_has_the_order_read_again() -> None:
    lines = [{key: value for key, value in a_refund()["refund_line_items"][0].items() if key != "line_item"}]
    assert refund(refund_line_items=lines) == Reread(Subject.ORDER, Platform.SHOPIFY, "900")


def test_a_refund_within_its_order_follows_the_orders_prices() -> None:
    (seen,) = order(taxes_included=False, refunds=[a_refund()]).refunds
    assert (seen.lines[0].amount, seen.lines[0].tax) == (eur(1190), eur(190))


def test_a_partial_refund_without_lines_is_what_its_transactions_moved() -> None:
    given = [{"kind": "refund", "status": "success", "amount": "5.00", "currency": "EUR"}]
    adjustment = {"amount_set": money("-5.00"), "kind": "refund_discrepancy", "reason": "Refund discrepancy"}
    (seen,) = order(
        refunds=[a_refund(refund_line_items=[], transactions=given, order_adjustments=[adjustment])]
    ).refunds
    assert (seen.amount, seen.lines) == (eur(500), ())


@pytest.mark.parametrize(
    ("kind", "status"), [("refund", "failure"), ("refund", "pending"), ("void", "success"), ("sale", "success")]
)
def test_only_a_refund_that_succeeded_moved_money(kind: str, status: str) -> None:
    given = [{"kind": kind, "status": status, "amount": "5.00", "currency": "EUR"}]
    assert refund(transactions=given).amount is None


def test_a_removal_without_money_is_a_refund_without_amount() -> None:
    assert refund(transactions=[]).amount is None


@pytest.mark.parametrize("restock", ["return", "cancel", "no_restock", "legacy_restock"])
def test_where_the_goods_went_does_not_change_the_money(restock: str) -> None:
    lines = [{**a_refund()["refund_line_items"][0], "restock_type": restock}]
    assert refund(refund_line_items=lines).lines == refund().lines


def test_a_refund_in_the_shoppers_currency_is_converted_at_its_own_lines_rate() -> None:
    both = {
        "subtotal_set": money("7.10", "CAD", ("5.00", "USD")),
        "total_tax_set": money("0.00", "CAD", ("0.00", "USD")),
    }
    given = {
        "refund_line_items": [{"line_item_id": 71, "quantity": 1, **both}],
        "transactions": [{"kind": "refund", "status": "success", "amount": "5.00", "currency": "USD"}],
    }
    assert refund(**given).amount == Price(Money(710, "CAD"), Money(500, "USD"))


def test_a_lone_refund_whose_currency_cannot_be_placed_has_the_order_read_again() -> None:
    given = [{"kind": "refund", "status": "success", "amount": "5.00", "currency": "USD"}]
    assert refund(refund_line_items=[], transactions=given) == Reread(Subject.ORDER, Platform.SHOPIFY, "900")


def test_an_orders_refund_whose_currency_cannot_be_placed_parks_the_order() -> None:
    given = [{"kind": "refund", "status": "success", "amount": "5.00", "currency": "USD"}]
    assert refused_order(refunds=[a_refund(refund_line_items=[], transactions=given)]) == (
        "not_told",
        "refunds.transactions.currency",
    )


def test_a_refund_names_the_return_it_belongs_to() -> None:
    given = {"id": 55, "admin_graphql_api_id": "gid://shopify/Return/55"}
    assert refund(**{"return": given}).return_id == "55"


def test_a_return_that_shows_its_lines_needs_no_second_reading() -> None:
    line = {
        "quantity": 1,
        "fulfillment_line_item": {"line_item": {"id": 71, "admin_graphql_api_id": "gid://shopify/LineItem/71"}},
    }
    payload = {**sample("returns/request"), "return_line_items": [line], "total_return_line_items": 1}
    (event,) = translated("returns/request", payload)
    assert isinstance(event, ReturnSeen)
    assert [(entry.line, entry.quantity) for entry in event.platform_return.lines] == [("71", 1)]


def test_a_return_without_an_order_is_parked() -> None:
    payload = {key: value for key, value in sample("returns/close").items() if key != "order_id"}
    assert refused(json.dumps(payload).encode(), "returns/close") == ("missing_field", "order_id")


def test_a_product_page_is_linked_only_on_the_shops_own_domain() -> None:
    for shop in ("evil.example", "demo.myshopify.com.evil.example", "demo.myshopify.com/x", ""):
        (event, *_) = translated("products/update", sample("products/update"), {"x-shopify-shop-domain": shop})
        assert isinstance(event, ProductSeen)
        assert event.product.url is None


def test_an_undescribed_variant_is_left_out() -> None:
    variants = [{"id": 1, "admin_graphql_api_id": "gid://shopify/ProductVariant/1"}]
    assert len(translated("products/update", {**sample("products/update"), "variants": variants})) == 1


def test_a_message_about_something_else_is_ignored_without_being_read() -> None:
    (event,) = TRANSLATOR.translate(Message("customers/update", b"{not json", {}))
    assert event == Ignored("not_for_orders", "customers/update")


def test_an_order_without_global_id_is_recognised_by_its_lines() -> None:
    (event,) = translated("", an_order(admin_graphql_api_id=None))
    assert isinstance(event, OrderSeen)


def test_webhook_and_query_say_the_same_of_the_same_order() -> None:
    """What both carry must not flicker with the way it came."""
    line = a_line_node(
        currentQuantity=2, originalUnitPriceSet=bag("11.90"), discountAllocations=[], customAttributes=[]
    )
    node = a_node(displayFinancialStatus="PAID", totalPriceSet=bag("23.80"), shippingLines=page(), lineItems=page(line))
    by_query, by_webhook = seen_order("", node), order()
    for field in ("ref", "number", "standing", "platform_status", "total", "shipping", "payment", "placed", "is_test"):
        assert getattr(by_query, field) == getattr(by_webhook, field), field
    assert (by_query.lines[0].total, by_query.lines[0].tax) == (by_webhook.lines[0].total, by_webhook.lines[0].tax)
