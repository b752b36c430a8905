"""The traps of WooCommerce's order records, one hostile record each (REST v3, WooCommerce 10.5)."""

import json

import pytest

from plugin.domain.money import Money
from plugin.domain.order import PaymentKind, Standing
from plugin.domain.shop_events import Ignored
from plugin.domain.times import Source
from plugin.ports.errors import Unreadable
from tests.support.woocommerce import (
    Record,
    an_order_record,
    recorded_orders,
    the_order,
    translated,
    with_line,
    with_meta,
)


def fault(record: object, topic: str = "") -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        translated(record, topic)
    return caught.value.code, caught.value.field


# --- money -----------------------------------------------------------------------------------------------------------
def test_a_yen_total_with_decimals_is_whole_yen() -> None:
    order = the_order(an_order_record(currency="JPY", total="21337.80"))
    assert order.total.shop == Money(21338, "JPY")


def test_a_dinar_total_keeps_its_three_decimals() -> None:
    assert the_order(an_order_record(currency="KWD", total="12.345")).total.shop == Money(12345, "KWD")


@pytest.mark.parametrize("price", [111.66, 1e308, 0, "x", None])
def test_the_float_price_of_a_line_is_never_read(price: object) -> None:
    assert the_order(with_line(price=price)) == the_order(an_order_record())


def test_line_totals_exclude_tax_even_where_the_shop_shows_prices_with_it() -> None:
    order = the_order(an_order_record(prices_include_tax=True))
    assert order.prices_include_tax is False
    assert (order.lines[0].total.shop.minor, order.lines[0].tax.shop.minor) == (11166, 2568)


def test_what_a_coupon_took_off_a_line_is_its_discount() -> None:
    line = the_order(with_line(subtotal="120.00", total="111.66")).lines[0]
    assert line.discount.shop == Money(834, "PLN")


@pytest.mark.parametrize("total", ["NaN", "Infinity", "", "1e999999999", "12,50", "1" * 40])
def test_an_amount_that_is_none_parks_the_order_and_names_the_field(total: str) -> None:
    assert fault(an_order_record(total=total)) == ("not_an_amount", "total")
    assert fault(with_line(total_tax=total)) == ("not_an_amount", "line_items[].total_tax")


def test_an_amount_sent_as_a_number_parks_the_order() -> None:
    assert fault(an_order_record(total=242.59)) == ("wrong_type", "total")


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "€"])
def test_a_currency_that_is_no_code_parks_the_order(currency: str) -> None:
    assert fault(an_order_record(currency=currency)) == ("not_a_currency", "currency")


def test_the_order_total_does_not_change_on_refund() -> None:
    assert the_order(an_order_record()).total.shop == Money(24259, "PLN")


# --- several currencies ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("base", "rate"),
    [
        ("_wcpay_multi_currency_order_default_currency", "_wcpay_multi_currency_order_exchange_rate"),
        ("_woocs_order_base_currency", "_woocs_order_rate"),
    ],
)
@pytest.mark.parametrize("value", ["4.25", 4.25])
def test_a_rate_kept_by_a_currency_plugin_gives_the_amounts_in_the_shops_currency(
    base: str, rate: str, value: object
) -> None:
    order = the_order(with_meta((base, "EUR"), (rate, value)))
    assert (order.currency, order.presentment_currency) == ("EUR", "PLN")
    assert (order.total.shop, order.total.presentment) == (Money(5708, "EUR"), Money(24259, "PLN"))


@pytest.mark.parametrize("rate", ["0", "", "-1", "NaN", "1e9", None, [], {}, True])
def test_a_rate_that_is_no_use_leaves_the_order_in_its_own_currency(rate: object) -> None:
    order = the_order(with_meta(("_woocs_order_base_currency", "EUR"), ("_woocs_order_rate", rate)))
    assert (order.currency, order.total.shop) == ("PLN", Money(24259, "PLN"))


def test_a_rate_that_leads_beyond_any_amount_parks_the_order() -> None:
    record = with_meta(("_woocs_order_base_currency", "EUR"), ("_woocs_order_rate", "0.00000000000000000001"))
    assert fault(record)[0] == "not_an_amount"


# --- identity --------------------------------------------------------------------------------------------------------
def test_ids_beyond_two_to_the_fifty_third_keep_every_digit() -> None:
    record = with_line(id=9007199254740993, product_id=9007199254740995)
    order = the_order({**record, "id": 9223372036854775807})
    assert order.ref.external_id == "9223372036854775807"
    assert (order.lines[0].id, order.lines[0].product_id) == ("9007199254740993", "9007199254740995")


