"""Every official webhook sample, read field by field against its raw JSON."""

from datetime import datetime
from typing import Any

import pytest

from plugin.domain.app_events import AppUninstalled, DataAsked, ErasureAsked, ScopesChanged, ShopErasureAsked
from plugin.domain.money import Money
from plugin.domain.order import (
    Address,
    DeliveryPlace,
    DeliveryStatus,
    FulfilledLine,
    Parcel,
    PaymentKind,
    Platform,
    PlatformReturn,
    Price,
    Standing,
)
from plugin.domain.shop_events import (
    DeliverySeen,
    DeliveryWithdrawn,
    FulfilmentSeen,
    Ignored,
    OrderGone,
    ProductSeen,
    RefundSeen,
    Reread,
    ReturnSeen,
    Subject,
)
from plugin.domain.times import Moment, Source
from tests.integrations.shopify.samples import ORDER_TOPICS, TOPICS, Json, sample, seen_order, translated

HANDLED = {
    "fulfillments/create": (FulfilmentSeen,),
    "fulfillments/update": (FulfilmentSeen,),
    "fulfillment_events/create": (DeliverySeen,),
    "fulfillment_events/delete": (DeliveryWithdrawn,),
    "orders/edited": (Reread,),
    "orders/delete": (OrderGone,),
    "products/update": (ProductSeen, ProductSeen, ProductSeen),
    "refunds/create": (RefundSeen,),
    "returns/request": (ReturnSeen, Reread),
    "returns/approve": (ReturnSeen, Reread),
    "returns/decline": (ReturnSeen,),
    "returns/cancel": (ReturnSeen,),
    "returns/close": (ReturnSeen,),
    "returns/reopen": (ReturnSeen,),
    "returns/update": (Reread,),
    "reverse_deliveries/attach_deliverable": (Reread,),
    "app/uninstalled": (AppUninstalled,),
    "app/scopes_update": (ScopesChanged,),
    "customers/data_request": (DataAsked,),
    "customers/redact": (ErasureAsked,),
    "shop/redact": (ShopErasureAsked,),
}
NEW_YEAR = datetime.fromisoformat("2022-01-01T00:00:00+00:00")


def tail(gid: str) -> str:
    return gid.rsplit("/", 1)[1]


def price(amounts: Json) -> Price:
    sides = (amounts["shop_money"], amounts["presentment_money"])
    shop, shown = (Money.parse(side["amount"], side["currency_code"]) for side in sides)
    return Price(shop, shown)


@pytest.mark.parametrize("topic", sorted(set(TOPICS) - set(ORDER_TOPICS)))
def test_every_sample_means_what_its_topic_says(topic: str) -> None:
    events = translated(topic, sample(topic))
    assert tuple(type(event) for event in events) == HANDLED.get(topic, (Ignored,))


def test_there_are_38_samples() -> None:
    assert len(TOPICS) == 38


@pytest.mark.parametrize("topic", ORDER_TOPICS)
def test_an_order_sample_is_read_field_by_field(topic: str) -> None:
    raw, order = sample(topic), seen_order(topic, sample(topic))
    assert order.ref.external_id == tail(raw["admin_graphql_api_id"])
    assert f"#{order.number}" == raw["name"]
    assert (order.currency, order.presentment_currency) == (raw["currency"], raw["presentment_currency"])
    assert order.total == price(raw["total_price_set"])
    assert order.shipping == price(raw["shipping_lines"][0]["discounted_price_set"])
    assert order.platform_status == raw["financial_status"]
    assert order.placed == Moment(datetime.fromisoformat(raw["processed_at"]), Source.PLATFORM)
    assert order.updated_at == datetime.fromisoformat(raw["updated_at"])
    assert order.is_test is raw["test"]
    assert order.language == raw["customer_locale"]
    assert order.payment_method == ", ".join(raw["payment_gateway_names"])
    assert order.payment is PaymentKind.ONLINE
    assert order.place == DeliveryPlace("US", "KY")
    assert order.is_business is False
    assert order.cancelled == (Moment(NEW_YEAR, Source.PLATFORM) if raw["cancelled_at"] else None)
    assert order.standing is (Standing.CANCELLED if raw["cancelled_at"] else STANDING[raw["financial_status"]])


STANDING = {"voided": Standing.CANCELLED, "paid": Standing.PLACED, "pending": Standing.UNPAID}


