"""Worked guarantees and refund clocks with all they say: days, every step, the sources. Reckoned by hand."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.facts import GoodsCondition, GuaranteeFacts, RefundFacts
from plugin.domain.law.guarantee import legal_guarantee
from plugin.domain.law.refund import refund_deadline
from plugin.domain.law.rulebook import Rulebook
from tests.domain.law.told import CHRISTMAS, DELIVERED, Told, at_place, hour, listed, noon, rests_on, steps

GUARANTEES: list[Told] = [
    (
        at_place("DE"),
        {"delivered_at": DELIVERED},
        "running fixed 24 24 2028-12-11 2028-12-11 12-11T23Z 12 2027-12-11 - 24",
        ["delivered 2026-12-11", "guarantee_fixed"],
        "secondary SGD DE_BOP DE_REP SGD_art._10 SGD_art._13",
    ),
    (
        at_place("DE"),
        {"delivered_at": None},
        "not_started fixed 24 24 - - - 12 - - 24",
        ["not_started"],
        "secondary SGD DE_BOP DE_REP SGD_art._10 SGD_art._13",
    ),
    (
        at_place("DE"),
        {"delivered_at": DELIVERED, "repairs_completed_on": (date(2027, 5, 1), date(2027, 3, 1))},
        "running fixed 24 36 2029-12-11 2029-12-11 12-11T23Z 12 2027-12-11 - 24",
        ["delivered 2026-12-11", "guarantee_fixed", "repair_extension 2027-03-01 12 months"],
        "secondary SGD DE_BOP DE_REP SGD_art._10 SGD_art._13 SGD_art._10(2a)",
    ),
    (
        at_place("DE"),
        {"delivered_at": DELIVERED, "condition": GoodsCondition.USED, "agreed_months": 12},
        "running fixed 12 12 2027-12-11 2027-12-13 12-13T23Z 12 2027-12-11 - 24",
        ["delivered 2026-12-11", "guarantee_fixed", "rolled_over_saturday 2027-12-11", "rolled_over_sunday 2027-12-12"],
        "unverified SGD DE_BOP DE_REP SGD_art._10 SGD_art._13",
    ),
    (
        at_place("FR"),
        {"delivered_at": DELIVERED, "is_repair_chosen_not_done": True, "replacement_delivered_at": noon("2027-06-01")},
        "running fixed 24 24 2029-06-01 2029-06-01 06-01T22Z 24 2029-06-01 - 24",
        ["replacement_delivered 2027-06-01", "guarantee_fixed"],
        "verified SGD FR_CC SGD_art._10 SGD_art._13",
    ),
    (
        at_place("BR"),
        {"delivered_at": DELIVERED, "is_durable": True},
        "running complaint_period - - 2027-03-11 2027-03-11 03-12T03Z - - - -",
        ["delivered 2026-12-11", "guarantee_complaint_period"],
        "verified BR",
    ),
    (
        at_place("BR"),
        {"delivered_at": DELIVERED},
        "running complaint_period - - 2027-01-10 2027-01-11 01-12T03Z - - - -",
        ["delivered 2026-12-11", "guarantee_complaint_period", "rolled_over_sunday 2027-01-10"],
        "verified BR",
    ),
    (
        at_place("FI"),
        {"delivered_at": DELIVERED},
        "running expected_life - - - - - 12 2027-12-11 at_least_24_months_depends_on_expected_life 24",
        ["delivered 2026-12-11", "guarantee_expected_life"],
        "verified SGD FI SGD_art._10 SGD_art._13",
    ),
    (
        at_place("GB", "GB-SCT"),
        {"delivered_at": DELIVERED},
        "running limitation_only 60 60 2031-12-11 2031-12-11 - 6 2027-06-11 - -",
        ["delivered 2026-12-11", "guarantee_limitation_only"],
        "unverified",
    ),
    (
        at_place("NO"),
        {"delivered_at": DELIVERED, "is_long_lived": True},
        "running fixed 60 60 2031-12-11 2031-12-11 12-11T23Z 24 2028-12-11 - 24",
        ["delivered 2026-12-11", "guarantee_fixed"],
        "verified NO SGD_art._10 SGD_art._13",
    ),
    (
        at_place("JP"),
        {"delivered_at": DELIVERED},
        "running complaint_period 12 - - - - - - - -",
        ["delivered 2026-12-11", "guarantee_complaint_period"],
        "unverified",
    ),
    (
        at_place("US"),
        {"delivered_at": DELIVERED},
        "running implied_warranty - - - - - - - - -",
        ["delivered 2026-12-11", "guarantee_implied_warranty"],
        "unverified",
    ),
    (
        at_place("ES", is_region_certain=False, other_zones=(ZoneInfo("Atlantic/Canary"),)),
        {"delivered_at": noon("2026-12-11", 23)},
        "running fixed 36 36 2029-12-12 2029-12-12 12-12T23Z 24 2028-12-12 - 36",
        ["delivered 2026-12-12", "guarantee_fixed"],
        "secondary SGD ES SGD_art._10 SGD_art._13",
    ),
]
REFUNDS: list[Told] = [
    (
        at_place("DE"),
        {"trader_informed_at": DELIVERED},
        "2026-12-25 2026-12-28 - - 2026-12-28",
        ["refund_clock_started 2026-12-11 trader_informed", "refund_day 2026-12-25", *CHRISTMAS],
        "verified CRD_art._13",
    ),
    (
        at_place("DE"),
        {"trader_informed_at": DELIVERED, "trader_collects": True},
        "2026-12-25 2026-12-28 - 2026-12-25 2026-12-28",
        ["refund_clock_started 2026-12-11 trader_informed", "trader_collects", "refund_day 2026-12-25", *CHRISTMAS],
        "verified CRD_art._13",
    ),
    (
        at_place("DE"),
        {"trader_informed_at": None},
        "- - - - -",
        ["refund_clock_not_started trader_informed"],
        "verified CRD_art._13",
    ),
    (
        at_place("KR"),
        {"trader_informed_at": DELIVERED, "goods_back_at": noon("2026-12-14")},
        "2026-12-17 2026-12-17 2026-12-14 2026-12-17 -",
        ["refund_clock_started 2026-12-14 goods_back", "refund_day 2026-12-17"],
        "unverified",
    ),
    (
        at_place("CN"),
        {"trader_informed_at": DELIVERED},
        "- - - - -",
        ["refund_clock_not_started goods_back"],
        "verified CN",
    ),
    (
        at_place("GB"),
        {
            "trader_informed_at": DELIVERED,
            "proof_of_sending_at": noon("2026-12-13"),
            "goods_back_at": noon("2026-12-15"),
        },
        "2026-12-27 2026-12-27 2026-12-13 2026-12-27 2026-12-25",
        ["refund_clock_started 2026-12-13 goods_back_or_proof", "refund_day 2026-12-27"],
        "verified UK",
    ),
    (
        at_place("BR"),
        {"trader_informed_at": DELIVERED},
        "2026-12-11 2026-12-11 - 2026-12-11 -",
        ["refund_clock_started 2026-12-11 trader_informed", "refund_day 2026-12-11"],
        "verified BR",
    ),
]


@pytest.mark.parametrize("case", GUARANTEES)
def test_a_guarantee_tells_its_months_its_steps_and_its_sources(
    case: Told, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    place, facts, days, reasons, sources = case
    given = legal_guarantee(GuaranteeFacts(place, **facts), rulebook, calendar)
    ends = (given.last_day, given.last_day_rolled, hour(given.expires_at))
    presumed = (given.presumption_months, given.presumption_last_day)
    months = (given.base_months, given.total_months)
    assert listed(given.state, given.kind, *months, *ends, *presumed, given.display, given.display_min_months) == days
    assert (steps(given), rests_on(given)) == (reasons, sources)


@pytest.mark.parametrize("case", REFUNDS)
def test_a_refund_clock_tells_its_days_its_steps_and_its_sources(
    case: Told, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    place, facts, days, reasons, sources = case
    due = refund_deadline(RefundFacts(place, **facts), rulebook, calendar)
    told = (due.nominal_day, due.rolled_day, due.withhold_released_on, due.latest, due.return_sending_last_day)
    assert (listed(*told), steps(due), rests_on(due)) == (days, reasons, sources)