@pytest.mark.parametrize("order_id", [0, -1, "", "12a", 10**20, "١٢"])
def test_an_id_that_is_none_parks_the_order(order_id: object) -> None:
    assert fault(an_order_record(id=order_id)) == ("not_an_id", "id")


@pytest.mark.parametrize("order_id", [None, True, 1.5, [], {}])
def test_an_id_of_a_wrong_type_parks_the_order(order_id: object) -> None:
    assert fault(an_order_record(id=order_id))[1] == "id"


@pytest.mark.parametrize(
    ("field", "digits"), [*((field, n) for field in ("id", "customer_id") for n in (20, 4299, 4301)), ("number", 9999)]
)
def test_a_number_of_thousands_of_digits_is_no_id(field: str, digits: int) -> None:
    body = json.dumps(an_order_record(**{field: "HERE"})).encode().replace(b'"HERE"', b"9" * digits + b"9")
    assert fault(body)[1] == field


@pytest.mark.parametrize("number", ["2026-ÄÖ/00017", "#205", 205])
def test_the_order_number_is_whatever_text_plugins_make_of_it(number: object) -> None:
    assert the_order(an_order_record(number=number)).number == str(number)


def test_customer_zero_is_a_guest() -> None:
    assert the_order(an_order_record(customer_id=0)).shopper.external_id is None


def test_two_lines_with_one_id_park_the_order() -> None:
    record = an_order_record()
    record["line_items"] *= 2
    assert fault(record) == ("repeated_id", "line_items[].id")


# --- lines -----------------------------------------------------------------------------------------------------------
def test_a_line_of_a_deleted_product_has_no_product_variant_or_sku_and_keeps_the_rest() -> None:
    blanked = with_line(product_id=0, variation_id=0, sku=None, parent_name=None, global_unique_id=None)
    line = the_order(blanked).lines[0]
    assert (line.product_id, line.variant_id, line.sku, line.variant_title) == (None, None, None, None)
    assert line.title == "T-Shirt Bio-Baumwolle - XL, Black"
    assert line.options == (("Size", "XL"), ("Color", "Black"))


def test_an_order_of_deleted_products_is_not_taken_for_digital_though_it_needs_no_processing() -> None:
    (deleted,) = (raw for raw in recorded_orders() if raw["id"] == 402)
    assert deleted["needs_processing"] is False
    assert [line.is_physical for line in the_order(deleted).lines] == [None]


def test_an_order_that_needs_no_processing_is_digital_and_any_other_is_unknown() -> None:
    assert the_order(an_order_record(needs_processing=False)).lines[0].is_physical is False
    assert the_order(an_order_record(needs_processing=True)).lines[0].is_physical is None
    assert the_order(an_order_record(needs_processing=True, shipping_lines=[])).lines[0].is_physical is None


@pytest.mark.parametrize("image", [{"id": "", "src": ""}, {"id": 0, "src": False}, None, []])
def test_a_line_without_a_usable_image_reads_as_well(image: object) -> None:
    assert the_order(with_line(image=image)) == the_order(an_order_record())


def test_the_variant_is_told_from_the_product_by_the_parents_name() -> None:
    line = the_order(an_order_record()).lines[0]
    assert (line.title, line.variant_title) == ("T-Shirt Bio-Baumwolle", "XL, Black")


def test_a_product_renamed_since_leaves_the_name_of_the_day_of_the_order() -> None:
    line = the_order(with_line(parent_name="Organic tee")).lines[0]
    assert (line.title, line.variant_title) == ("T-Shirt Bio-Baumwolle - XL, Black", None)


def test_what_was_typed_into_a_line_is_personal_and_only_its_name_is_on_the_line() -> None:
    record = with_line(
        meta_data=[
            {"id": 1, "key": "Gravur", "value": "“Ever <b>yours</b>”", "display_key": "Gravur", "display_value": "x"},
            {"id": 2, "key": "刻印", "value": 7},
            {"id": 3, "key": "Datei", "value": {"url": "https://files.example/u.png"}},
            {"id": 4, "key": "Gravur", "value": "again"},
            {"id": 5, "key": "_reduced_stock", "value": "1"},
            {"id": 6, "key": "pa_color", "value": "black", "display_key": "Color", "display_value": "Black"},
        ]
    )
    order = the_order(record)
    assert order.lines[0].property_names == ("Gravur", "刻印", "Datei")
    assert order.lines[0].options == (("Color", "Black"),)
    assert order.shopper.line_properties == {
        order.lines[0].id: (
            ("Gravur", "“Ever <b>yours</b>”"),
            ("刻印", "7"),
            ("Datei", '{"url": "https://files.example/u.png"}'),
            ("Gravur", "again"),
        )
    }
    assert "yours" not in repr(order.lines)


