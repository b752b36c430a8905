"""Each date comes twice, local and `_gmt`: only the second is an instant (REST v3, WooCommerce 10.5)."""

from datetime import UTC, datetime

import pytest

from plugin.domain.times import Moment, Source
from tests.support.woocommerce import an_order_record, fault, the_order

NEEDED = ("date_created_gmt", "date_modified_gmt")
OPTIONAL = ("date_paid_gmt", "date_completed_gmt")


def test_two_orders_of_the_repeated_hour_in_autumn_keep_their_two_instants() -> None:
    local = "2025-10-26T02:30:00"
    first = the_order(an_order_record(date_created=local, date_created_gmt="2025-10-26T00:30:00"))
    second = the_order(an_order_record(date_created=local, date_created_gmt="2025-10-26T01:30:00"))
    assert first.placed == Moment(datetime(2025, 10, 26, 0, 30, tzinfo=UTC), Source.PLATFORM)
    assert second.placed == Moment(datetime(2025, 10, 26, 1, 30, tzinfo=UTC), Source.PLATFORM)


@pytest.mark.parametrize("field", [*NEEDED, *OPTIONAL])
def test_a_missing_gmt_date_parks_the_order_though_the_local_one_is_there(field: str) -> None:
    record = an_order_record()
    assert record[field.removesuffix("_gmt")]
    del record[field]
    assert fault(record) == ("missing_field", field)


@pytest.mark.parametrize("field", NEEDED)
@pytest.mark.parametrize("value", [None, ""])
def test_an_order_without_its_creation_or_change_is_parked(field: str, value: object) -> None:
    assert fault(an_order_record(**{field: value}))[1] == field


@pytest.mark.parametrize("value", [None, ""])
def test_an_order_may_be_neither_paid_nor_completed(value: object) -> None:
    order = the_order(an_order_record(date_paid_gmt=value, date_completed_gmt=value))
    assert (order.paid, order.completed) == (None, None)


@pytest.mark.parametrize("field", [*NEEDED, *OPTIONAL])
@pytest.mark.parametrize(
    "value",
    [
        "0000-00-00T00:00:00",
        "-0001-11-30T00:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:59",
        "2100-01-01T00:00:00",
        "2025-02-30T00:00:00",
        "yesterday",
        "１９９９-01-01T00:00:00",
        "1700000000",
        "2025-10-26T00:30:00 ",
    ],
)
def test_an_absurd_date_parks_the_order_and_is_named(field: str, value: str) -> None:
    assert fault(an_order_record(**{field: value})) == ("not_an_instant", field)


@pytest.mark.parametrize("text", ["2025-10-26T00:30:00Z", "2025-10-26T02:30:00+02:00"])
def test_a_gmt_date_with_an_offset_is_the_instant_it_names(text: str) -> None:
    order = the_order(an_order_record(date_modified_gmt=text))
    assert order.updated_at == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert order.updated_at.tzinfo is UTC


@pytest.mark.parametrize("value", [1700000000, 1.5, True, [], {}])
def test_a_date_that_is_no_text_parks_the_order(value: object) -> None:
    assert fault(an_order_record(date_created_gmt=value)) == ("wrong_type", "date_created_gmt")