@pytest.mark.parametrize("topic", ORDER_TOPICS)
def test_the_lines_of_an_order_sample_are_read_field_by_field(topic: str) -> None:
    raw, order = sample(topic), seen_order(topic, sample(topic))
    assert len(order.lines) == len(raw["line_items"])
    for line, given in zip(order.lines, raw["line_items"], strict=True):
        assert line.id == tail(given["admin_graphql_api_id"])
        assert (line.title, line.quantity, line.sku) == (given["title"], given["quantity"], given["sku"])
        assert line.total == price(given["price_set"])
        assert line.tax.shop == line.discount.shop == Money(0, "USD")
        assert line.product_id == (str(given["product_id"]) if given["product_id"] else None)
        assert (line.is_physical, line.is_gift_card) == (given["requires_shipping"], given["gift_card"])
        assert line.removed == given["quantity"] - given["current_quantity"]


def test_the_shopper_of_an_order_sample_is_read_field_by_field() -> None:
    raw, shopper = sample("orders/create"), seen_order("orders/create", sample("orders/create")).shopper
    assert shopper.external_id == tail(raw["customer"]["admin_graphql_api_id"])
    assert (shopper.name, shopper.email, shopper.phone) == ("John Smith", raw["email"], None)
    assert (
        shopper.delivery
        == shopper.billing
        == Address(
            name="Steve Shipper",
            company="Shipping Company",
            lines=("123 Shipping Street",),
            city="Shippington",
            postcode="40003",
            state="KY",
            country="US",
            phone="555-555-SHIP",
        )
    )


@pytest.mark.parametrize("topic", ["fulfillments/create", "fulfillments/update"])
def test_a_fulfilment_sample_is_read_field_by_field(topic: str) -> None:
    raw, (event,) = sample(topic), translated(topic, sample(topic))
    assert isinstance(event, FulfilmentSeen)
    assert event.order.external_id == str(raw["order_id"])
    fulfilment = event.fulfilment
    assert (fulfilment.id, fulfilment.status) == ("123456", raw["status"])
    assert fulfilment.shipped is None  # pending: not yet sent
    assert fulfilment.updated_at == datetime.fromisoformat(raw["updated_at"])
    assert fulfilment.parcels == (Parcel(raw["tracking_company"], raw["tracking_number"], raw["tracking_url"]),)
    ids = [tail(line["admin_graphql_api_id"]) for line in raw["line_items"]]
    assert fulfilment.lines == tuple(FulfilledLine(line, 1) for line in ids)
    assert fulfilment.events == ()


def test_a_fulfilment_event_sample_is_read_field_by_field() -> None:
    raw, (event,) = (
        sample("fulfillment_events/create"),
        translated("fulfillment_events/create", sample("fulfillment_events/create")),
    )
    assert isinstance(event, DeliverySeen)
    assert (event.order.external_id, event.fulfilment_id) == (str(raw["order_id"]), str(raw["fulfillment_id"]))
    assert event.event.status is DeliveryStatus.IN_TRANSIT
    assert event.event.moment == Moment(datetime.fromisoformat(raw["happened_at"]), Source.CARRIER)
    assert (event.event.id, event.event.message, event.estimated) == ("1234567", raw["message"], None)


def test_a_deleted_fulfilment_event_is_withdrawn_by_its_id() -> None:
    (event,) = translated("fulfillment_events/delete", sample("fulfillment_events/delete"))
    assert isinstance(event, DeliveryWithdrawn)
    assert (event.fulfilment_id, event.event_id) == ("123456", "1234567")


def test_a_refund_sample_is_read_field_by_field() -> None:
    raw, (event,) = sample("refunds/create"), translated("refunds/create", sample("refunds/create"))
    assert isinstance(event, RefundSeen)
    refund = event.refund
    assert refund.id == tail(raw["admin_graphql_api_id"])
    assert refund.moment == Moment(datetime.fromisoformat(raw["processed_at"]), Source.PLATFORM)
    assert refund.amount == Price(Money(8500, "USD"), Money(8500, "USD"))  # its transactions, not its lines
    assert refund.return_id is None
    for allocation, given in zip(refund.lines, raw["refund_line_items"], strict=True):
        assert allocation.line == tail(given["line_item"]["admin_graphql_api_id"])
        assert allocation.quantity == given["quantity"]
        assert allocation.amount == price(given["subtotal_set"])
        assert allocation.tax == price(given["total_tax_set"])


