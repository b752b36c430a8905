"""Recorded refunds, products and variations against their raw JSON."""

from decimal import Decimal
from itertools import chain

import pytest

from plugin.domain.shop_events import ProductSeen, RefundReported
from tests.support.woocommerce import recorded_list, recorded_orders, recorded_refunds, the_order, translated


def test_every_recorded_refund_is_read_with_its_lines_and_finds_its_order_in_its_links() -> None:
    by_order = recorded_refunds()
    assert sum(map(len, by_order.values())) == 107
    for order_id, refunds in by_order.items():
        for raw in refunds:
            event = translated(raw)
            assert isinstance(event, RefundReported)
            refund = event.refund
            assert (event.order.external_id, refund.id) == (order_id, str(raw["id"]))
            assert refund.moment.at.isoformat() == raw["date_created_gmt"] + "+00:00"
            assert refund.amount == (None if raw["amount"] in ("", "-") else abs(Decimal(raw["amount"])))
            assert [(part.line, part.quantity, part.amount, part.tax) for part in refund.lines] == [
                (meta["value"], -item["quantity"], -Decimal(item["total"]), -Decimal(item["total_tax"]))
                for item in raw["line_items"]
                for meta in item["meta_data"]
                if meta["key"] == "_refunded_item_id"
            ]


def test_recorded_refunds_allocate_to_lines_of_their_order_and_price_in_its_currency() -> None:
    orders = {str(raw["id"]): the_order(raw) for raw in recorded_orders() if raw["status"] != "checkout-draft"}
    allocated = 0
    for order_id, refunds in recorded_refunds().items():
        order = orders[order_id]
        summaries = {refund.id: refund for refund in order.refunds}
        for raw in refunds:
            event = translated(raw)
            assert isinstance(event, RefundReported)
            refund = event.refund.priced(order)
            assert {part.line for part in refund.lines} <= {line.id for line in order.lines}
            assert refund.amount == summaries[refund.id].amount or raw["amount"] == "0.00"
            allocated += len(refund.lines)
    whole = chain(*recorded_refunds().values())
    assert allocated == sum(len(raw["line_items"]) for raw in whole) == 87


def test_refunds_of_the_collection_name_their_order() -> None:
    for raw in recorded_list("refunds_collection_sample.json"):
        del raw["_links"]
        event = translated(raw)
        assert isinstance(event, RefundReported)
        assert event.order.external_id == str(raw["parent_id"])


def test_every_recorded_product_and_variation_is_read() -> None:
    variations = recorded_list("product_variations.json")
    products = recorded_list("products.json")
    assert (len(products), len(variations)) == (65, 55)
    for raw in [*products, *variations]:
        event = translated(raw)
        assert isinstance(event, ProductSeen)
        product = event.product
        assert (product.external_id, product.title, product.sku) == (str(raw["id"]), raw["name"], raw["sku"] or None)
        assert product.parent_id == (str(raw["parent_id"]) if raw["parent_id"] else None)
        assert product.categories == tuple(term["slug"] for term in raw.get("categories", []))
        assert product.tags == tuple(term["slug"] for term in raw.get("tags", []))
        assert product.is_physical == (None if raw["type"] == "variable" else not raw["virtual"])
        assert product.url == raw["permalink"]
        assert product.updated_at is not None
        assert product.updated_at.isoformat() == raw["date_modified_gmt"] + "+00:00"
        assert product.price == raw["price"]


def test_the_recorded_variations_on_sale_are_those_that_are_there() -> None:
    events = [translated(raw) for raw in recorded_list("product_variations.json")]
    seen = [event.product for event in events if isinstance(event, ProductSeen)]
    assert len(seen) == 55
    sold_out = {each.external_id for each in seen if each.is_for_sale is False}
    assert {"118", "115", "113", "92"} <= sold_out, "their stock is counted and used up"
    assert {each.is_for_sale for each in seen} == {True, False}
    (chosen,) = (each for each in seen if each.external_id == "90")
    assert (chosen.title, chosen.price, chosen.is_for_sale) == ("41, Red", "80.8", True), "the reduced price counts"


def test_what_nobody_can_put_into_a_cart_is_not_for_sale() -> None:
    by_sku = {raw["sku"]: raw for raw in recorded_list("products.json")}
    for sku in ("DRAFT-001", "EXT-001", "GRP-001"):
        event = translated(by_sku[sku])
        assert isinstance(event, ProductSeen)
        assert event.product.is_for_sale is False, sku


@pytest.mark.parametrize("price", ["", "from 10", "1e3", "1,50"])
def test_a_price_that_is_no_plain_number_is_none(price: str) -> None:
    event = translated({**recorded_list("products.json")[0], "price": price})
    assert isinstance(event, ProductSeen)
    assert event.product.price is None
