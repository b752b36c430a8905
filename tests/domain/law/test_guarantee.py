"""Worked guarantees beyond the data set's. Months reckoned by hand."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plugin.domain.law.answers import ClockState, LegalGuarantee
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.errors import MalformedFact, MissingFact
from plugin.domain.law.facts import GuaranteeFacts, Place
from plugin.domain.law.guarantee import legal_guarantee
from plugin.domain.law.rulebook import Rulebook

Ask = Callable[..., Mapping[str, object]]
DELIVERED = "2026-08-10T10:00:00+00:00"
OLD, NEW = "2026-07-30", "2026-07-31"
"""The last contract day without, the first with the Union's extension after repair."""


@pytest.mark.parametrize(
    ("country", "condition", "months", "presumed_until"),
    [
        ("DE", "new", 24, "2027-08-10"),
        ("DE", "used_no_agreement", 24, "2027-08-10"),
        ("DE", "used_agreed_12", 12, "2027-08-10"),
        ("DE", "used_agreed_6", 12, "2027-08-10"),
        ("DE", "used_agreed_18", 18, "2027-08-10"),
        ("DE", "used_agreed_36", 24, "2027-08-10"),
        ("PT", "used_agreed_12", 18, "2028-02-10"),
        ("PT", "used_agreed_24", 24, "2028-08-10"),
        ("SE", "used_agreed_12", 36, "2028-08-10"),
        ("FR", "used_agreed_12", 24, "2027-08-10"),
        ("FR", "used_no_agreement", 24, "2027-08-10"),
        ("FR", "new", 24, "2028-08-10"),
        ("MX", "used_agreed_1", 3, None),
    ],
)
def test_used_goods_may_be_agreed_shorter_but_never_below_the_legal_minimum(
    ask: Ask, country: str, condition: str, months: int, presumed_until: str | None
) -> None:
    answer = ask("guarantee", country, delivered_at=DELIVERED, condition=condition)
    assert (answer["total_months"], answer["presumption_last_day"]) == (months, presumed_until)


@pytest.mark.parametrize(
    ("country", "concluded", "repairs", "months"),
    [
        ("DE", OLD, 1, 24),
        ("DE", NEW, 1, 36),
        ("DE", NEW, 3, 36),
        ("DE", NEW, 0, 24),
        ("FR", OLD, 1, 30),
        ("FR", OLD, 2, 30),
        ("FR", NEW, 1, 36),
        ("PT", OLD, 1, 42),
        ("PT", OLD, 5, 60),
        ("PT", NEW, 1, 48),
        ("PT", NEW, 2, 48),
        ("PT", NEW, 3, 54),
        ("NO", NEW, 1, 24),
        ("GB", NEW, 1, 72),
    ],
)
def test_a_repair_adds_the_better_of_the_unions_year_and_the_national_months(
    ask: Ask, country: str, concluded: str, repairs: int, months: int
) -> None:
    done = [f"2027-0{month}-01" for month in range(1, repairs + 1)]
    asked = {"delivered_at": DELIVERED, "contract_concluded_on": concluded, "repairs_completed_on": done}
    assert ask("guarantee", country, **asked)["total_months"] == months


def test_a_repair_asks_for_the_contract_date_only_where_it_decides(ask: Ask) -> None:
    repaired = {"repairs_completed_on": ["2027-01-01"]}
    with pytest.raises(MissingFact, match="contract_concluded_on"):
        ask("guarantee", "DE", delivered_at=DELIVERED, **repaired)
    before = ask("guarantee", "DE", delivered_at="2026-07-01T10:00:00+00:00", **repaired)
    assert before["total_months"] == 24
    assert ask("guarantee", "NO", delivered_at=DELIVERED, **repaired)["total_months"] == 24
    assert ask("guarantee", "FI", delivered_at=DELIVERED, **repaired)["total_months"] is None


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (10_000, {"months": 24, "last_day": "2028-08-10"}),
        (250_000, {"months": 24, "last_day": "2028-08-10"}),
        (250_001, {"months": 36, "last_day": "2029-08-10"}),
    ],
)
def test_a_listed_durable_in_hungary_has_a_mandatory_guarantee_by_price(
    ask: Ask, price: int, expected: Mapping[str, object]
) -> None:
    assert ask("guarantee", "HU", delivered_at=DELIVERED, price_huf=price, listed_durable=True) == expected


@pytest.mark.parametrize(("price", "listed"), [(9_999, True), (180_000, False)])
def test_other_goods_in_hungary_have_the_ordinary_guarantee(ask: Ask, price: int, *, listed: bool) -> None:
    answer = ask("guarantee", "HU", delivered_at=DELIVERED, price_huf=price, listed_durable=listed)
    assert answer["total_months"] == 24


def test_the_hungarian_tier_needs_the_price(ask: Ask) -> None:
    with pytest.raises(MissingFact, match="price_huf"):
        ask("guarantee", "HU", delivered_at=DELIVERED, listed_durable=True)


def test_brazil_counts_days_and_more_of_them_for_durables(ask: Ask) -> None:
    assert ask("guarantee", "BR", delivered_at=DELIVERED) == {"last_day": "2026-09-09"}
    assert ask("guarantee", "BR", delivered_at=DELIVERED, durable=True) == {"last_day": "2026-11-08"}


