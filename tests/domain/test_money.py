import operator
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.errors import Invalid
from plugin.domain.money import CurrencyMismatch, Money, exponent

currencies = st.sampled_from(["EUR", "PLN", "JPY", "KWD"])
minors = st.integers(-(10**18), 10**18)
amounts = st.builds(Money, minors, currencies)
weights = st.lists(st.integers(0, 10**12), min_size=1, max_size=30)


@given(amounts, weights)
def test_the_parts_of_a_split_add_up_to_the_whole_unit_by_unit(whole: Money, shares: list[int]) -> None:
    parts = whole.split(shares)
    assert len(parts) == len(shares)
    assert sum(part.minor for part in parts) == whole.minor
    assert {part.currency for part in parts} == {whole.currency}


@given(amounts, weights)
def test_no_part_of_a_split_is_a_whole_unit_from_its_fair_share_or_has_the_other_sign(
    whole: Money, shares: list[int]
) -> None:
    fair = shares if any(shares) else [1] * len(shares)
    for part, share in zip(whole.split(shares), fair, strict=True):
        assert abs(part.minor * sum(fair) - whole.minor * share) < sum(fair)
        assert part.minor * whole.minor >= 0


@given(amounts, weights)
def test_who_has_no_weight_gets_nothing_while_anybody_has(whole: Money, shares: list[int]) -> None:
    parts = whole.split([0, *shares, 1])
    assert parts[0] == Money.zero(whole.currency)


@given(amounts, weights)
def test_a_refund_splits_as_its_charge_did_with_the_sign_turned(whole: Money, shares: list[int]) -> None:
    assert (-whole).split(shares) == tuple(-part for part in whole.split(shares))


@pytest.mark.parametrize("shares", [[], [-1], [3, -1, 5]])
def test_a_split_without_weights_or_with_a_negative_one_is_refused(shares: list[int]) -> None:
    with pytest.raises(Invalid):
        Money(100, "EUR").split(shares)


def test_a_yen_that_cannot_be_halved_goes_to_the_first() -> None:
    assert Money(101, "JPY").split([1, 1]) == (Money(51, "JPY"), Money(50, "JPY"))
    assert Money(-100, "EUR").split([1, 1, 1]) == (Money(-34, "EUR"), Money(-33, "EUR"), Money(-33, "EUR"))
    assert Money(5, "EUR").split([0, 0]) == (Money(3, "EUR"), Money(2, "EUR"))


@given(minors, minors, st.permutations(["EUR", "JPY", "KWD"]))
@pytest.mark.parametrize("combine", [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge])
def test_amounts_of_two_currencies_are_never_combined_or_compared(
    combine: Callable[[Money, Money], object], left: int, right: int, codes: list[str]
) -> None:
    with pytest.raises(CurrencyMismatch):
        combine(Money(left, codes[0]), Money(right, codes[1]))


def test_the_same_number_in_two_currencies_is_not_the_same_amount() -> None:
    assert Money(0, "EUR") != Money(0, "JPY")


@given(amounts, minors)
def test_what_is_added_and_taken_away_again_leaves_no_trace(money: Money, minor: int) -> None:
    other = Money(minor, money.currency)
    assert money + other - other == money
    assert money - money == Money.zero(money.currency) == -Money.zero(money.currency)


@pytest.mark.parametrize(
    ("currency", "decimals", "text"), [("JPY", 0, "1234"), ("EUR", 2, "12.34"), ("KWD", 3, "1.234")]
)
def test_a_minor_unit_is_what_iso_4217_says(currency: str, decimals: int, text: str) -> None:
    assert exponent(currency) == decimals
    assert f"{Money(1234, currency).decimal():f}" == text
