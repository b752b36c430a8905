"""Orders as our own query answers them, and recorded ones whose queries asked for less."""

from datetime import UTC, datetime

import msgspec
import pytest

from integrations.platforms.shopify.fulfilments import graphql_fulfilment
from integrations.platforms.shopify.graphql_shapes import Fulfilment as FulfilmentShape
from plugin.domain.deliveries import deliveries_of
from plugin.domain.money import Money
from plugin.domain.order import (
    Address,
    DeliveryEvent,
    DeliveryPlace,
    DeliveryStatus,
    FulfilledLine,
    Fulfilment,
    Parcel,
    PaymentKind,
    Price,
    Refund,
    RefundAllocation,
    Shopper,
    Standing,
)
from plugin.domain.return_parts import LineFee, ReturnDelivery
from plugin.domain.times import Moment, Source
from plugin.ports.errors import Unreadable
from tests.integrations.shopify.nodes import (
    a_fulfilment_node,
    a_line_node,
    a_node,
    bag,
    completed,
    overlaid,
    page,
    postal,
)
from tests.integrations.shopify.samples import (
    Json,
    Tree,
    found,
    recorded,
    recorded_orders,
    seen_order,
    translated,
)


def eur(minor: int) -> Price:
    return Price(Money(minor, "EUR"), Money(minor, "EUR"))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def test_a_complete_answer_is_read_field_by_field() -> None:
    order = seen_order("", a_node())
    assert (order.ref.external_id, order.number) == ("900", "1001")
    assert (order.standing, order.platform_status) == (Standing.PLACED, "partially_refunded")
    assert (order.total, order.shipping, order.shipping_tax) == (eur(2975), eur(500), eur(95))
    assert order.prices_include_tax is False
    assert (order.payment, order.payment_method) == (PaymentKind.ONLINE, "shopify_payments")
    assert order.place == DeliveryPlace("DE", "BE")
    assert order.placed == Moment(at(1, 8), Source.PLATFORM)
    assert order.paid == Moment(at(2, 8), Source.PLATFORM)
    assert order.updated_at == at(6, 8)
    assert (order.language, order.is_business, order.is_test) == ("de-DE", False, False)
    assert order.refunds == (
        Refund(
            "44", Moment(at(6, 8), Source.PLATFORM), eur(1190), (RefundAllocation("71", 1, eur(1000), eur(190)),), "55"
        ),
    )
    (back,) = order.returns
    assert (back.id, back.status, back.lines, back.handled) == ("55", "closed", (FulfilledLine("71", 1),), back.lines)
    assert back.deliveries == (ReturnDelivery("66", "RR1", "https://example.com/RR1", "https://example.com/label.pdf"),)
    assert (back.shipping_fee, back.restocking_fees) == (Money(490, "EUR"), (LineFee("71", Money(119, "EUR")),))


def test_the_line_of_a_complete_answer_is_read_field_by_field() -> None:
    (line,) = seen_order("", a_node()).lines
    assert (line.id, line.title, line.quantity, line.removed) == ("71", "Ring", 2, 1)
    assert (line.total, line.tax, line.discount) == (eur(2000), eur(380), eur(200))  # 2 x 12.90 - 2.00, tax inside
    assert (line.product_id, line.variant_id, line.sku, line.variant_title) == ("5", "6", "RING-52", "52")
    assert (line.categories, line.collections, line.tags) == (("Jewellery",), ("rings",), ("final-sale",))
    assert (line.options, line.property_names) == ((("Size", "52"),), ("Engraving",))
    assert (line.is_physical, line.is_gift_card) == (True, False)


def test_the_fulfilment_of_a_complete_answer_is_read_field_by_field() -> None:
    (fulfilment,) = seen_order("", a_node()).fulfilments
    assert (fulfilment.id, fulfilment.status) == ("33", "success")
    assert fulfilment.shipped == Moment(at(2, 7), Source.PLATFORM)
    assert fulfilment.parcels == (Parcel("DHL", "1", "https://example.com/1"),)
    assert fulfilment.lines == (FulfilledLine("71", 2),)
    assert fulfilment.events == (
        DeliveryEvent(DeliveryStatus.OUT_FOR_DELIVERY, Moment(at(4, 5), Source.CARRIER), "1", "On the van"),
        DeliveryEvent(DeliveryStatus.DELIVERED, Moment(at(4, 6, 30), Source.CARRIER), "2"),
    )
    assert fulfilment.estimated == Moment(at(5, 6), Source.ESTIMATE)


def test_the_shopper_of_a_complete_answer_is_read_field_by_field() -> None:
    shopper = seen_order("", a_node()).shopper
    assert (shopper.external_id, shopper.name, shopper.email) == ("8", "Ada Lovelace", "ada@example.com")
    assert shopper.note == "Ring twice"
    assert shopper.line_properties == {"71": (("Engraving", "For Ada"),)}
    assert shopper.billing == Address(
        "Ada Lovelace", None, ("Hauptstr. 1", "Hof"), "Berlin", "10115", "BE", "DE", "+4930123"
    )


