"""Bodies that are no record: each is parked with its code and field."""

import json

import pytest

from tests.support.woocommerce import (
    an_order_record,
    fault,
)


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
