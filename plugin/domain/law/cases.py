"""Answers worked cases: category, country and facts in, the answer with exactly the keys of its category out.

There is no `now` in a case, and `rule` is only a label: country and facts decide.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.case_answers import Answer
from plugin.domain.law.case_facts import Facts, zone_of
from plugin.domain.law.case_goods import exception_answer
from plugin.domain.law.case_periods import (
    guarantee_of,
    not_informed_window_of,
    refund_of,
    timely_of,
    undelivered_window_of,
    window_of,
    world_of,
)
from plugin.domain.law.case_question import Question
from plugin.domain.law.errors import MalformedFact, MissingFact
from plugin.domain.law.facts import Place
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.law.withdrawal_function import withdrawal_function_duty


class Category(StrEnum):
    """What a case asks."""

    BASIC = "basic"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    REGIONAL = "regional"
    MULTI = "multi"
    DST = "dst"
    UTC = "utc"
    NO_DELIVERY = "nodelivery"
    NOT_INFORMED = "notinformed"
    GUARANTEE = "guarantee"
    REFUND = "refund"
    TIMELY = "timely"
    EXCEPTION = "exception"
    WORLD = "world"
    BUTTON = "button"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one case; warnings name facts no rule knows and facts that contradict the rulebook."""

    id: str
    answer: Answer
    warnings: tuple[str, ...]


def answer_case(raw: object, rulebook: Rulebook, calendar: HolidayCalendar) -> Answered:
    """The answer to one case (a JSON object).

    Raises `MissingFact` and `MalformedFact` (each names the field) and `UnknownJurisdiction`.
    """
    if not isinstance(raw, Mapping):
        raise MalformedFact("(case)", "a JSON object")
    case_id, category = _text(raw, "id"), _category(raw)
    question = Question(rulebook, calendar, _place(raw), _facts(raw))
    answer = _ANSWERS[category](question)
    return Answered(case_id, answer, tuple(question.warnings()))


def _exception(question: Question) -> Answer:
    return exception_answer(question.facts, question.jurisdiction)


def _button(question: Question) -> Answer:
    concluded = question.facts.day("contract_concluded_on")
    if concluded is None:
        raise question.facts.missing("contract_concluded_on")
    return {"required": withdrawal_function_duty(question.place.country, concluded, question.rulebook).required}


_ANSWERS: Mapping[Category, Callable[[Question], Answer]] = {
    Category.BASIC: window_of,
    Category.HOLIDAY: window_of,
    Category.WEEKEND: window_of,
    Category.REGIONAL: window_of,
    Category.MULTI: window_of,
    Category.DST: window_of,
    Category.UTC: window_of,
    Category.NO_DELIVERY: undelivered_window_of,
    Category.NOT_INFORMED: not_informed_window_of,
    Category.GUARANTEE: guarantee_of,
    Category.REFUND: refund_of,
    Category.TIMELY: timely_of,
    Category.EXCEPTION: _exception,
    Category.WORLD: world_of,
    Category.BUTTON: _button,
}


def _text(raw: Mapping[str, object], name: str) -> str:
    value = raw.get(name)
    if value is None:
        raise MissingFact(name)
    if not isinstance(value, str):
        raise MalformedFact(name, "a text")
    return value


def _category(raw: Mapping[str, object]) -> Category:
    name = _text(raw, "category")
    if name not in set(Category):
        raise MalformedFact("category", " or ".join(Category))
    return Category(name)


def _facts(raw: Mapping[str, object]) -> Facts:
    """The facts; a delivery told only beside them counts as one of them."""
    if raw.get("facts") is None:
        raise MissingFact("facts")
    facts = raw["facts"]
    if isinstance(facts, Mapping) and "delivered_at" not in facts and "delivered_at" in raw:
        facts = {**facts, "delivered_at": raw["delivered_at"]}
    return Facts(facts)


def _place(raw: Mapping[str, object]) -> Place:
    country, zone = _text(raw, "country"), zone_of(_text(raw, "tz"))
    if raw.get("subdivision") is None:
        return Place(country, zone)
    subdivision = _text(raw, "subdivision")
    if not subdivision.startswith(f"{country.partition('-')[0]}-"):
        raise MalformedFact("subdivision", f"ISO 3166-2, a part of {country}")
    return Place(country, zone, subdivision)