@pytest.mark.parametrize("wrap", [{"data": {"order": None}}, {"data": {"return": {"order": None}}}, {"order": None}])
def test_an_order_is_found_in_an_answer_to_either_query(wrap: Json) -> None:
    assert seen_order("", _filled(wrap, a_node())) == seen_order("", a_node())


def test_an_answer_without_an_order_is_parked() -> None:
    with pytest.raises(Unreadable) as caught:
        translated("", {"data": {"order": None}, "errors": [{"message": "not found"}]})
    assert (caught.value.code, caught.value.field) == ("missing_field", "data.order")


def test_withheld_customer_data_is_no_error_and_leaves_the_shopper_unknown() -> None:
    address = dict.fromkeys(postal()) | {"countryCodeV2": "DE"}
    changes = {"customer": None, "email": None, "phone": None, "note": None, "billingAddress": None}
    node = a_node(shippingAddress=address, **changes, lineItems=page(a_line_node(customAttributes=[])))
    denied = {"message": "This app is not approved to access the Customer object", "path": ["order", "customer"]}
    order = seen_order("", {"data": {"order": node}, "errors": [denied]})
    assert order.shopper == Shopper(delivery=Address(country="DE"))
    assert order.place == DeliveryPlace("DE", None)


@pytest.mark.parametrize("field", sorted(a_node()))
def test_a_missing_field_parks_the_order_and_is_named(field: str) -> None:
    node = a_node()
    del node[field]
    with pytest.raises(Unreadable) as caught:
        translated("", node)
    named = ("unrecognised", "id") if field == "id" else ("missing_field", field)
    assert (caught.value.code, caught.value.field) == named


@pytest.mark.parametrize("record", recorded_orders(), ids=lambda record: record["id"])
def test_a_recorded_order_of_a_smaller_query_is_parked_for_a_field_it_truly_lacks(record: Json) -> None:
    with pytest.raises(Unreadable) as caught:
        translated("", record)
    assert caught.value.code == "missing_field"
    assert not _has(record["order"], caught.value.field)


@pytest.mark.parametrize("record", recorded_orders(), ids=lambda record: record["id"])
def test_what_a_recorded_order_does_say_is_translated(record: Json) -> None:
    real = record["order"]
    order = seen_order("", completed(real))
    assert order.ref.external_id == real["id"].rsplit("/", 1)[1]
    for line, given in zip(order.lines, real.get("lineItems", {}).get("nodes", ()), strict=False):
        assert (line.title, line.quantity) == (given["title"], given["quantity"])
    for fulfilment, given in zip(order.fulfilments, real.get("fulfillments", ()), strict=False):
        assert fulfilment.id == given["id"].rsplit("/", 1)[1]
        assert [p.number for p in fulfilment.parcels] == [
            t["number"] for t in given.get("trackingInfo", [{"number": "1"}])
        ]
    for refund, given in zip(order.refunds, real.get("refunds", ()), strict=False):
        total = given["totalRefundedSet"]["shopMoney"]
        paid = Money.parse(total["amount"], total["currencyCode"])
        assert (refund.amount.shop if refund.amount else Money.zero(paid.currency)) == paid
    assert order.platform_status == (real.get("displayFinancialStatus", "PARTIALLY_REFUNDED") or "none").lower()


def test_a_recorded_fulfilment_without_carrier_reports_is_sent_but_not_delivered() -> None:
    """FULFILLED, all three dates null: the normal case of a shop whose carriers report nothing."""
    exchange = recorded("2026-04__fulfillment-detail-events-lifecycle")
    first = exchange["setup"]["fulfillmentCreate"]["response"]["data"]["fulfillmentCreate"]["fulfillment"]
    assert first["displayStatus"] == "FULFILLED"
    assert first["deliveredAt"] is first["inTransitAt"] is first["estimatedDeliveryAt"] is None
    fulfilment = _fulfilment(first)
    assert fulfilment.shipped is not None
    assert fulfilment.events == ()
    assert fulfilment.estimated is None
    assert deliveries_of(fulfilment) is None


@pytest.mark.parametrize(
    "name", ["2026-04__fulfillment-detail-events-lifecycle", "2026-04__fulfillment-event-create-validation"]
)
def test_a_recorded_carrier_report_is_an_event_and_its_forecast_no_delivery(name: str) -> None:
    unreported = a_fulfilment_node(deliveredAt=None, estimatedDeliveryAt=None)
    nodes = [overlaid(node, unreported) for node in found(recorded(name), "events") if node["events"]["nodes"]]
    assert nodes
    for node in nodes:
        fulfilment = _fulfilment(node)
        assert [event.status for event in fulfilment.events] == [DeliveryStatus.IN_TRANSIT]
        expected = node["estimatedDeliveryAt"] or node["events"]["nodes"][0]["estimatedDeliveryAt"]
        assert fulfilment.estimated == Moment(datetime.fromisoformat(expected), Source.ESTIMATE)
        assert deliveries_of(fulfilment) is None