@pytest.mark.parametrize("quantity", [-1, 1_000_001, 2**63])
def test_a_quantity_nobody_orders_parks_the_order(quantity: int) -> None:
    assert fault(with_line(quantity=quantity)) == ("not_a_quantity", "line_items[].quantity")


def test_half_a_unit_parks_the_order() -> None:
    assert fault(with_line(quantity=0.5)) == ("wrong_type", "line_items[].quantity")


# --- meta ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("value", [None, True, 0, 1.5, "", "x", [], {}, [1, [2]], {"a": {"b": None}}])
def test_a_meta_value_may_be_any_json(value: object) -> None:
    keys = ("wpml_language", "_vat_number", "_wc_shipment_tracking_items", "_tracking_number", "_date_shipped", "other")
    order = the_order(with_meta(*((key, value) for key in keys)))
    assert order.ref.external_id == "205"
    assert order.is_business is False or value in (0, 1)


def test_a_repeated_meta_key_counts_by_its_first_usable_value() -> None:
    order = the_order(with_meta(("wpml_language", ""), ("wpml_language", "pl"), ("wpml_language", "de")))
    assert order.language == "pl"


@pytest.mark.parametrize(
    ("key", "value", "language"),
    [
        ("wpml_language", "de", "de"),
        ("_order_language", "zh_Hans", "zh-Hans"),
        ("trp_language", "pt_BR", "pt-BR"),
        ("wpml_language", "<script>", None),
        ("wpml_language", 7, None),
    ],
)
def test_the_order_language_is_what_the_language_plugin_noted(key: str, value: object, language: str | None) -> None:
    assert the_order(with_meta((key, value))).language == language


@pytest.mark.parametrize("key", ["_billing_vat_number", "_vat_number", "vat_number"])
def test_a_vat_number_makes_the_shopper_a_business(key: str) -> None:
    assert the_order(with_meta((key, "DE145565729"))).is_business is True


@pytest.mark.parametrize(
    "metas",
    [
        [("is_vat_exempt", "yes")],
        [("_billing_vat_number", "")],
        [("_billing_vat_number", "-")],
        [("_billing_vat_number", "none")],
        [("_vat_number", "DE1"), ("_vat_number_is_validated", "true"), ("_vat_number_is_valid", "false")],
    ],
)
def test_nobody_loses_a_consumers_rights_without_a_vat_number(metas: list[tuple[str, str]]) -> None:
    record = with_meta(*metas)
    record["billing"]["company"] = "ACME GmbH"
    assert the_order(record).is_business is False


# --- standing and payment --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["delivered", "partial-shipped", "awaiting-pickup", "completed", "processing"])
def test_a_custom_status_is_kept_as_it_is_and_counts_as_placed(status: str) -> None:
    order = the_order(an_order_record(status=status))
    assert (order.platform_status, order.standing) == (status, Standing.PLACED)


def test_a_status_called_delivered_delivers_nothing() -> None:
    order = the_order({**with_meta(("_tracking_number", "1Z")), "status": "delivered"})
    assert [fulfilment.events for fulfilment in order.fulfilments] == [()]
    assert the_order(an_order_record(status="delivered", date_completed_gmt=None)).completed is None


def test_completed_is_the_shops_word_and_no_delivery() -> None:
    order = the_order(an_order_record(status="completed"))
    assert order.completed is not None
    assert order.completed.source is Source.PLATFORM
    assert order.fulfilments == ()


@pytest.mark.parametrize(
    ("status", "paid", "standing"),
    [
        ("pending", None, Standing.UNPAID),
        ("on-hold", None, Standing.UNPAID),
        ("on-hold", "2023-12-12T12:23:08", Standing.PLACED),
        ("cancelled", "2023-12-12T12:23:08", Standing.CANCELLED),
        ("failed", None, Standing.FAILED),
        ("refunded", None, Standing.REFUNDED),
    ],
)
def test_what_a_status_means_for_the_shopper(status: str, paid: str | None, standing: Standing) -> None:
    assert the_order(an_order_record(status=status, date_paid_gmt=paid)).standing is standing