@pytest.mark.parametrize(
    ("topic", "status"),
    [
        ("request", "requested"),
        ("approve", "open"),
        ("decline", "declined"),
        ("cancel", "canceled"),
        ("close", "closed"),
        ("reopen", "open"),
    ],
)
def test_a_return_sample_shows_the_returns_order_and_status(topic: str, status: str) -> None:
    event: Any = translated(f"returns/{topic}", sample(f"returns/{topic}"))[0]
    assert isinstance(event, ReturnSeen)
    assert event.order.external_id == "4783296544821"
    assert event.platform_return == PlatformReturn("123134564567890", status)


@pytest.mark.parametrize(
    "topic", ["returns/request", "returns/approve", "returns/update", "reverse_deliveries/attach_deliverable"]
)
def test_a_return_sample_that_shows_no_lines_has_the_return_read_again(topic: str) -> None:
    assert translated(topic, sample(topic))[-1] == Reread(Subject.RETURN, Platform.SHOPIFY, "123134564567890")


@pytest.mark.parametrize("topic", ["returns/process", "reverse_fulfillment_orders/dispose"])
def test_a_return_message_that_names_no_return_is_ignored(topic: str) -> None:
    (event,) = translated(topic, sample(topic))
    assert isinstance(event, Ignored)
    assert event.code == "return_not_named"


def test_an_edited_order_is_read_again_because_the_message_is_only_a_difference() -> None:
    raw = sample("orders/edited")
    assert translated("orders/edited", raw) == (
        Reread(Subject.ORDER, Platform.SHOPIFY, str(raw["order_edit"]["order_id"])),
    )


def test_a_product_sample_shows_the_product_and_its_variants() -> None:
    raw = sample("products/update")
    events = translated("products/update", raw, {"X-Shopify-Shop-Domain": "demo.myshopify.com"})
    product, *variants = [event.product for event in events if isinstance(event, ProductSeen)]
    assert (product.external_id, product.title) == (tail(raw["admin_graphql_api_id"]), raw["title"])
    assert (product.categories, product.tags) == (("Shirts",), ("example", "mens", "t-shirt"))
    assert product.url == "https://demo.myshopify.com/products/example-t-shirt"
    assert product.updated_at == datetime.fromisoformat(raw["updated_at"])
    assert [variant.external_id for variant in variants] == [tail(v["admin_graphql_api_id"]) for v in raw["variants"]]
    assert {variant.parent_id for variant in variants} == {product.external_id}
    assert [(each.title, each.price, each.is_for_sale) for each in variants] == [
        ("Small", "19.99", True),
        ("Medium", "19.99", True),
    ]
    assert (product.price, product.is_for_sale) == (None, None), "what can be bought is a variant"


@pytest.mark.parametrize(
    ("of_product", "of_variant", "is_for_sale"),
    [
        ({}, {"inventory_quantity": 0}, False),
        ({}, {"inventory_quantity": -3, "inventory_policy": "continue"}, True),
        ({"status": "draft"}, {}, False),
        ({"published_at": None}, {}, False),
        ({}, {"inventory_quantity": None}, None),
    ],
)
def test_a_variant_is_for_sale_where_it_is_there_or_sold_beyond_that(
    of_product: Json, of_variant: Json, *, is_for_sale: bool | None
) -> None:
    raw = sample("products/update")
    variants = [{**raw["variants"][0], **of_variant}]
    _, event = translated("products/update", {**raw, **of_product, "variants": variants})
    assert isinstance(event, ProductSeen)
    assert event.product.is_for_sale is is_for_sale


@pytest.mark.parametrize("topic", TOPICS)
def test_a_recorded_webhook_may_be_imported_with_its_topic(topic: str) -> None:
    payload = sample(topic)
    assert translated("", {"topic": topic, "api_version": "2026-10", "payload": payload}) == translated(topic, payload)


@pytest.mark.parametrize(
    "topic",
    [
        "orders/create",
        "fulfillments/create",
        "refunds/create",
        "returns/request",
        "products/update",
        "fulfillment_events/create",
    ],
)
def test_a_record_without_topic_is_recognised_by_its_global_id(topic: str) -> None:
    assert translated("", sample(topic)) == translated(topic, sample(topic))
