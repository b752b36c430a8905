"""A text is read sentence by sentence."""

from plugin.domain.policy.lint.sentences import split


def test_a_full_stop_inside_an_address_or_a_number_ends_no_sentence() -> None:
    assert split("See ec.europa.eu/odr now. It costs 2.5 EUR! 退款。好") == [
        "See ec.europa.eu/odr now.",
        "It costs 2.5 EUR!",
        "退款。",
        "好",
    ]
