"""What each check digit catches, and what by its nature it cannot."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plugin.domain.tracking import check_digits

Digit = Callable[[str], str]
DIGITS = "0123456789"
serials = st.text(DIGITS, min_size=8, max_size=8)
numbers = st.text(DIGITS, min_size=3, max_size=25)


@st.composite
def slips(draw: st.DrawFn, of: st.SearchStrategy[str]) -> tuple[str, str]:
    """Draw a number, and the same with one digit mistyped."""
    number = draw(of)
    place = draw(st.integers(0, len(number) - 1))
    other = draw(st.sampled_from([digit for digit in DIGITS if digit != number[place]]))
    return number, number[:place] + other + number[place + 1 :]


@st.composite
def swaps(draw: st.DrawFn, of: st.SearchStrategy[str]) -> tuple[str, str]:
    """Draw a number, and the same with two unlike neighbours exchanged."""
    number = draw(of)
    place = draw(st.integers(0, len(number) - 2))
    left, right = number[place], number[place + 1]
    assume(left != right)
    return number, number[:place] + right + left + number[place + 2 :]


@pytest.mark.parametrize(
    ("digit", "before", "expected"),
    [
        (check_digits.s10, "47312482", "9"),  # UPU S10-12, worked example
        (check_digits.gs1, "0034043383644263659", "7"),  # paketda.de
        (check_digits.ups, "5R8939035756712", "7"),  # tracking_number_data
        (check_digits.fedex, "98657878885", "5"),  # tracking_number_data
        (check_digits.modulo_7, "331881002", "5"),  # tracking_number_data
        (check_digits.identcode, "56310243031", "3"),  # BWIPP
        (check_digits.luhn, "32059546393", "8"),  # tracking_number_data, Purolator
        (check_digits.modulo_37_36, "09980000020033", "F"),  # tracking_number_data
        (check_digits.modulo_37_36, "01015026003653", "C"),  # paketda.de
    ],
)
def test_documented_numbers_end_in_their_check_digit(digit: Digit, before: str, expected: str) -> None:
    assert digit(before) == expected


@pytest.mark.parametrize("digit", [check_digits.gs1, check_digits.gls, check_digits.luhn])
@given(slip=slips(numbers))
def test_modulo_ten_catches_every_mistyped_digit(digit: Digit, slip: tuple[str, str]) -> None:
    number, mistyped = slip
    assert digit(number) != digit(mistyped)


@given(swap=swaps(numbers))
def test_weights_three_and_one_catch_every_exchange_but_of_digits_five_apart(swap: tuple[str, str]) -> None:
    number, exchanged = swap
    moved = next(left for left, right in zip(number, exchanged, strict=True) if left != right)
    other = next(right for left, right in zip(number, exchanged, strict=True) if left != right)
    assert (check_digits.gs1(number) == check_digits.gs1(exchanged)) == (abs(int(moved) - int(other)) == 5)


@given(slip=slips(numbers))
def test_dpd_s_check_character_catches_every_mistyped_digit(slip: tuple[str, str]) -> None:
    number, mistyped = slip
    assert check_digits.modulo_37_36(number) != check_digits.modulo_37_36(mistyped)


@given(slip=slips(serials) | swaps(serials))
def test_the_posts_check_digit_misses_only_the_two_that_stand_for_two_rests(slip: tuple[str, str]) -> None:
    number, mistyped = slip
    if check_digits.s10(number) == check_digits.s10(mistyped):
        assert check_digits.s10(number) in {"0", "5"}


@pytest.mark.parametrize(("digit", "even"), [(check_digits.ups, 1), (check_digits.identcode, 0)])
@given(slip=slips(st.text(DIGITS, min_size=11, max_size=15)))
def test_an_even_weight_misses_only_a_digit_that_is_five_off(digit: Digit, even: int, slip: tuple[str, str]) -> None:
    number, mistyped = slip
    place = next(place for place in range(len(number)) if number[place] != mistyped[place])
    is_missed = place % 2 == even and abs(int(number[place]) - int(mistyped[place])) == 5
    assert (digit(number) == digit(mistyped)) == is_missed


@given(slip=slips(st.text(DIGITS, min_size=11, max_size=13)) | swaps(st.text(DIGITS, min_size=11, max_size=13)))
def test_fedex_misses_only_rests_of_ten_and_nought(slip: tuple[str, str]) -> None:
    number, mistyped = slip
    if check_digits.fedex(number) == check_digits.fedex(mistyped):
        assert check_digits.fedex(number) == "0"
