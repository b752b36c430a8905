"""Hostile records: each trap of Shopify's data, by name. They go in as an import does, as bytes without a topic."""

import json

import pytest

from integrations.platforms.shopify import TRANSLATOR
from integrations.platforms.shopify.payments import payment_kind
from plugin.domain.money import Money
from plugin.domain.order import (
    Address,
    DeliveryPlace,
    DeliveryStatus,
    Order,
    Parcel,
    PaymentKind,
    Platform,
    Price,
    Standing,
)
from plugin.domain.shop_events import (
    DeliverySeen,
    FulfilmentSeen,
    Ignored,
    OrderSeen,
    ProductSeen,
    RefundSeen,
    Reread,
    ReturnSeen,
    Subject,
)
from plugin.domain.times import Source
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message
from tests.integrations.shopify.samples import (
    Json,
    Tree,
    a_fulfilment,
    a_fulfilment_node,
    a_line,
    a_line_node,
    a_node,
    a_refund,
    an_order,
    bag,
    money,
    page,
    sample,
    seen_order,
    translated,
)


def eur(minor: int) -> Price:
    return Price(Money(minor, "EUR"), Money(minor, "EUR"))


def order(**changes: object) -> Order:
    return seen_order("", an_order(**changes))


def refused(body: bytes, topic: str = "") -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        TRANSLATOR.translate(Message(topic, body, {}))
    return caught.value.code, caught.value.field


def refused_order(**changes: object) -> tuple[str, str]:
    return refused(json.dumps(an_order(**changes)).encode())


# --- bytes ---


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b'{"id": NaN}', b"<html>", b'{"name": "\\ud800"}', b'{"id": 1e999}'],
)
def test_bytes_that_are_no_json_are_refused_as_such(body: bytes) -> None:
    assert refused(body, "orders/create")[0] in {"not_json", "malformed"}


@pytest.mark.parametrize("opening", [b'{"id":', b'{"unknown":', b'{"line_items":', b'{"data":'])
@pytest.mark.parametrize("topic", ["", "orders/create"])
def test_nesting_without_end_is_refused(opening: bytes, topic: str) -> None:
    body = opening + b"[" * 200_000 + b"]" * 200_000 + b"}"
    assert refused(body, topic)[0] in {"nested_too_deep", "malformed"}


def test_wrappings_without_end_are_refused() -> None:
    assert refused(b'{"order":' * 50_000 + b"{}" + b"}" * 50_000)[0] in {"nested_too_deep", "unrecognised"}


@pytest.mark.parametrize("body", [b"null", b"[]", b"7", b'"order"', b"true"])
def test_json_that_is_no_object_is_refused(body: bytes) -> None:
    assert refused(body) == ("malformed", "body")


@pytest.mark.parametrize("record", [{}, {"id": 7}, {"id": "gid://shopify/Shop/1"}, {"code": "rest_no_route"}])
def test_an_object_that_is_no_record_of_ours_is_refused(record: Json) -> None:
    assert refused(json.dumps(record).encode()) == ("unrecognised", "id")


def test_a_wrong_type_is_named_by_its_path_and_never_by_its_value() -> None:
    assert refused_order(line_items=[a_line(), a_line(title=["Ada", "Lovelace"])]) == (
        "malformed",
        "line_items[1].title",
    )


@pytest.mark.parametrize(
    "field", ["name", "updated_at", "currency", "total_price_set", "line_items", "financial_status"]
)
def test_a_webhook_order_without_a_needed_field_is_parked_naming_it(field: str) -> None:
    record = an_order()
    del record[field]
    assert refused(json.dumps(record).encode(), "orders/create") == ("missing_field", field)


# --- ids ---


def test_ids_beyond_two_to_the_53_survive() -> None:
    exact = 2**53 + 1
    assert order(id=exact, admin_graphql_api_id=None).ref.external_id == str(exact)
    (line,) = order(line_items=[a_line(id=2**63 - 1, admin_graphql_api_id=None)]).lines
    assert line.id == str(2**63 - 1)


def test_an_id_rounded_by_javascript_is_read_from_the_global_id_beside_it() -> None:
    raw = sample("orders/create")
    assert raw["id"] != int(raw["admin_graphql_api_id"].rsplit("/", 1)[1])
    assert seen_order("orders/create", raw).ref.external_id == "820982911946154508"


