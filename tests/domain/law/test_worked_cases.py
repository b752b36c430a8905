"""Every worked case of the data set, as given and without the facts that repeat the rulebook."""

import json
from pathlib import Path
from typing import Any

import pytest

from plugin.domain.law.answers import Certainty
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.case_facts import Facts, zone_of
from plugin.domain.law.case_reading import withdrawal_facts
from plugin.domain.law.cases import Category, answer_case
from plugin.domain.law.facts import Place
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.law.withdrawal import withdrawal_window
from tests.support.named import named

PAYLOADS = Path(__file__).parents[2] / "payloads" / "law"
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (PAYLOADS / "vectors.jsonl").read_text("utf-8").splitlines()
]
REPEATS = {"days", "months", "base_months", "burden_months", "day_of_event_counted"}
ANSWERS = {"expected", "explanation", "public_holidays_assumed", "confidence", "rule"}


def question(case: dict[str, Any], *, with_repeats: bool = True) -> dict[str, Any]:
    asked = {name: value for name, value in case.items() if name not in ANSWERS}
    if not with_repeats:
        facts = {n: v for n, v in case["facts"].items() if n not in REPEATS and not n.startswith("national_")}
        asked["facts"] = facts
    return asked


def test_the_data_set_is_all_here() -> None:
    assert len(CASES) == 159
    assert {case["category"] for case in CASES} == set(Category)


def test_the_answer_has_exactly_the_expected_keys_and_values(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    for case in CASES:
        with named(case["id"]):
            answered = answer_case(question(case), rulebook, calendar)
            assert dict(answered.answer) == case["expected"]
            assert list(answered.answer) == list(case["expected"])
            assert answered.warnings == ()


def test_facts_that_repeat_the_rulebook_change_nothing_when_removed(
    rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    for case in CASES:
        with named(case["id"]):
            answered = answer_case(question(case, with_repeats=False), rulebook, calendar)
            assert dict(answered.answer) == case["expected"]


@pytest.mark.parametrize("name", sorted(REPEATS | {"national_repair_extension_months"}))
def test_a_contradicting_fact_is_warned_of_and_the_rulebook_answers(
    name: str, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    about_goods = name in {"base_months", "burden_months", "national_repair_extension_months"}
    chosen = "guarantee-DE-014" if about_goods else "world-IL-022"
    case = next(case for case in CASES if case["id"] == chosen)
    wrong = {**question(case), "facts": {**case["facts"], name: 77}}
    answered = answer_case(wrong, rulebook, calendar)
    assert dict(answered.answer) == case["expected"]
    assert [name in warning for warning in answered.warnings] == [True]


# Ends on a Sunday, where the country's weekend rule is unverified: stricter here than the case's own label.
STRICTER = {"world-IL-022"}


def test_an_unverified_rule_never_answers_as_certain(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    asked = {"basic", "holiday", "weekend", "regional", "multi", "dst", "utc", "notinformed", "world"}
    for case in CASES:
        if case["category"] in asked and "cancelled_on" not in case["facts"]:
            place = Place(case["country"], zone_of(case["tz"]), case["subdivision"])
            window = withdrawal_window(withdrawal_facts(Facts(case["facts"]), place), rulebook, calendar)
            is_unverified = window.certainty is Certainty.UNVERIFIED
            assert is_unverified == (case["confidence"] == "unverified" or case["id"] in STRICTER), case["id"]
