"""What lanes say, and when they keep silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plugin.domain.ids import ShopId
from plugin.domain.tracking.eta.fitting import FEWEST
from plugin.domain.tracking.eta.forecast import ExpectedRange, expected_range
from plugin.domain.tracking.eta.history import History
from plugin.domain.tracking.eta.lane import Begun, Delivery, Lane, order_lane
from plugin.domain.tracking.eta.table import by_lane, lane_table

SHOP = ShopId("shop-1")
TODAY = date(2026, 11, 20)
"""A Friday."""
MONDAY = datetime(2026, 11, 9, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LANE = Lane(Begun.DISPATCH, "DE", "dhl", "NL", "parcel")


def parcels(
    count: int,
    days: int = 2,
    *,
    service: str | None = "parcel",
    origin: str = "NL",
    carrier: str | None = "dhl",
    shipped: datetime = MONDAY,
) -> list[Delivery]:
    """Sent on a Monday, a week before the other, and there after some days."""
    return [
        Delivery(SHOP, "DE", sent, sent + timedelta(days=days), carrier, origin, service, sent - timedelta(days=1))
        for number in range(count)
        if (sent := shipped - timedelta(weeks=number % 10))
    ]


def told(deliveries: Iterable[Delivery], lane: Lane = LANE, begun: datetime = NOW) -> ExpectedRange | None:
    history = History()
    for parcel in deliveries:
        history.add(parcel)
    return expected_range(lane, begun, by_lane(lane_table(history, TODAY)).get, NOW)


def test_what_always_took_two_working_days_is_expected_after_the_weekend() -> None:
    found = told(parcels(200))
    assert found is not None
    assert (found.first, found.last) == (date(2026, 11, 24), date(2026, 11, 24))
    assert (found.lane, found.count, found.is_coarser) == (LANE, 200, False)


@pytest.mark.parametrize("count", [0, 1, FEWEST - 1])
def test_with_fewer_than_thirty_deliveries_nothing_is_said(count: int) -> None:
    assert told(parcels(count)) is None


@pytest.mark.parametrize(("age", "is_told"), [(14, True), (15, False)])
def test_a_lane_that_was_not_made_anew_for_two_weeks_is_told_no_more(age: int, *, is_told: bool) -> None:
    history = History()
    for parcel in parcels(FEWEST):
        history.add(parcel)
    made_on = NOW.date() - timedelta(days=age)
    table = by_lane(replace(each, made_on=made_on) for each in lane_table(history, TODAY))
    assert (expected_range(LANE, NOW, table.get, NOW) is not None) == is_told


def test_thirty_deliveries_are_enough() -> None:
    assert told(parcels(FEWEST)) is not None


def test_a_service_with_few_deliveries_is_told_by_all_services_and_says_so() -> None:
    found = told([*parcels(10), *parcels(40, service="express")])
    assert found is not None
    assert found.is_coarser
    assert (found.lane, found.count) == (Lane(Begun.DISPATCH, "DE", "dhl", "NL"), 50)


def test_an_origin_with_few_deliveries_is_told_by_all_origins() -> None:
    found = told([*parcels(10), *parcels(40, origin="CN")])
    assert found is not None
    assert (found.lane, found.count) == (Lane(Begun.DISPATCH, "DE", "dhl"), 50)


def test_another_carrier_says_nothing_of_this_one() -> None:
    assert told([*parcels(10), *parcels(200, carrier="dpd")]) is None


def test_before_buying_everything_the_shop_sent_there_counts_from_the_order() -> None:
    sent = [*parcels(20), *parcels(20, carrier=None)]
    found = told(sent, order_lane(SHOP, "DE"))
    assert found is not None
    assert found.count == 40
    assert told(sent, order_lane(ShopId("another"), "DE")) is None


def test_days_that_have_passed_are_not_told() -> None:
    assert told(parcels(200), begun=NOW - timedelta(days=7)) is None
    assert told(parcels(200), begun=NOW - timedelta(days=2)) is not None


def test_deliveries_of_long_ago_say_nothing() -> None:
    assert told(parcels(200, shipped=MONDAY - timedelta(weeks=60))) is None


def test_what_came_before_it_left_was_told_wrong_and_does_not_count() -> None:
    assert told(parcels(200, days=-1)) is None


def test_a_carrier_that_comes_on_saturdays_is_expected_on_saturdays() -> None:
    friday = datetime(2026, 11, 13, 12, tzinfo=UTC)
    found = told([*parcels(100, days=1), *parcels(100, days=1, shipped=friday)])
    assert found is not None
    assert found.first == date(2026, 11, 21)


def test_the_day_is_the_destinations_own() -> None:
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)  # Friday in Berlin
    found = told(parcels(200), begun=late)
    assert found is not None
    assert found.first == date(2026, 11, 24)


def test_a_lane_that_got_slower_is_told_by_its_last_weeks() -> None:
    weeks = [MONDAY - timedelta(weeks=number) for number in range(40)]
    sent = [
        Delivery(SHOP, "DE", at, at + timedelta(days=2 if at < weeks[12] else 4), "dhl", "NL", "parcel")
        for at in weeks
        for _ in range(30)
    ]
    found = told(sent, begun=datetime(2026, 11, 16, 12, tzinfo=UTC))
    assert found is not None
    assert (found.first, found.last) == (date(2026, 11, 20), date(2026, 11, 20))