def test_recorded_parcels_with_several_numbers_are_all_kept() -> None:
    (info, *_) = found(recorded("2025-01__fulfillment-multi-tracking-info")["downstreamRead"], "trackingInfo")
    parcels = seen_order("", a_node(fulfillments=[overlaid(info, a_fulfilment_node())])).fulfilments[0].parcels
    assert [(parcel.carrier, parcel.number) for parcel in parcels] == [
        (t["company"], t["number"]) for t in info["trackingInfo"]
    ]
    assert len(parcels) == 2


def test_a_recorded_refund_in_two_currencies_keeps_what_shopify_says_of_each() -> None:
    exchange = recorded("2025-01__money-bag-presentment-parity")
    given = exchange["refund"]["response"]["payload"]["data"]["refundCreate"]["refund"]["totalRefundedSet"]
    refund = {**a_node()["refunds"][0], "totalRefundedSet": given}
    (seen,) = seen_order("", a_node(refunds=[refund])).refunds
    assert seen.amount == Price(Money(710, "CAD"), Money(500, "USD"))


@pytest.mark.parametrize("path", ["lineItems", "shippingLines", "returns"])
def test_an_order_with_a_further_page_is_parked_rather_than_stored_in_part(path: str) -> None:
    node = a_node()
    node[path]["pageInfo"]["hasNextPage"] = True
    with pytest.raises(Unreadable) as caught:
        translated("", node)
    assert (caught.value.code, caught.value.field) == ("incomplete", path)


@pytest.mark.parametrize("path", ["refunds", "transactions"])
def test_a_list_as_long_as_we_asked_for_may_go_on_and_is_parked(path: str) -> None:
    with pytest.raises(Unreadable) as caught:
        translated("", a_node(**{path: a_node()[path][:1] * 50}))
    assert (caught.value.code, caught.value.field) == ("incomplete", path)


def test_fewer_fulfilments_than_shopify_counts_park_the_order() -> None:
    with pytest.raises(Unreadable) as caught:
        translated("", a_node(fulfillmentsCount={"count": 2}))
    assert (caught.value.code, caught.value.field) == ("incomplete", "fulfillments")


def test_delivered_at_without_events_is_a_delivery_reported_by_the_carrier() -> None:
    node = a_fulfilment_node(events=page())
    (fulfilment,) = seen_order("", a_node(fulfillments=[node])).fulfilments
    assert fulfilment.events == (DeliveryEvent(DeliveryStatus.DELIVERED, Moment(at(4, 6, 30), Source.CARRIER)),)


def test_delivered_as_a_status_without_an_instant_is_no_delivery() -> None:
    node = a_fulfilment_node(events=page(), deliveredAt=None, displayStatus="DELIVERED")
    (fulfilment,) = seen_order("", a_node(fulfillments=[node])).fulfilments
    assert deliveries_of(fulfilment) is None


def test_an_estimate_alone_is_kept_as_one_and_starts_nothing() -> None:
    node = a_fulfilment_node(events=page(), deliveredAt=None)
    (fulfilment,) = seen_order("", a_node(fulfillments=[node])).fulfilments
    assert fulfilment.events == ()
    assert fulfilment.estimated is not None
    assert fulfilment.estimated.source is Source.ESTIMATE


def test_a_deleted_product_leaves_the_line_as_it_was_sold() -> None:
    (line,) = seen_order("", a_node(lineItems=page(a_line_node(product=None, variant=None)))).lines
    assert (line.title, line.sku, line.variant_title, line.total) == ("Ring", "RING-52", "52", eur(2000))
    assert (line.product_id, line.tags, line.options) == (None, (), ())


def test_a_company_buying_is_business_and_a_company_in_the_address_is_not() -> None:
    assert seen_order("", a_node(purchasingEntity={"__typename": "PurchasingCompany"})).is_business
    assert not seen_order("", a_node(shippingAddress=postal(company="Ada & Co"))).is_business


def test_a_refund_without_money_has_no_amount() -> None:
    refund = {**a_node()["refunds"][0], "totalRefundedSet": bag("0.0")}
    assert seen_order("", a_node(refunds=[refund])).refunds[0].amount is None


def _fulfilment(node: Json) -> Fulfilment:
    """The recorded node read as it is: its query asked for all we need."""
    return graphql_fulfilment(msgspec.convert(node, FulfilmentShape))


def _filled(wrap: Json, node: Json) -> Json:
    return {key: node if inner is None else _filled(inner, node) for key, inner in wrap.items()}


def _has(record: Tree, path: str) -> bool:
    """Whether a path like `lineItems.nodes[0].sku` leads anywhere."""
    for step in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(record, list):
            record = record[int(step)]
        elif isinstance(record, dict) and step in record:
            record = record[step]
        else:
            return False
    return True