@pytest.mark.parametrize("country", ["NO", "IS"])
def test_goods_meant_to_last_longer_have_five_years_in_norway_and_iceland(ask: Ask, country: str) -> None:
    assert ask("guarantee", country, delivered_at=DELIVERED, long_life=True)["total_months"] == 60
    assert ask("guarantee", country, delivered_at=DELIVERED)["total_months"] == 24
    assert ask("guarantee", "DE", delivered_at=DELIVERED, long_life=True)["total_months"] == 24


@pytest.mark.parametrize(
    ("country", "display", "presumed_until"),
    [
        ("NL", "at_least_24_months_depends_on_expected_life", "2027-08-10"),
        ("FI", "at_least_24_months_depends_on_expected_life", "2027-08-10"),
        ("US", None, None),
        ("AU", None, None),
        ("SG", None, "2027-02-10"),
        ("JP", None, None),
    ],
)
def test_without_a_fixed_period_no_end_date_is_printed(
    ask: Ask, country: str, display: str | None, presumed_until: str | None
) -> None:
    assert ask("guarantee", country, delivered_at=DELIVERED) == {
        "total_months": None,
        "last_day": None,
        "display": display,
        "presumption_last_day": presumed_until,
    }


REPLACED = {"delivered_at": "2026-02-02T11:00:00+00:00", "replacement_delivered_at": "2026-11-02T11:00:00+00:00"}


def test_a_replacement_restarts_the_french_guarantee_only_where_repair_was_chosen(ask: Ask) -> None:
    assert ask("guarantee", "FR", **REPLACED, repair_chosen_not_done=True) == {"last_day": "2028-11-02"}
    assert ask("guarantee", "FR", **REPLACED)["last_day"] == "2028-02-02"
    assert ask("guarantee", "DE", **REPLACED, repair_chosen_not_done=True)["last_day"] == "2028-02-02"


def test_an_unknown_condition_is_an_error_that_names_the_field(ask: Ask) -> None:
    with pytest.raises(MalformedFact, match=r"facts\.condition"):
        ask("guarantee", "DE", delivered_at=DELIVERED, condition="refurbished")


def guarantee(
    rulebook: Rulebook,
    calendar: HolidayCalendar,
    country: str,
    zone: str,
    **facts: Any,  # noqa: ANN401  # whatever fact the test is about
) -> LegalGuarantee:
    delivered = datetime(2026, 8, 10, 10, tzinfo=UTC)
    place = Place(country, ZoneInfo(zone), facts.pop("subdivision", None))
    return legal_guarantee(GuaranteeFacts(**{"place": place, "delivered_at": delivered, **facts}), rulebook, calendar)


def test_the_anniversary_is_shown_and_claims_are_accepted_until_the_rolled_day(
    rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    delivered = datetime(2026, 8, 8, 10, tzinfo=UTC)
    found = guarantee(rulebook, calendar, "AT", "Europe/Vienna", delivered_at=delivered, repairs_completed_on=())
    assert (found.last_day, found.last_day_rolled) == (date(2028, 8, 8), date(2028, 8, 8))
    sunday = guarantee(rulebook, calendar, "AT", "Europe/Vienna", delivered_at=datetime(2026, 8, 13, 10, tzinfo=UTC))
    assert (sunday.last_day, sunday.last_day_rolled) == (date(2028, 8, 13), date(2028, 8, 14))
    assert sunday.expires_at == datetime(2028, 8, 14, 22, tzinfo=UTC)


@pytest.mark.parametrize(("country", "zone"), [("GB", "Europe/London"), ("IE", "Europe/Dublin")])
def test_a_mere_limitation_period_refuses_nothing_by_date(
    rulebook: Rulebook, calendar: HolidayCalendar, country: str, zone: str
) -> None:
    found = guarantee(rulebook, calendar, country, zone)
    assert found.last_day == date(2032, 8, 10)
    assert found.expires_at is None


def test_scotlands_limitation_is_five_years(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    found = guarantee(rulebook, calendar, "GB", "Europe/London", subdivision="GB-SCT")
    assert found.total_months == 60


def test_before_delivery_the_months_are_known_but_no_day(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    found = guarantee(rulebook, calendar, "DE", "Europe/Berlin", delivered_at=None)
    assert found.state is ClockState.NOT_STARTED
    assert (found.total_months, found.last_day, found.expires_at, found.presumption_last_day) == (24, None, None, None)


def test_an_unknown_region_accepts_guarantee_claims_until_the_latest_day(
    rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    delivered = datetime(2025, 1, 6, 10, tzinfo=UTC)  # 6 Jan 2027 is Epiphany, a Wednesday
    berlin = ZoneInfo("Europe/Berlin")
    facts = GuaranteeFacts(Place("DE", berlin, is_region_certain=False), delivered)
    found = legal_guarantee(facts, rulebook, calendar)
    assert found.last_day == found.last_day_rolled == date(2027, 1, 6)
    assert found.expires_at == datetime(2027, 1, 7, 23, tzinfo=UTC)