@pytest.mark.parametrize("status", ["checkout-draft", "auto-draft"])
@pytest.mark.parametrize("topic", ["", "order.created", "order.updated"])
def test_a_checkout_draft_is_no_order(status: str, topic: str) -> None:
    bare: Record = {"billing": {}, "shipping": {}, "line_items": [], "payment_method": ""}
    assert translated(an_order_record(status=status, **bare), topic) == Ignored("checkout_draft")


def test_a_trashed_order_is_left_out_of_an_import() -> None:
    assert translated(an_order_record(status="trash")) == Ignored("trashed")


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("cod", PaymentKind.CASH_ON_DELIVERY),
        ("bacs", PaymentKind.BANK_TRANSFER),
        ("cheque", PaymentKind.CHEQUE),
        ("stripe", PaymentKind.ONLINE),
        ("a-new-gateway", PaymentKind.ONLINE),
        ("", PaymentKind.NONE),
    ],
)
def test_how_the_shopper_paid_follows_from_the_gateway(method: str, kind: PaymentKind) -> None:
    assert the_order(an_order_record(payment_method=method)).payment is kind


# --- people and places -----------------------------------------------------------------------------------------------
def test_an_order_without_shipping_address_goes_to_the_billing_country() -> None:
    record = an_order_record()
    record["shipping"] = dict.fromkeys(record["shipping"], "")
    record["billing"] |= {"country": "de", "state": "DE-BY"}
    order = the_order(record)
    assert (order.place.country, order.place.state) == ("DE", "DE-BY")
    assert order.shopper.delivery is None


@pytest.mark.parametrize("country", ["", "Germany", "D", "12", "ÄÖ", None])
def test_a_country_that_is_no_code_is_unknown(country: str | None) -> None:
    record = an_order_record()
    record["shipping"]["country"] = record["billing"]["country"] = country
    assert the_order(record).place.country is None


def test_unicode_and_markup_stay_as_typed() -> None:
    hostile = '<script>alert(1)</script> & "\u202e" 🎁 置き配'
    record = with_line(name=hostile, parent_name=None)
    record["billing"]["first_name"] = record["customer_note"] = hostile
    order = the_order(record)
    assert order.lines[0].title == order.shopper.note == hostile
    assert order.shopper.name == f"{hostile} Ćwiklińska"


def test_a_nul_that_no_database_text_holds_is_replaced_and_other_backslashes_are_not() -> None:
    order = the_order(an_order_record(customer_note="a\x00b \\u0000 \\\x00"))
    assert order.shopper.note == "a\ufffdb \\u0000 \\\ufffd"


# --- unreadable ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>502 Bad Gateway</html>",
        b"\xff\xfe",
        b'{"id": 1, "x": NaN}',
        json.dumps(an_order_record()).encode()[:-1],
        json.dumps(an_order_record(customer_note="\ud800")).encode(),
    ],
)
@pytest.mark.parametrize("topic", ["", "order.updated", "order.deleted", "product.updated", "action.wc_x"])
def test_what_is_not_json_is_parked_as_such(body: bytes, topic: str) -> None:
    assert fault(body, topic) == ("not_json", "body")


@pytest.mark.parametrize("topic", ["", "order.updated"])
def test_text_in_another_encoding_is_parked(topic: str) -> None:
    body = json.dumps(an_order_record(customer_note="HERE")).encode().replace(b"HERE", "é".encode("latin-1"))
    assert fault(body, topic) == ("not_json", "body")


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
@pytest.mark.parametrize("head", [b"", b'{"meta_data": [{"key": "_tracking_number", "value": '])
def test_nesting_without_end_is_parked(opening: bytes, head: bytes) -> None:
    assert fault(head + opening * 1_000_000)[0] in ("too_deep", "wrong_type")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"17", b"{}", b'{"id": 17}', b'{"205": []}'])
def test_json_that_is_no_record_we_know_is_parked(body: bytes) -> None:
    assert fault(body)[1] == "body"


@pytest.mark.parametrize(
    "field",
    ["status", "currency", "total", "shipping_total", "number", "billing", "line_items", "refunds", "meta_data"],
)
def test_a_missing_field_that_is_needed_parks_the_order_and_is_named(field: str) -> None:
    record = an_order_record()
    del record[field]
    assert fault(record) == ("missing_field", field)


def test_a_record_without_an_id_is_none_we_know() -> None:
    record = an_order_record()
    del record["id"]
    assert fault(record) == ("unknown_record", "body")


def test_a_missing_field_of_a_line_is_named_with_its_place() -> None:
    record = an_order_record()
    del record["line_items"][0]["total_tax"]
    assert fault(record) == ("missing_field", "line_items[].total_tax")
