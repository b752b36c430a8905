"""What an unreadable record still tells of itself."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.usecases.record_subject import changed_at, record_subject
from tests.support.woocommerce import raw_orders, recorded_orders, recorded_refunds

TOPICS = st.sampled_from(["", "order.updated", "orders/updated", "refunds/create"])


@pytest.mark.parametrize(
    ("topic", "body", "order"),
    [
        ("order.updated", b'{"id": 7}', "7"),
        ("order.updated", b'{"id": "7"}', "7"),
        ("orders/updated", b'{"id": 70, "admin_graphql_api_id": "gid://shopify/Order/7"}', "7"),
        ("", b'{"id": "gid://shopify/Order/7"}', "7"),
        ("", b'{"data": {"order": {"id": "gid://shopify/Order/7"}}}', "7"),
        ("", b'{"order": {"id": 7, "order_number": 1007}}', "7"),
        ("", b'{"topic": "orders/paid", "payload": {"id": 7, "financial_status": "paid"}}', "7"),
        ("", b'{"id": 7, "order_key": "wc_order_1"}', "7"),
        ("", b'{"id": 7, "amount": "5.00", "line_items": []}', None),
        ("", b'{"id": 7}', None),
        ("", b'{"id": "gid://shopify/Refund/7", "order": {"id": "gid://shopify/Order/8"}}', None),
        ("refunds/create", b'{"id": 7, "order_id": 8}', None),
        ("orders/delete", b'{"id": 7}', None),
        ("order.deleted", b'{"id": 7}', None),
        ("order.updated", b'{"id": 7.5}', None),
        ("order.updated", b'{"id": true}', None),
        ("order.updated", b'{"id": -7}', None),
        ("order.updated", b'{"id": "' + "٧".encode() + b'"}', None),
        ("order.updated", b'{"id": 7' + b"7" * 5000 + b"}", None),
        ("order.updated", b"[" * 100_000, None),
        ("order.updated", b"\xff\xfe\x00", None),
        ("order.updated", b'{"id": 7', None),
    ],
)
def test_a_record_names_its_order_only_where_it_is_a_state_of_one(topic: str, body: bytes, order: str | None) -> None:
    assert record_subject(topic, body) == order


def test_recorded_orders_name_themselves_and_recorded_refunds_name_none() -> None:
    assert [record_subject("", body) for body in raw_orders()] == [str(order["id"]) for order in recorded_orders()]
    refunds = [refund for found in recorded_refunds().values() for refund in found]
    assert {record_subject("", json_of(refund)) for refund in refunds} == {None}


def json_of(record: object) -> bytes:
    return json.dumps(record).encode()


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (b'{"date_modified_gmt": "2026-03-01T12:00:00"}', datetime(2026, 3, 1, 12, tzinfo=UTC)),
        (b'{"order": {"updated_at": "2026-03-01T13:00:00+01:00"}}', datetime(2026, 3, 1, 12, tzinfo=UTC)),
        (b'{"data": {"order": {"updatedAt": "2026-03-01T12:00:00Z"}}}', datetime(2026, 3, 1, 12, tzinfo=UTC)),
        (b'{"updated_at": "0001-01-01T00:00:00+14:00"}', None),
        (b'{"updated_at": null}', None),
        (b"{}", None),
        (b"<html>", None),
    ],
)
def test_a_record_tells_when_it_was_changed_where_that_can_be_read(body: bytes, at: datetime | None) -> None:
    assert changed_at(body) == at


@given(TOPICS, st.binary())
def test_no_bytes_break_it(topic: str, body: bytes) -> None:
    order, at = record_subject(topic, body), changed_at(body)
    assert order is None or (order.isascii() and order.isdecimal())
    assert at is None or at.tzinfo is UTC
