"""What one person decides alone: one amount for each currency, and nothing guessed between them."""

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.canned import CannedText
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.money import Money

LIMITS = ClaimSettings(second_above=(Money(20000, "EUR"),), goodwill=(Money(5000, "EUR"),))
AMOUNTS = st.integers(min_value=0, max_value=10**9)


@given(AMOUNTS)
def test_a_second_person_is_needed_above_the_limit_and_not_at_it(minor: int) -> None:
    assert LIMITS.needs_second(Money(minor, "EUR")) == (minor > 20000)


@given(AMOUNTS)
def test_another_currency_always_takes_two_once_one_has_a_limit(minor: int) -> None:
    assert LIMITS.needs_second(Money(minor, "SEK"))
    assert not ClaimSettings().needs_second(Money(minor, "SEK"))


def test_a_currency_without_a_budget_leaves_nothing_to_give() -> None:
    assert LIMITS.goodwill_of_month("EUR") == Money(5000, "EUR")
    assert LIMITS.goodwill_of_month("SEK") == Money(0, "SEK")


@given(st.text())
def test_a_text_is_filled_with_what_it_asks_for_and_nothing_else_changes(typed: str) -> None:
    text = CannedText("name", "en", f"{{name}}{typed.replace('{', '')}{{unknown}}")
    assert text.filled({"name": "{number}"}) == "{number}" + typed.replace("{", "") + "{unknown}"
