"""Refunds come as summaries inside an order, or whole; amounts may be missing (REST v3, WooCommerce 10.5)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from plugin.domain.money import Money
from plugin.domain.order import Price
from plugin.domain.shop_events import RefundReported
from plugin.domain.times import Moment, Source
from tests.support.woocommerce import (
    Record,
    an_order_record,
    fault,
    recorded_refunds,
    the_order,
    the_refund,
    translated,
    with_meta,
)


def zloty(minor: int) -> Price:
    return Price(Money(minor, "PLN"), Money(minor, "PLN"))


def a_refund_record(**changes: object) -> Record:
    """A recorded refund of one line, with some fields changed."""
    records = (raw for refunds in recorded_refunds().values() for raw in refunds)
    return {**next(raw for raw in records if raw["line_items"]), **changes}


@pytest.mark.parametrize("total", ["-", ""])
def test_a_refund_without_an_amount_has_none(total: str) -> None:
    assert the_refund(an_order_record(refunds=[{"id": 2289, "reason": "", "total": total}])).amount is None


def test_refunds_are_positive_and_ordered_though_they_come_negative_and_unordered() -> None:
    order = the_order(
        an_order_record(
            refunds=[
                {"id": 1000, "reason": "", "total": "-0.10"},
                {"id": 999, "reason": "", "total": "-11.90"},
                {"id": 2000, "reason": "", "total": "-0.00"},
                {"id": 1500, "reason": "", "total": "3.00"},
            ]
        )
    )
    assert [(r.id, r.amount) for r in order.refunds] == [
        ("999", zloty(1190)),
        ("1000", zloty(10)),
        ("1500", zloty(300)),
        ("2000", zloty(0)),
    ]


def test_a_summary_does_not_say_when_so_the_orders_last_change_stands_in_as_an_estimate() -> None:
    order = the_order(an_order_record(date_modified_gmt="2023-12-23T14:36:22"))
    assert order.refunds[0].moment == Moment(datetime(2023, 12, 23, 14, 36, 22, tzinfo=UTC), Source.ESTIMATE)


def test_a_whole_refund_inside_an_order_gives_its_instant_and_its_lines() -> None:
    whole = a_refund_record(id=206, amount="30.00", date_created_gmt="2023-12-20T10:00:00")
    refund = the_refund(an_order_record(refunds=[whole]))
    (line,) = whole["line_items"]
    assert refund.moment == Moment(datetime(2023, 12, 20, 10, tzinfo=UTC), Source.PLATFORM)
    assert refund.amount == zloty(3000)
    assert [(part.line, part.quantity) for part in refund.lines] == [
        (line["meta_data"][0]["value"], -line["quantity"]),
    ]
    assert refund.lines[0].amount.shop.decimal() == -Decimal(line["total"])
    assert refund.lines[0].tax.shop.decimal() == -Decimal(line["total_tax"])


@pytest.mark.parametrize("item_id", ["331", 331])
def test_the_refunded_line_is_named_by_its_meta_as_text_or_number(item_id: object) -> None:
    record = a_refund_record()
    record["line_items"][0]["meta_data"] = [{"id": 1, "key": "_refunded_item_id", "value": item_id}]
    event = translated(record)
    assert isinstance(event, RefundReported)
    assert [part.line for part in event.refund.lines] == ["331"]


def test_a_refunded_item_that_names_no_line_is_money_without_a_line() -> None:
    record = a_refund_record(amount="5.00")
    record["line_items"][0]["meta_data"] = []
    event = translated(record)
    assert isinstance(event, RefundReported)
    assert (event.refund.amount, event.refund.lines) == (Decimal("5.00"), ())


@pytest.mark.parametrize("amount", ["-", ""])
def test_a_whole_refund_without_an_amount_has_none(amount: str) -> None:
    event = translated(a_refund_record(amount=amount))
    assert isinstance(event, RefundReported)
    assert event.refund.amount is None


def test_a_refund_on_its_own_is_priced_in_its_orders_currencies() -> None:
    order = the_order(with_meta(("_woocs_order_base_currency", "EUR"), ("_woocs_order_rate", "4.25")))
    event = translated(a_refund_record(amount="42.50"))
    assert isinstance(event, RefundReported)
    assert event.refund.priced(order).amount == Price(Money(1000, "EUR"), Money(4250, "PLN"))


def test_a_refund_that_names_no_order_is_parked() -> None:
    assert fault(a_refund_record(_links={})) == ("missing_field", "parent_id")
    assert fault(a_refund_record(_links={"up": [{"href": "https://shop.example/orders/x"}]})) == (
        "missing_field",
        "parent_id",
    )


def test_a_refund_without_its_gmt_date_is_parked() -> None:
    assert fault(a_refund_record(date_created_gmt=None)) == ("missing_field", "date_created_gmt")


@pytest.mark.parametrize("amount", ["NaN", "1e999999", "x"])
def test_a_refund_of_no_amount_we_can_read_is_parked(amount: str) -> None:
    assert fault(a_refund_record(amount=amount)) == ("not_an_amount", "amount")


def test_two_refunds_with_one_id_park_the_order() -> None:
    record = an_order_record(refunds=[{"id": 1, "total": "-1.00"}] * 2)
    assert fault(record) == ("repeated_id", "refunds[].id")
