"""Days that turn on the hour, the zone or the price: what lies just on either side."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.facts import ConsumerGroup, GoodsCondition, GuaranteeFacts, Informed, WithdrawalFacts
from plugin.domain.law.liability_period import base_months, presumption_months, repair_extension_months
from plugin.domain.law.mandatory_guarantee import MandatoryGuarantee, mandatory_guarantee
from plugin.domain.law.rolling import rolling_at, rolling_to_latest
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.law.withdrawal import withdrawal_window
from plugin.domain.law.withdrawal_function import has_withdrawal_function_law, withdrawal_function_duty
from plugin.domain.law.zones import delivery_place
from tests.domain.law.told import DELIVERED, at_place, noon


def test_late_information_counts_on_the_day_it_is_where_the_shopper_is(
    rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    late = WithdrawalFacts(at_place("DE"), deliveries=(DELIVERED,), informed=Informed.LATE)
    evening = replace(late, informed_at=noon("2027-02-01", 23))  # already Tuesday in Berlin
    assert withdrawal_window(evening, rulebook, calendar).last_day == date(2027, 2, 16)
    never_dated = withdrawal_window(late, rulebook, calendar)
    assert never_dated.last_day == date(2027, 12, 28)


@pytest.mark.parametrize(
    ("informed_on", "last_day"),
    [
        ("2026-12-14", "2026-12-28"),  # the days it starts end with the first ones
        ("2026-12-15", "2026-12-29"),
        ("2027-12-11", "2027-12-27"),  # twelve months to the day; 25 December is a Saturday
        ("2027-12-12", "2027-12-28"),  # a day later it restarts nothing any more
    ],
)
def test_information_restarts_the_days_for_twelve_months_and_never_shortens_them(
    informed_on: str, last_day: str, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    facts = WithdrawalFacts(
        at_place("DE"), deliveries=(DELIVERED,), informed=Informed.LATE, informed_at=noon(informed_on)
    )
    assert str(withdrawal_window(facts, rulebook, calendar).last_day) == last_day


@pytest.mark.parametrize(
    ("group", "had_conversation", "last_day"),
    [
        (ConsumerGroup.SENIOR, True, "2027-04-11"),
        (ConsumerGroup.SENIOR, False, "2026-12-25"),
        (None, True, "2026-12-25"),
    ],
)
def test_israel_gives_four_months_to_a_protected_group_after_a_conversation_and_to_nobody_else(
    group: ConsumerGroup | None,
    had_conversation: bool,  # noqa: FBT001 - a parameter of the table
    last_day: str,
    rulebook: Rulebook,
    calendar: HolidayCalendar,
) -> None:
    facts = WithdrawalFacts(at_place("IL"), deliveries=(DELIVERED,), group=group, had_conversation=had_conversation)
    window = withdrawal_window(facts, rulebook, calendar)
    assert str(window.nominal_last_day) == last_day
    assert ("protected_group_months" in [reason.code for reason in window.reasons]) == (last_day == "2027-04-11")


@pytest.mark.parametrize(
    ("country", "is_shown"),
    [("DE", True), ("NO", True), ("GB", False), ("US", False), ("AQ", False), (None, False), ("", False)],
)
def test_the_function_is_shown_wherever_it_is_or_may_be_a_duty(
    country: str | None,
    is_shown: bool,  # noqa: FBT001 - a parameter of the table
    rulebook: Rulebook,
) -> None:
    assert has_withdrawal_function_law(country, rulebook) is is_shown


def test_the_duty_says_since_when_by_which_law_and_how_sure(rulebook: Rulebook) -> None:
    duty = withdrawal_function_duty("DE", date(2026, 6, 19), rulebook)
    assert (duty.required, duty.since, duty.sources) == (True, date(2026, 6, 19), duty.sources)
    assert duty.sources
    none = withdrawal_function_duty("US", date(2026, 6, 19), rulebook)
    assert (none.required, none.since, none.basis, none.sources) == (False, None, None, ())
    assert none.certainty is rulebook.jurisdiction("US").withdrawal.block.certainty("exists")
    austria = withdrawal_function_duty("AT", date(2026, 10, 1), rulebook)
    function = rulebook.jurisdiction("AT").withdrawal.withdrawal_function
    assert function is not None
    assert (austria.basis, austria.certainty) == (function.national_basis, function.certainty)


LISTED = GuaranteeFacts(at_place("HU"), DELIVERED, is_listed_durable=True)


@pytest.mark.parametrize(("price", "months"), [(9_999, None), (10_000, 24), (250_000, 24), (250_001, 36), (None, None)])
def test_hungarys_mandatory_guarantee_goes_by_price(
    price: int | None, months: int | None, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    found = mandatory_guarantee(replace(LISTED, price_huf=price), rulebook, calendar)
    assert (found and found.months) == months
    assert mandatory_guarantee(replace(LISTED, price_huf=price, is_listed_durable=False), rulebook, calendar) is None


def test_hungarys_mandatory_guarantee_ends_with_a_working_day(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    asked = replace(LISTED, price_huf=20_000)
    assert mandatory_guarantee(asked, rulebook, calendar) == MandatoryGuarantee(
        24, date(2028, 12, 11), datetime(2028, 12, 11, 23, tzinfo=UTC)
    )
    saturday = replace(asked, delivered_at=noon("2026-12-09"))
    assert mandatory_guarantee(saturday, rulebook, calendar) == MandatoryGuarantee(
        24, date(2028, 12, 9), datetime(2028, 12, 11, 23, tzinfo=UTC)
    )
    assert mandatory_guarantee(replace(asked, delivered_at=None), rulebook, calendar) == MandatoryGuarantee(
        24, None, None
    )
    assert mandatory_guarantee(replace(asked, place=at_place("DE")), rulebook, calendar) is None


def test_months_of_liability_turn_on_what_is_agreed_and_on_what_the_goods_are(rulebook: Rulebook) -> None:
    law = rulebook.jurisdiction("DE").guarantee
    used = GuaranteeFacts(at_place("DE"), DELIVERED, condition=GoodsCondition.USED)
    assert [base_months(replace(used, agreed_months=months), law) for months in (None, 11, 12, 13, 24, 25)] == [
        24, 12, 12, 13, 24, 24,
    ]  # fmt: skip
    extended = replace(law, extra=MappingProxyType({"second_hand_presumption_months": 6}))
    assert presumption_months(used, extended) == 6
    assert presumption_months(replace(used, condition=GoodsCondition.NEW), extended) == 12
    assert presumption_months(used, replace(law, burden_of_proof_months=None)) is None
    assert presumption_months(used, replace(law, months=None)) == 12
    assert base_months(used, replace(law, months=None)) is None
    repaired = replace(used, repairs_completed_on=(date(2027, 5, 1),))
    assert repair_extension_months(repaired, law) == 12
    assert repair_extension_months(used, law) == 0
    assert repair_extension_months(repaired, replace(law, repair_extension_months=None)) == 0
    assert repair_extension_months(repaired, replace(law, repair_extension=None)) == 0


def test_a_day_rolls_by_the_region_where_it_is_known_and_to_the_latest_where_it_is_not(
    calendar: HolidayCalendar,
) -> None:
    epiphany = date(2027, 1, 6)
    bavaria, berlin, somewhere = (
        at_place("DE", "DE-BY"),
        at_place("DE", "DE-BE"),
        at_place("DE", is_region_certain=False),
    )
    assert rolling_at(bavaria, calendar).last_day(epiphany) == date(2027, 1, 7)
    assert rolling_at(berlin, calendar).last_day(epiphany) == epiphany
    assert rolling_at(somewhere, calendar).last_day(epiphany) == epiphany
    assert rolling_to_latest(somewhere, calendar).last_day(epiphany) == date(2027, 1, 7)
    assert rolling_to_latest(somewhere, calendar).roll(epiphany) == (date(2027, 1, 7), ())
    assert rolling_to_latest(replace(somewhere, subdivision="DE-BE"), calendar).last_day(epiphany) == epiphany
    assert rolling_to_latest(at_place("DE"), calendar).last_day(epiphany) == epiphany


def test_public_holidays_are_named_and_working_days_counted(calendar: HolidayCalendar) -> None:
    assert calendar.holiday("DE", None, date(2026, 12, 25)) == "Christmas Day"
    assert calendar.holiday("CA-QC", "CA-QC", date(2026, 6, 24)) is not None
    assert calendar.holiday("CA", None, date(2026, 6, 24)) is None
    assert [calendar.is_working_day("DE", None, date(2026, 12, day)) for day in range(23, 29)] == [
        True, True, False, False, False, True,
    ]  # fmt: skip
    assert calendar.add_business_days("DE", None, date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert calendar.add_business_days("DE", None, date(2026, 12, 24), 0) == date(2026, 12, 24)
    assert calendar.holiday("NL", None, date(2026, 4, 3)) is not None  # Good Friday counts there, day off or not
    assert calendar.holiday("HU", None, date(2026, 1, 2)) is None  # a day off by decree, made up for on a Saturday


@pytest.mark.parametrize(
    ("country", "state", "postcode", "subdivision", "zones"),
    [
        ("US", "WA", None, "US-WA", ["America/Los_Angeles"]),
        ("US", "us-wa", None, "US-WA", ["America/Los_Angeles"]),
        ("us", " WA ", None, "US-WA", ["America/Los_Angeles"]),
        ("US", "US-", None, None, None),
        ("QQ", None, None, None, ["UTC", "Etc/GMT+12"]),
        ("ES", None, "3", None, None),
        ("ES", None, "---", None, None),
        ("ES", None, "38", "ES-TF", ["Atlantic/Canary"]),
        ("DE", None, "10115", None, ["Europe/Berlin"]),
    ],
)
def test_an_address_is_placed_as_far_as_it_is_understood(
    country: str, state: str | None, postcode: str | None, subdivision: str | None, zones: list[str] | None
) -> None:
    place = delivery_place(country, state, postcode)
    assert (place.country, place.subdivision) == (country.upper(), subdivision)
    if zones is not None:
        assert list(place.zones) == [ZoneInfo(name) for name in zones]