@pytest.mark.parametrize("bad", [0, -1, 1.5, 8.2e17, True, "900", 2**63, 10**400])
def test_an_id_that_is_none_is_refused(bad: object) -> None:
    assert refused(json.dumps(an_order(id=bad)).encode(), "orders/create") == ("malformed", "id")


@pytest.mark.parametrize(
    "gid", ["gid://shopify/Order/", "gid://evil/Order/1", "gid://shopify/Order/1x", "900", "gid://shopify/Order/٣"]
)
def test_a_global_id_that_is_none_is_refused(gid: str) -> None:
    assert refused_order(admin_graphql_api_id=gid) == ("malformed", "admin_graphql_api_id")


# --- money ---


def test_shop_and_presentment_money_are_kept_apart() -> None:
    amounts = {"price_set": money("10.00", "EUR", ("10.80", "USD")), "tax_lines": [], "quantity": 3}
    seen = order(
        presentment_currency="USD",
        total_price_set=money("30.00", "EUR", ("32.40", "USD")),
        line_items=[a_line(**amounts)],
    )
    assert (seen.currency, seen.presentment_currency) == ("EUR", "USD")
    assert seen.total == seen.lines[0].total == Price(Money(3000, "EUR"), Money(3240, "USD"))
    assert seen.lines[0].tax == Price(Money(0, "EUR"), Money(0, "USD"))


def test_yen_have_no_decimals_however_many_shopify_writes() -> None:
    line = a_line(
        quantity=1, price_set=money("1980.00", "JPY"), tax_lines=[{"price_set": money("180.0", "JPY"), "rate": 0.1}]
    )
    (seen,) = order(currency="JPY", total_price_set=money("1980", "JPY"), line_items=[line]).lines
    assert (seen.total.shop, seen.tax.shop) == (Money(1800, "JPY"), Money(180, "JPY"))


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e999999999", "1,50", "", "0x10", "9" * 5000, "١٢", "1.0\n"])
def test_an_amount_that_is_none_is_refused_and_named(amount: str) -> None:
    assert refused_order(total_price_set=money(amount)) == ("malformed", "total_price_set.shop_money.amount")


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "€€€"])
def test_a_currency_that_is_none_is_refused(currency: str) -> None:
    assert refused_order(total_price_set=money("1.00", currency)) == ("not_an_amount", "currency")


def test_a_tax_in_another_currency_is_refused() -> None:
    assert refused_order(line_items=[a_line(tax_lines=[{"price_set": money("1.00", "USD")}])])[0] == "currency_mismatch"


def test_prices_with_tax_inside_are_taken_apart_and_add_up() -> None:
    (line,) = order(taxes_included=True).lines
    assert (line.total, line.tax) == (eur(2000), eur(380))


def test_prices_without_tax_have_it_beside_them() -> None:
    seen = order(taxes_included=False, line_items=[a_line(price_set=money("10.00"))])
    assert (seen.lines[0].total, seen.lines[0].tax) == (eur(2000), eur(380))
    assert seen.prices_include_tax is False


def test_a_lines_discount_is_the_sum_of_its_allocations_order_wide_ones_included() -> None:
    allocations = [{"amount_set": money("5.00"), "discount_application_index": 0}, {"amount_set": money("1.00")}]
    line = a_line(price_set=money("20.00"), tax_lines=[], discount_allocations=allocations, total_discount="5.00")
    (seen,) = order(line_items=[line]).lines
    assert (seen.discount, seen.total) == (eur(600), eur(3400))


def test_a_line_given_away_costs_nothing() -> None:
    line = a_line(tax_lines=[], discount_allocations=[{"amount_set": money("23.80")}])
    assert order(line_items=[line]).lines[0].total == eur(0)


def test_several_taxes_on_a_line_add_up() -> None:
    taxes = [
        {"price_set": money("1.00"), "rate": 0.05},
        {"price_set": money("2.00"), "rate": 0.1, "channel_liable": True},
    ]
    assert order(line_items=[a_line(tax_lines=taxes)]).lines[0].tax == eur(300)


def test_duties_are_part_of_the_total_and_of_no_line() -> None:
    duty = {"price": money("4.00"), "tax_lines": [{"price_set": money("0.80")}], "harmonized_system_code": "7113"}
    seen = order(total_price_set=money("27.80"), line_items=[a_line(duties=[duty])])
    assert (seen.total, seen.lines[0].total, seen.lines[0].tax) == (eur(2780), eur(2000), eur(380))


