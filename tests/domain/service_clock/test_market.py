"""A market is answered in the hours, the zone and the holidays its policy tells."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plugin.domain.policy.identity import Address, Channel, ChannelKind, OpenHours, Support, Trader
from plugin.domain.service_clock.deadline import due_at
from plugin.domain.service_clock.market import ROUND_THE_CLOCK, calendar_for, service_for, week_of
from plugin.domain.service_clock.targets import TARGETS, Aim, Counted, targets_of
from tests import build
from tests.domain.service_clock.calendars import HOLIDAYS

WEEKDAYS = frozenset(range(5))
OFFICE = Support((Channel(ChannelKind.EMAIL, "help@example.com"),), "Europe/Warsaw", (OpenHours(WEEKDAYS, 480, 960),))
TRADER = Trader("Nordkap", Address(("ul. Długa 1",), "PL"), "shop@example.com")


def test_hours_and_zone_are_those_of_support_and_holidays_those_of_where_the_trader_is() -> None:
    policy = build.a_policy(default=replace(build.a_market(), support=OFFICE, trader=TRADER))
    calendar = calendar_for(policy, policy.default, HOLIDAYS)
    assert (calendar.zone.key, calendar.country, calendar.week[0]) == ("Europe/Warsaw", "PL", ((480, 960),))
    assert not list(calendar.spans_on(date(2026, 11, 11)))  # independence day, a Wednesday


def test_a_market_without_a_trader_keeps_its_own_countrys_holidays_and_else_those_of_the_shops_home() -> None:
    germany, nordic = build.a_market("d", frozenset({"DE"})), build.a_market("n", frozenset({"NO", "SE"}))
    policy = build.a_policy(markets=(germany, nordic), home_country="FR")
    assert [calendar_for(policy, m, HOLIDAYS).country for m in (germany, nordic)] == ["DE", "FR"]
    assert calendar_for(policy, germany, HOLIDAYS).zone.key == "Europe/Berlin"


def test_without_stated_hours_a_working_day_counts_whole_and_24_hours_are_one_of_them() -> None:
    policy = build.a_policy(home_country="DE")
    calendar = calendar_for(policy, policy.default, HOLIDAYS)
    assert calendar.week == ROUND_THE_CLOCK
    friday = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    assert due_at(friday, TARGETS[Aim.ORDINARY], calendar) == datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


def test_a_country_is_served_by_its_market_with_the_market_s_own_support() -> None:
    poland = replace(build.a_market("p", frozenset({"PL"})), support=replace(OFFICE, reply_within_hours=4))
    policy = build.a_policy(markets=(poland,))
    served = service_for(policy, "PL", HOLIDAYS)
    assert (served.calendar.zone.key, served.targets[Aim.FIRST_REVIEW].within.total_seconds()) == (
        "Europe/Warsaw",
        14400,
    )
    assert service_for(policy, "DE", HOLIDAYS).targets == service_for(None, None, HOLIDAYS).targets == TARGETS


def test_without_a_policy_weekdays_count() -> None:
    assert calendar_for(None, None, HOLIDAYS).week == ROUND_THE_CLOCK


@pytest.mark.parametrize(("zone", "country"), [("Atlantis/Poseidonis", "PL"), ("", "XX")])
def test_a_zone_or_country_nobody_knows_stops_no_claim(zone: str, country: str) -> None:
    somewhere = replace(TRADER, address=replace(TRADER.address, country=country))
    market = replace(build.a_market(), support=replace(OFFICE, zone=zone), trader=somewhere)
    calendar = calendar_for(build.a_policy(default=market), market, HOLIDAYS)
    assert due_at(datetime(2026, 11, 20, tzinfo=UTC), TARGETS[Aim.PARTS], calendar)


def test_overlapping_hours_are_joined_and_hours_past_midnight_go_on_the_next_day() -> None:
    sunday_night = OpenHours(frozenset({6}), 22 * 60, 2 * 60)
    week = week_of((OpenHours(frozenset({0}), 60, 600), OpenHours(frozenset({0}), 540, 720), sunday_night))
    assert week[0] == ((0, 720),)
    assert week[6] == ((1320, 1440),)
    assert week[1:6] == ((),) * 5


def test_hours_that_never_open_are_no_hours() -> None:
    assert week_of((OpenHours(WEEKDAYS, 540, 540),)) == ROUND_THE_CLOCK


def test_a_reply_time_told_to_shoppers_is_kept_as_told() -> None:
    told = targets_of(replace(OFFICE, reply_within_hours=4))
    assert (told[Aim.FIRST_REVIEW].within.total_seconds(), told[Aim.FIRST_REVIEW].counted) == (4 * 3600, Counted.WALL)
    assert targets_of(OFFICE) == targets_of(None) == TARGETS
    assert {aim: told[aim] for aim in Aim if aim is not Aim.FIRST_REVIEW}.items() <= dict(TARGETS).items()
