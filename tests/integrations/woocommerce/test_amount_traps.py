"""Amounts of hostile order records, and the currencies they are in (REST v3, WooCommerce 10.5)."""

import pytest

from plugin.domain.money import Money
from tests.support.woocommerce import (
    an_order_record,
    fault,
    the_order,
    with_line,
    with_meta,
)


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