def test_shipping_counts_after_discounts_without_tax_and_without_removed_methods() -> None:
    lines = [
        {
            "price_set": money("9.00"),
            "discounted_price_set": money("5.95"),
            "tax_lines": [{"price_set": money("0.95")}],
        },
        {"discounted_price_set": money("99.00"), "tax_lines": [], "is_removed": True},
    ]
    seen = order(shipping_lines=lines)
    assert (seen.shipping, seen.shipping_tax) == (eur(500), eur(95))


# --- lines ---


def test_quantity_stays_as_ordered_and_removed_units_are_counted() -> None:
    (line,) = order(line_items=[a_line(quantity=3, current_quantity=1, tax_lines=[], price_set=money("10.00"))]).lines
    assert (line.quantity, line.removed, line.total) == (3, 2, eur(3000))


def test_an_engraving_is_named_on_the_line_and_kept_with_the_shopper() -> None:
    seen = order(line_items=[a_line(properties=[{"name": "Engraving", "value": "Für Ada"}])])
    assert seen.lines[0].property_names == ("Engraving",)
    assert seen.shopper.line_properties == {"71": (("Engraving", "Für Ada"),)}


def test_hidden_and_blank_properties_do_not_make_a_line_personal() -> None:
    given = [
        {"name": "_bundle", "value": "x"},
        {"name": "Engraving", "value": " "},
        {"name": "Gift", "value": None},
        {"name": None, "value": "x"},
    ]
    seen = order(line_items=[a_line(properties=given)])
    assert seen.lines[0].property_names == ()
    assert seen.shopper.line_properties == {}


def test_a_property_may_be_any_json() -> None:
    given = [{"name": "Length", "value": 12.5}, {"name": "Extra", "value": {"a": [1]}}]
    seen = order(line_items=[a_line(properties=given)])
    assert seen.shopper.line_properties["71"] == (("Length", "12.5"), ("Extra", '{"a":[1]}'))


def test_gift_cards_and_goods_that_need_no_shipping_are_not_physical() -> None:
    seen = order(line_items=[a_line(gift_card=True, requires_shipping=False), a_line(id=72, requires_shipping=None)])
    assert [(line.is_gift_card, line.is_physical) for line in seen.lines] == [(True, False), (False, None)]


# --- instants ---


def test_the_hour_that_autumn_repeats_is_told_apart_by_its_offset() -> None:
    first, second = (order(processed_at=f"2026-10-25T02:30:00{offset}").placed.at for offset in ("+02:00", "+01:00"))
    assert (second - first).total_seconds() == 3600


@pytest.mark.parametrize("stamp", ["2026-10-25T02:30:00", "2026-10-25", "yesterday", "", "2026-02-30T00:00:00Z"])
def test_an_instant_without_offset_or_sense_is_refused(stamp: str) -> None:
    assert refused_order(processed_at=stamp) == ("malformed", "processed_at")


@pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0099-01-01T00:00:00Z"])
def test_an_absurd_instant_is_refused(stamp: str) -> None:
    assert refused_order(processed_at=stamp) == ("absurd_date", "processed_at")


def test_an_imported_orders_date_is_when_it_was_processed_not_when_it_was_copied() -> None:
    seen = order(created_at="2026-10-01T00:00:00Z", processed_at="2024-03-01T00:00:00Z")
    assert seen.placed.at.year == 2024


# --- place, shopper, language ---


def test_nothing_to_ship_goes_where_the_bill_goes() -> None:
    seen = order(shipping_address=None, billing_address={"country_code": "ES", "province_code": "B"})
    assert seen.place == DeliveryPlace("ES", "B")


@pytest.mark.parametrize("code", [None, "", "ZZ", "Germany", "D1"])
def test_a_country_that_is_no_code_is_unknown(code: str | None) -> None:
    assert order(shipping_address={"country_code": code, "country": "Atlantis"}).place.country is None


def test_an_order_without_any_address_has_no_country_and_still_translates() -> None:
    seen = order(shipping_address=None, billing_address=None)
    assert seen.place == DeliveryPlace(None, None)


def test_a_state_without_code_is_kept_by_name() -> None:
    seen = order(shipping_address={"country_code": "GB", "province": "Scotland", "province_code": None})
    assert seen.place == DeliveryPlace("GB", "Scotland")


