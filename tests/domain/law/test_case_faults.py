"""What a case says that cannot be read is named by field, with what was expected; nothing is guessed."""

from typing import Any

import pytest

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.cases import Category, answer_case
from plugin.domain.law.errors import MalformedFact, MissingFact
from plugin.domain.law.rulebook import Rulebook

DAY, INSTANT = "a date YYYY-MM-DD", "an ISO 8601 instant with offset"
DELIVERED = "2026-11-02T12:00:00+00:00"
CASE: dict[str, Any] = {
    "id": "x",
    "category": "basic",
    "country": "DE",
    "subdivision": None,
    "tz": "Europe/Berlin",
    "facts": {"delivered_at": DELIVERED},
}


def asked(category: str = "basic", country: str = "DE", **facts: object) -> dict[str, Any]:
    return {**CASE, "category": category, "country": country, "facts": facts}


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({**CASE, "id": None}, "id"),
        ({**CASE, "category": None}, "category"),
        ({**CASE, "country": None}, "country"),
        ({**CASE, "tz": None}, "tz"),
        ({**CASE, "facts": None}, "facts"),
        (asked(), "facts.delivered_at"),
        (asked(deliveries=[{"parcel": 1}]), "facts.deliveries[0].delivered_at"),
        (asked(deliveries=[{"delivered_at": DELIVERED}, {}]), "facts.deliveries[1].delivered_at"),
        (asked(delivered_at=DELIVERED, informed="late"), "facts.informed_at"),
        (asked("notinformed", delivered_at=DELIVERED), "facts.informed"),
        (asked("timely", delivered_at=DELIVERED), "facts.statement_submitted_at"),
        (asked("world", "JP"), "facts.delivered_at"),
        (asked("refund"), "facts.trader_informed_at"),
        (asked("guarantee"), "facts.delivered_at"),
        (asked("guarantee", "HU", delivered_at=DELIVERED, listed_durable=True), "facts.price_huf"),
        (
            asked("guarantee", delivered_at="2026-07-31T12:00:00+00:00", repairs_completed_on=["2027-01-01"]),
            "facts.contract_concluded_on",
        ),
        (
            asked("guarantee", delivered_at=None, repairs_completed_on=["2027-01-01"]),
            "facts.contract_concluded_on",
        ),
        (asked("button"), "facts.contract_concluded_on"),
        (asked("exception", cart=[{"perishable": True}]), "facts.cart[0].item"),
    ],
)
def test_a_fact_that_is_missing_is_named(
    case: dict[str, Any], field: str, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    with pytest.raises(MissingFact) as missing:
        answer_case(case, rulebook, calendar)
    assert missing.value.facts == {"field": field}


@pytest.mark.parametrize(
    ("case", "field", "expected"),
    [
        ([], "(case)", "a JSON object"),
        ({**CASE, "id": 7}, "id", "a text"),
        ({**CASE, "category": "other"}, "category", " or ".join(Category)),
        ({**CASE, "tz": "Europe/Nowhere"}, "tz", "an IANA time zone"),
        ({**CASE, "tz": "../etc"}, "tz", "an IANA time zone"),
        ({**CASE, "facts": []}, "facts", "an object"),
        ({**CASE, "subdivision": "FR-75"}, "subdivision", "ISO 3166-2, a part of DE"),
        (asked(delivered_at=7), "facts.delivered_at", "a text"),
        (asked(delivered_at="yesterday"), "facts.delivered_at", INSTANT),
        (asked(delivered_at="2026-11-02T12:00:00"), "facts.delivered_at", INSTANT),
        (asked(delivered_at="1899-12-31T12:00:00+00:00"), "facts.delivered_at", INSTANT),
        (asked(delivered_at="2200-01-01T12:00:00+00:00"), "facts.delivered_at", INSTANT),
        (asked(deliveries="two"), "facts.deliveries", "a list"),
        (asked(deliveries=[7]), "facts.deliveries[0]", "an object"),
        (
            asked(deliveries=[{"delivered_at": "soon"}]),
            "facts.deliveries[0].delivered_at",
            INSTANT,
        ),
        (asked(delivered_at=DELIVERED, informed="perhaps"), "facts.informed", "before_contract or late or never"),
        (asked(delivered_at=DELIVERED, contract_concluded_on="2026-02-30"), "facts.contract_concluded_on", DAY),
        (asked(delivered_at=DELIVERED, contract_concluded_on="1899-12-31"), "facts.contract_concluded_on", DAY),
        (
            asked(delivered_at=DELIVERED, return_policy_displayed="yes"),
            "facts.return_policy_displayed",
            "true or false",
        ),
        (
            asked("world", "IL", delivered_at=DELIVERED, consumer_group="kings"),
            "facts.consumer_group",
            "senior, disability or new_immigrant, with or without conversation",
        ),
        (
            asked("guarantee", delivered_at=DELIVERED, condition="worn"),
            "facts.condition",
            "new, used_no_agreement or used_agreed_N",
        ),
        (
            asked("guarantee", delivered_at=DELIVERED, repairs_completed_on=[7]),
            "facts.repairs_completed_on[0]",
            DAY,
        ),
        (
            asked("guarantee", delivered_at=DELIVERED, repairs_completed_on=["2027-01-01", "soon"]),
            "facts.repairs_completed_on[1]",
            DAY,
        ),
        (asked("guarantee", delivered_at=DELIVERED, price_huf=True), "facts.price_huf", "a whole number"),
        (asked("guarantee", delivered_at=DELIVERED, price_huf=1.5), "facts.price_huf", "a whole number"),
        (asked("exception", protective_film_removed=1), "facts.protective_film_removed", "true or false"),
        (
            asked("exception", made_to_order_from_catalogue_options=1),
            "facts.made_to_order_from_catalogue_options",
            "true or false",
        ),
        (asked("exception", cart=[{"item": 7}]), "facts.cart[0].item", "a text"),
    ],
)
def test_a_fact_that_cannot_be_read_is_named_with_what_was_expected(
    case: object, field: str, expected: str, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    with pytest.raises(MalformedFact) as malformed:
        answer_case(case, rulebook, calendar)
    assert malformed.value.facts == {"field": field, "expected": expected}


@pytest.mark.parametrize(
    ("case", "warning"),
    [
        (asked(delivered_at=DELIVERED, colour="red"), "facts.colour is not a known fact and was ignored"),
        (
            asked(deliveries=[{"delivered_at": DELIVERED, "by": "bike"}]),
            "facts.deliveries[0].by is not a known fact and was ignored",
        ),
        (
            asked("exception", cart=[{"item": "pen", "ink": "red"}]),
            "facts.cart[0].ink is not a known fact and was ignored",
        ),
        (asked(delivered_at=DELIVERED, days=15), "facts.days is 15, the rulebook says 14 and answers"),
        (
            asked("guarantee", "DE", delivered_at=DELIVERED, burden_months=6),
            "facts.burden_months is 6, the rulebook says 12 and answers",
        ),
        (
            asked("world", "CL", delivered_at=DELIVERED, days=11),
            "facts.days is 11, the rulebook says 10 or 90 and answers",
        ),
    ],
)
def test_what_no_rule_knows_or_contradicts_one_is_warned_of_in_words(
    case: dict[str, Any], warning: str, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    assert answer_case(case, rulebook, calendar).warnings == (warning,)


def test_what_is_known_and_decides_nothing_is_not_warned_of(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    quiet = asked(delivered_at=DELIVERED, now=DELIVERED, days=14, day_of_event_counted=False, national_note="x")
    assert answer_case(quiet, rulebook, calendar).warnings == ()


def test_a_delivery_told_beside_the_facts_is_one_of_them(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    beside = {**CASE, "facts": {"informed": "before_contract"}, "delivered_at": DELIVERED}
    inside = answer_case(CASE, rulebook, calendar)
    assert (inside.id, answer_case(beside, rulebook, calendar).answer) == ("x", inside.answer)
    both = {**CASE, "delivered_at": "2026-11-09T12:00:00+00:00"}
    assert answer_case(both, rulebook, calendar).answer == inside.answer


def test_a_whole_number_may_come_as_a_decimal(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    case = asked("guarantee", "HU", delivered_at=DELIVERED, listed_durable=True, price_huf=250_001.0)
    assert answer_case(case, rulebook, calendar).answer == {"months": 36, "last_day": "2029-11-02"}


def test_every_year_that_a_case_may_name_is_read(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    for year in (1900, 2199):
        at = f"{year}-06-01T12:00:00+00:00"
        assert answer_case(asked(delivered_at=at), rulebook, calendar).answer["event_day"] == f"{year}-06-01"
