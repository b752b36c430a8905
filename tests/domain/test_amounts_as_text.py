from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.money import Money, NotAnAmount, exponent

CURRENCIES = ("EUR", "JPY", "KWD")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6), st.sampled_from(CURRENCIES))
def test_any_decimal_text_reads_as_its_exact_minor_units_rounded_half_up(value: Decimal, currency: str) -> None:
    exact = (value * 10 ** exponent(currency)).to_integral_value(ROUND_HALF_UP)
    assert Money.parse(f"{value:f}", currency) == Money(int(exact), currency)


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(CURRENCIES))
def test_an_amount_written_with_its_currencys_decimals_comes_back_unchanged(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.parse(f"{money.decimal():f}", currency) == money


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("111.66", "EUR", 11166),
        ("-11.90", "EUR", -1190),
        ("-0.00", "EUR", 0),
        ("5", "EUR", 500),
        (".5", "EUR", 50),
        ("21337.80", "JPY", 21338),
        ("21337.49", "JPY", 21337),
        ("1.005", "EUR", 101),
        ("-1.005", "EUR", -101),
        ("12.3456", "KWD", 12346),
        ("1.0E-5", "EUR", 0),
        ("1E+3", "EUR", 100_000),
        ("999999999999999999", "JPY", 999_999_999_999_999_999),
    ],
)
def test_worked_amounts(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", "NaN", "Infinity", "1_000", "1,5", " 1.00", "1.00\n", "1.2.3", "١٢.00", "--1", "0x10", "12 €"],
)
def test_what_is_not_a_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.parse(text, "EUR")


@pytest.mark.parametrize("text", ["1e99", "1e999999999999", "9" * 17, "9" * 5000, "9999999999999999.999"])
def test_an_amount_that_no_database_column_holds_is_refused_at_once(text: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.parse(text, "EUR")


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "€€€"])
def test_a_currency_that_is_no_code_is_refused(currency: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.parse("1.00", currency)
