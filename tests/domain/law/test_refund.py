"""Worked refund clocks beyond the data set's."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from plugin.domain.law.errors import MissingFact

Ask = Callable[..., Mapping[str, object]]


def noon(day: str) -> str:
    return f"{day}T12:00:00+00:00"


@pytest.mark.parametrize(
    ("facts", "latest"),
    [
        ({"trader_collects": True}, "2026-11-16"),
        ({"trader_collects": True, "goods_back_at": noon("2026-11-30")}, "2026-11-16"),
        ({"goods_back_at": noon("2026-11-30")}, "2026-11-30"),
        ({"goods_back_at": noon("2026-11-30"), "proof_of_sending_at": noon("2026-11-20")}, "2026-11-20"),
        ({"goods_back_at": noon("2026-11-05"), "proof_of_sending_at": noon("2026-11-20")}, "2026-11-16"),
        ({}, None),
    ],
)
def test_the_trader_may_withhold_until_goods_or_proof_unless_he_collects(
    ask: Ask, facts: dict[str, Any], latest: str | None
) -> None:
    answer = ask("refund", "DE", trader_informed_at=noon("2026-11-02"), **facts)
    assert answer["refund_latest"] == latest
    assert answer["return_sending_last_day"] == "2026-11-16"


def test_the_merchants_day_is_nominal_and_the_shoppers_rolled(ask: Ask) -> None:
    answer = ask("refund", "DE", trader_informed_at=noon("2026-12-11"), goods_back_at=noon("2026-12-14"))
    assert (answer["refund_14d_nominal"], answer["refund_14d_rolled"]) == ("2026-12-25", "2026-12-28")
    assert answer["refund_latest"] == "2026-12-25"


def test_the_legal_day_is_the_day_at_the_shoppers_place(ask: Ask) -> None:
    answer = ask("refund", "FI", trader_informed_at="2026-11-02T22:30:00+00:00", trader_collects=True)
    assert answer["refund_14d_nominal"] == "2026-11-17"


@pytest.mark.parametrize(
    ("country", "facts", "latest"),
    [
        ("ZA", {"cancelled_on": "2026-11-10"}, "2026-12-10"),
        ("CA-QC", {"cancelled_on": "2026-11-10"}, "2026-11-25"),
        ("IL", {"cancelled_on": "2026-11-10"}, "2026-11-24"),
        ("TR", {"cancelled_on": "2026-11-10"}, "2026-11-24"),
        ("BR", {"cancelled_on": "2026-11-10"}, "2026-11-10"),
        ("CL", {"cancelled_on": "2026-11-10"}, "2026-12-25"),
        ("CN", {"goods_back_at": noon("2026-11-10")}, "2026-11-17"),
        ("KR", {"goods_back_at": noon("2026-11-12")}, "2026-11-17"),  # Thursday; Friday, Monday, Tuesday
        ("GB", {"goods_back_at": noon("2026-11-10")}, "2026-11-24"),
        ("GB", {"cancelled_on": "2026-11-01", "trader_collects": True}, "2026-11-15"),
        ("MX", {"cancelled_on": "2026-11-10"}, None),
    ],
)
def test_outside_the_union_the_countrys_own_refund_days_count(
    ask: Ask, country: str, facts: dict[str, Any], latest: str | None
) -> None:
    assert ask("world", country, **facts) == {"refund_latest": latest}


def test_a_british_refund_runs_from_goods_or_proof_and_never_rolls(ask: Ask) -> None:
    answer = ask("refund", "GB", trader_informed_at=noon("2026-11-01"), proof_of_sending_at=noon("2026-11-07"))
    assert answer["refund_latest"] == answer["refund_14d_rolled"] == "2026-11-21"
    assert answer["return_sending_last_day"] == "2026-11-15"


def test_a_refund_clock_needs_to_know_when_the_trader_was_told(ask: Ask) -> None:
    with pytest.raises(MissingFact, match="trader_informed_at"):
        ask("refund", "DE", goods_back_at=noon("2026-11-02"))
