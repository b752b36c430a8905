"""Ids and lines of hostile order records (REST v3, WooCommerce 10.5)."""

import json

import pytest

from tests.support.woocommerce import (
    an_order_record,
    fault,
    recorded_orders,
    the_order,
    with_line,
)


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
