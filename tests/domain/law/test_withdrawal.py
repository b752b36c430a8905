"""Worked withdrawal periods beyond the data set's, one family of rules after the other. Days reckoned by hand."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plugin.domain.law.answers import ClockState, LegalWindow
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.errors import MissingFact
from plugin.domain.law.facts import Informed, OrderType, Place, WithdrawalFacts
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.law.withdrawal import withdrawal_window

Ask = Callable[..., Mapping[str, object]]

BERLIN = ZoneInfo("Europe/Berlin")
NOT_STARTED = {"state": "not_started", "last_day": None, "expires_at": None, "may_withdraw_now": True}
NO_RIGHT = {"state": "no_statutory_right", "last_day": None, "display": "merchant_policy_only"}


def noon(day: str) -> str:
    """Noon UTC: the same day everywhere the tests look."""
    return f"{day}T12:00:00+00:00"


@pytest.mark.parametrize(
    ("country", "facts", "event_day", "last_day"),
    [
        pytest.param("JP", {}, "2026-11-02", "2026-11-09", id="Japan counts the day of receipt as day one"),
        pytest.param("KR", {"document_received_at": noon("2026-11-04")}, "2026-11-04", "2026-11-11", id="Korea: later"),
        pytest.param(
            "KR", {"document_received_at": noon("2026-10-30")}, "2026-11-02", "2026-11-09", id="Korea: earlier"
        ),
        pytest.param(
            "IL", {"document_received_at": noon("2026-11-05")}, "2026-11-05", "2026-11-19", id="Israel: later"
        ),
        pytest.param("IL", {"consumer_group": "senior"}, "2026-11-02", "2026-11-16", id="Israel: no conversation"),
        pytest.param("AR", {"contract_concluded_on": "2026-11-05"}, "2026-11-05", "2026-11-15", id="Argentina: later"),
        pytest.param("CL", {"informed": "never"}, "2026-11-02", "2027-01-31", id="Chile: 90 days in all"),
        pytest.param("CL", {"document_received_at": None}, "2026-11-02", "2027-01-31", id="Chile: no confirmation"),
        pytest.param("CL", {"informed": "before_contract"}, "2026-11-02", "2026-11-12", id="Chile: 10 days"),
        pytest.param("ZA", {"informed": "never"}, "2026-11-02", "2026-11-16", id="South Africa: 14 days in all"),
        pytest.param("RU", {"informed": "never"}, "2026-11-02", "2027-02-02", id="Russia: 3 months from delivery"),
        pytest.param("TW", {"informed": "never"}, "2026-11-02", "2027-03-09", id="Taiwan: 4 months after the 7 days"),
        pytest.param("TR", {"informed": "never"}, "2026-11-02", "2027-11-16", id="Turkey: 12 months after the 14 days"),
        pytest.param("GB", {"informed": "never"}, "2026-11-02", "2027-11-16", id="UK: 12 months after the 14 days"),
    ],
)
def test_outside_the_union_the_countrys_own_rule_counts(
    ask: Ask, country: str, facts: dict[str, Any], event_day: str, last_day: str
) -> None:
    answer = ask("world", country, delivered_at=noon("2026-11-02"), **facts)
    assert (answer["state"], answer["event_day"], answer["last_day"]) == ("running", event_day, last_day)


def test_a_missing_document_keeps_the_israeli_period_from_starting(ask: Ask) -> None:
    assert ask("world", "IL", delivered_at=noon("2026-11-02"), document_received_at=None) == NOT_STARTED


@pytest.mark.parametrize("group", ["senior", "disability", "new_immigrant"])
def test_an_israeli_protected_group_has_four_months_after_a_conversation(ask: Ask, group: str) -> None:
    answer = ask("world", "IL", delivered_at=noon("2026-11-02"), consumer_group=f"{group}_with_conversation")
    assert answer == {"last_day": "2027-03-02"}


@pytest.mark.parametrize(
    ("informed_on", "last_day"),
    [("2026-12-01", "2026-12-08"), ("2027-03-08", "2027-03-09"), ("2026-11-02", "2026-11-09")],
)
def test_late_information_starts_the_taiwanese_days_but_never_beyond_four_months(
    ask: Ask, informed_on: str, last_day: str
) -> None:
    answer = ask("world", "TW", delivered_at=noon("2026-11-02"), informed="late", informed_at=noon(informed_on))
    assert answer["last_day"] == last_day


@pytest.mark.parametrize(
    ("country", "delivered", "last_day"),
    [
        # Thu 12 Nov; Sat, Sun and Mon 16 Nov (Revolution Day) are no business days
        ("MX", "2026-11-12", "2026-11-20"),
        # Fri 30 Oct; Sat, Sun and Mon 2 Nov (All Saints, moved) are no business days
        ("CO", "2026-10-30", "2026-11-09"),
        ("CO", "2026-11-03", "2026-11-10"),
    ],
)
def test_business_days_skip_weekends_and_public_holidays(ask: Ask, country: str, delivered: str, last_day: str) -> None:
    assert ask("world", country, delivered_at=f"{delivered}T12:00:00-05:00")["last_day"] == last_day


@pytest.mark.parametrize("country", ["AU", "CA", "CH", "SG", "US"])
def test_where_no_right_exists_only_the_merchants_policy_is_shown(ask: Ask, country: str) -> None:
    assert ask("world", country, delivered_at=noon("2026-11-02")) == NO_RIGHT


def test_quebec_gives_a_right_only_for_defective_disclosure(ask: Ask) -> None:
    told = {"delivered_at": noon("2026-11-10"), "contract_concluded_on": "2026-11-02"}
    assert ask("world", "CA-QC", **told) == NO_RIGHT
    copy = noon("2026-11-05")
    assert ask("world", "CA-QC", **told, informed="before_contract", document_received_at=copy) == NO_RIGHT
    assert ask("world", "CA-QC", **told, informed="never", document_received_at=copy)["last_day"] == "2026-11-12"
    assert ask("world", "CA", "CA-QC", **told, document_received_at=None)["last_day"] == "2026-12-02"


def test_displayed_return_terms_replace_the_japanese_right(ask: Ask) -> None:
    assert ask("world", "JP", delivered_at=noon("2026-11-02"), return_policy_displayed=True) == NO_RIGHT


@pytest.mark.parametrize("delivered", ["2026-11-07", "2026-11-08", "2026-12-11"])
def test_the_united_kingdom_never_rolls(ask: Ask, delivered: str) -> None:
    answer = ask("world", "GB", delivered_at=noon(delivered))
    assert answer["last_day"] == date.fromordinal(date.fromisoformat(delivered).toordinal() + 14).isoformat()


@pytest.mark.parametrize(
    ("facts", "last_day", "other"),
    [
        # delivered Sat 1 Nov 2025; day 14 is Sat 15, rolled to Mon 17 November
        ({"informed": "before_contract"}, "2025-11-17", None),
        ({"informed": "never"}, "2026-11-17", "2026-11-16"),
        # exactly 12 months later, a Sunday: still in time, 14 days later is Sun 15, rolled to Mon 16
        ({"informed": "late", "informed_at": noon("2026-11-01")}, "2026-11-16", None),
        # one day too late: as if never
        ({"informed": "late", "informed_at": noon("2026-11-02")}, "2026-11-17", "2026-11-16"),
        # before delivery: the ordinary period is longer and stays
        ({"informed": "late", "informed_at": noon("2025-10-30")}, "2025-11-17", None),
        # on the day of delivery: both end on the same day
        ({"informed": "late", "informed_at": noon("2025-11-01")}, "2025-11-17", None),
    ],
)
def test_missing_information_extends_the_period_as_article_10_says(
    ask: Ask, facts: dict[str, Any], last_day: str, other: str | None
) -> None:
    answer = ask("notinformed", "DE", delivered_at=noon("2025-11-01"), **facts)
    assert answer["initial_last_day"] == "2025-11-17"
    assert (answer["last_day"], answer["last_day_if_initial_not_rolled"]) == (last_day, other)


def test_late_information_needs_its_day(ask: Ask) -> None:
    with pytest.raises(MissingFact, match="informed_at"):
        ask("notinformed", "DE", delivered_at=noon("2025-11-01"), informed="late")


@pytest.mark.parametrize(
    ("country", "subdivision", "delivered", "last_day", "because"),
    [
        ("NL", None, "2026-04-21", "2026-05-06", "5 May counts every year"),
        ("NL", None, "2026-03-20", "2026-04-07", "Good Friday to Easter Monday"),
        ("SE", None, "2026-06-05", "2026-06-22", "Midsummer Eve"),
        ("SE", None, "2026-12-10", "2026-12-28", "Christmas Eve to Sunday"),
        ("SE", None, "2026-12-17", "2027-01-04", "New Year's Eve to Sunday"),
        ("FI", None, "2026-06-05", "2026-06-22", "Midsummer Eve"),
        ("FI", None, "2026-12-10", "2026-12-28", "Christmas Eve to Sunday"),
        ("HU", None, "2025-12-19", "2026-01-02", "a bridge day swapped for a Saturday is no public holiday"),
        ("LV", None, "2026-06-08", "2026-06-22", "a Monday swapped for a Saturday is no public holiday"),
        ("BG", None, "2025-12-19", "2026-01-02", "a bridge day by decree is no public holiday"),
        ("FR", "FR-67", "2027-03-12", "2027-03-30", "Good Friday in Alsace to Easter Monday"),
        ("FR", "FR-68", "2027-03-12", "2027-03-30", "Good Friday in Alsace to Easter Monday"),
        ("FR", "FR-57", "2027-03-12", "2027-03-30", "Good Friday in Moselle to Easter Monday"),
        ("FR", "FR-75", "2027-03-12", "2027-03-26", "no Good Friday in Paris"),
        ("DE", "DE-BE", "2027-02-22", "2027-03-09", "Women's Day in Berlin"),
        ("DE", "DE-TH", "2027-09-06", "2027-09-21", "Children's Day in Thuringia"),
        ("ES", "ES-B", "2026-08-28", "2026-09-14", "the Diada in Barcelona, Friday, then the weekend"),
        ("IT", "IT-BZ", "2027-05-03", "2027-05-18", "Whit Monday in South Tyrol"),
        ("IT", "IT-RM", "2027-05-03", "2027-05-17", "no Whit Monday in Rome"),
        ("PT", "PT-20", "2027-05-03", "2027-05-18", "Azores Day on Whit Monday"),
    ],
)
def test_the_public_holidays_of_the_place_roll_the_end(
    ask: Ask, country: str, subdivision: str | None, delivered: str, last_day: str, because: str
) -> None:
    answer = ask("regional", country, subdivision, delivered_at=noon(delivered))
    assert answer["last_day"] == last_day, because


def window(
    rulebook: Rulebook,
    calendar: HolidayCalendar,
    **facts: Any,  # noqa: ANN401  # whatever fact the test is about
) -> LegalWindow:
    return withdrawal_window(WithdrawalFacts(**{"place": Place("DE", BERLIN), **facts}), rulebook, calendar)


MONDAY, THURSDAY = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("order_type", "deliveries", "event_day"),
    [
        (OrderType.MULTIPLE_GOODS, (THURSDAY, MONDAY), date(2026, 11, 12)),
        (OrderType.LOTS, (MONDAY, THURSDAY), date(2026, 11, 12)),
        (OrderType.REGULAR, (THURSDAY, MONDAY), date(2026, 11, 2)),
        (OrderType.REGULAR, (MONDAY, None), date(2026, 11, 2)),
        (OrderType.MULTIPLE_GOODS, (MONDAY, None), None),
        (OrderType.LOTS, (None, THURSDAY), None),
        (OrderType.SINGLE, (), None),
        (OrderType.SINGLE, (None,), None),
    ],
)
def test_the_last_good_starts_the_period_and_of_regular_deliveries_the_first(
    rulebook: Rulebook,
    calendar: HolidayCalendar,
    order_type: OrderType,
    deliveries: tuple[datetime | None, ...],
    event_day: date | None,
) -> None:
    found = window(rulebook, calendar, order_type=order_type, deliveries=deliveries)
    assert found.event_day == event_day
    assert found.state is (ClockState.RUNNING if event_day else ClockState.NOT_STARTED)


def test_services_and_digital_content_run_from_the_contract(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    kind = OrderType.SERVICES_AND_DIGITAL_CONTENT
    found = window(rulebook, calendar, order_type=kind, contract_concluded_on=date(2026, 11, 2))
    assert found.last_day == date(2026, 11, 16)


def test_the_trace_names_every_day_that_was_skipped(rulebook: Rulebook, calendar: HolidayCalendar) -> None:
    found = window(rulebook, calendar, deliveries=(datetime(2026, 12, 11, 15, tzinfo=UTC),))
    assert [(reason.code, reason.day, reason.detail) for reason in found.reasons] == [
        ("delivered", date(2026, 12, 11), None),
        ("day_of_event_not_counted", date(2026, 12, 25), "14"),
        ("rolled_over_public_holiday", date(2026, 12, 25), "Christmas Day"),
        ("rolled_over_saturday", date(2026, 12, 26), None),
        ("rolled_over_sunday", date(2026, 12, 27), None),
    ]
    assert found.last_day == date(2026, 12, 28)
    assert found.sources == ("CRD art. 9", "R1182 art. 3")


def test_an_unknown_region_shows_the_national_day_and_accepts_until_the_latest(
    rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    delivered = (datetime(2026, 12, 23, 11, tzinfo=UTC),)
    unknown = window(rulebook, calendar, place=Place("DE", BERLIN, is_region_certain=False), deliveries=delivered)
    bavaria = window(rulebook, calendar, place=Place("DE", BERLIN, "DE-BY"), deliveries=delivered)
    assert unknown.last_day == date(2027, 1, 6)
    assert unknown.expires_at == bavaria.expires_at == datetime(2027, 1, 7, 23, tzinfo=UTC)
    assert unknown.reasons[-1].code == "place_unknown_latest_accepted"


def test_an_unverified_weekend_rule_prints_the_day_but_refuses_nothing_on_the_next_working_day(
    rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    seoul, london = Place("KR", ZoneInfo("Asia/Seoul")), Place("GB", ZoneInfo("Europe/London"))
    saturday = (datetime(2026, 11, 7, 3, tzinfo=UTC),)
    korean = window(rulebook, calendar, place=seoul, deliveries=saturday)
    assert korean.last_day == date(2026, 11, 14)
    assert korean.accept_until == datetime(2026, 11, 16, 15, tzinfo=UTC)
    british = window(rulebook, calendar, place=london, deliveries=saturday)
    assert british.accept_until == british.expires_at == datetime(2026, 11, 22, 0, tzinfo=UTC)


def test_nobody_having_said_whether_the_shopper_was_informed_assumes_no_extension(
    rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    unknown = window(rulebook, calendar, deliveries=(MONDAY,))
    told = window(rulebook, calendar, deliveries=(MONDAY,), informed=Informed.BEFORE_CONTRACT)
    assert unknown == told
