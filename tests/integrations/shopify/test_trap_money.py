"""Traps of money."""

import pytest

from plugin.domain.money import Money
from plugin.domain.order import (
    Price,
)
from tests.integrations.shopify.samples import (
    a_line,
    money,
)
from tests.integrations.shopify.traps import eur, order, refused_order


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