def test_protected_customer_data_withheld_in_a_webhook_is_no_fault() -> None:
    blank = {"first_name": None, "last_name": None, "address1": None, "zip": None, "phone": None, "country_code": "DE"}
    seen = order(shipping_address=blank, billing_address=blank, customer={"id": 8}, email=None)
    assert seen.place.country == "DE"
    assert (seen.shopper.name, seen.shopper.email) == (None, None)
    assert seen.shopper.delivery == Address(country="DE")


@pytest.mark.parametrize(
    ("locale", "language"), [("de", "de"), ("pt_BR", "pt-BR"), ("zh-Hans-CN", "zh-Hans-CN"), ("", None), ("../x", None)]
)
def test_the_orders_language_is_a_tag_or_unknown(locale: str, language: str | None) -> None:
    assert order(customer_locale=locale).language == language


def test_a_b2b_order_is_business_and_a_company_in_an_address_is_not() -> None:
    assert order(company={"id": 1, "location_id": 2}).is_business
    assert not order(shipping_address={"country_code": "DE", "company": "Ada & Co"}).is_business


def test_a_test_order_is_marked() -> None:
    assert order(test=True).is_test


# --- payment and standing ---


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


# --- fulfilments ---


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "javascript://example.com/%0aalert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https:",
        "http://[",
        "https://a b",
        " \tjavascript:x",
    ],
)
def test_a_tracking_link_that_is_not_plain_http_is_dropped_and_the_number_kept(url: str) -> None:
    parcel = a_fulfilment(tracking_numbers=["1"], tracking_urls=[url])
    assert order(fulfillments=[parcel]).fulfilments[0].parcels == (Parcel("DHL", "1", None),)
    node = a_fulfilment_node(trackingInfo=[{"company": "DHL", "number": "1", "url": url}])
    assert seen_order("", a_node(fulfillments=[node])).fulfilments[0].parcels == (Parcel("DHL", "1", None),)


def test_numbers_and_links_of_unequal_count_are_all_kept() -> None:
    given = a_fulfilment(tracking_numbers=["1", "2"], tracking_urls=["https://example.com/1"])
    parcels = order(fulfillments=[given]).fulfilments[0].parcels
    assert parcels == (Parcel("DHL", "1", "https://example.com/1"), Parcel("DHL", "2", None))


def test_a_fulfilment_without_lines_or_tracking_translates() -> None:
    bare = {
        key: value
        for key, value in a_fulfilment().items()
        if key not in {"line_items", "tracking_numbers", "tracking_urls"}
    }
    (fulfilment,) = order(fulfillments=[bare]).fulfilments
    assert (fulfilment.lines, fulfilment.parcels) == ((), ())


def test_a_fulfilment_said_to_be_delivered_has_its_order_read_again_for_the_instant() -> None:
    seen, again = translated("fulfillments/update", a_fulfilment(shipment_status="delivered"))
    assert isinstance(seen, FulfilmentSeen)
    assert seen.fulfilment.events == ()
    assert again == Reread(Subject.ORDER, Platform.SHOPIFY, "900")


def test_a_carriers_forecast_rides_beside_its_report_and_delivers_nothing() -> None:
    report = {**sample("fulfillment_events/create"), "estimated_delivery_at": "2026-10-09T10:00:00Z"}
    (event,) = translated("fulfillment_events/create", report)
    assert isinstance(event, DeliverySeen)
    assert event.event.status is DeliveryStatus.IN_TRANSIT
    assert event.estimated is not None
    assert event.estimated.source is Source.ESTIMATE


@pytest.mark.parametrize(
    ("status", "means"),
    [
        ("delivered", DeliveryStatus.DELIVERED),
        ("ready_for_pickup", DeliveryStatus.PICKUP_READY),
        ("attempted_delivery", DeliveryStatus.FAILED_ATTEMPT),
        ("failure", DeliveryStatus.EXCEPTION),
        ("teleported", DeliveryStatus.UNKNOWN),
    ],
)
def test_a_carriers_word_is_normalised(status: str, means: DeliveryStatus) -> None:
    (event,) = translated("fulfillment_events/create", {**sample("fulfillment_events/create"), "status": status})
    assert isinstance(event, DeliverySeen)
    assert (event.event.status, event.event.moment.source) == (means, Source.CARRIER)


# --- refunds ---


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


# --- returns, products, deletion ---


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
    (event,) = TRANSLATOR.translate(Message("customers/redact", b"{not json", {}))
    assert event == Ignored("not_for_orders", "customers/redact")


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
