"""A parcel is asked about by where it stands and how quiet it has become, and one day not any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.pace import PACES, asked, put_off, started, told, unasked
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Asking, ExpectedDays, Purpose, Shipment, TrackedNumber
from tests.build import NOW, a_shop

S = DeliveryStatus
PARCEL = Shipment(
    ShipmentId("shipment1"),
    a_shop().id,
    OrderId("order1"),
    Purpose.OUTBOUND,
    "f1",
    (TrackedNumber("RR123456785CN"),),
    NOW,
    asking=Asking(next_at=NOW),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(status: DeliveryStatus, quiet: timedelta = timedelta(), **facts: object) -> Shipment:
    """Somewhere, and nothing has happened there for so long."""
    happened = NOW - quiet
    report = Report(status, happened, Source.CARRIER, happened, carrier="dhl")
    known = () if status is S.UNKNOWN else (report,)
    parcel = replace(PARCEL, created_at=happened).with_reports(known)
    return replace(parcel, **facts)  # type: ignore[arg-type]  # a test names fields of the shipment


def wait(parcel: Shipment, now: datetime = NOW, *, has_news: bool = True, is_pushed: bool = False) -> timedelta | None:
    next_at = asked(parcel, now, has_news=has_news, is_pushed=is_pushed).next_at
    return next_at - now if next_at else None


@pytest.mark.parametrize(
    ("status", "quiet", "hours"),
    [
        (S.UNKNOWN, 0, 6),
        (S.UNKNOWN, 5, 12),
        (S.UNKNOWN, 59, 24),
        (S.UNKNOWN, 60, None),
        (S.INFO_RECEIVED, 1, 4),
        (S.IN_TRANSIT, 0, 6),
        (S.IN_TRANSIT, 19, 8),
        (S.IN_TRANSIT, 89, 24),
        (S.IN_TRANSIT, 90, None),
        (S.OUT_FOR_DELIVERY, 0, 1),
        (S.OUT_FOR_DELIVERY, 2, 4),
        (S.PICKUP_READY, 13, 6),
        (S.DELIVERED, 0, 24),
        (S.DELIVERED, 5, 96),
        (S.DELIVERED, 14, None),
        (S.RETURNED, 1, 72),
        (S.RETURNED, 7, None),
        (S.LOST, 1, 72),
        (S.LOST, 30, None),
        (S.EXPIRED, 1, 168),
    ],
)
def test_where_a_parcel_stands_and_for_how_long_says_when_it_is_asked_about_next(
    status: DeliveryStatus, quiet: int, hours: int | None
) -> None:
    assert wait(at(status, quiet * DAY)) == (None if hours is None else hours * HOUR)


@pytest.mark.parametrize(
    ("first", "last", "hours"), [(4, 6, 12), (3, 6, 6), (1, 2, 3), (0, 0, 3), (-4, -2, 3), (-9, -3, 6)]
)
def test_the_days_it_should_arrive_on_are_watched_and_those_long_before_are_not(
    first: int, last: int, hours: int
) -> None:
    today = NOW.date()
    expected = ExpectedDays(today + first * DAY, today + last * DAY, NOW)
    assert wait(at(S.IN_TRANSIT, expected=expected)) == hours * HOUR


def test_expected_days_say_nothing_of_a_parcel_that_has_arrived() -> None:
    expected = ExpectedDays(date(2026, 11, 20), date(2026, 11, 22), NOW)
    assert wait(at(S.DELIVERED, expected=expected)) == 24 * HOUR


@pytest.mark.parametrize(("misses", "hours"), [(0, 6), (2, 6), (3, 12), (7, 18), (11, 24), (400, 24)])
def test_answers_with_nothing_new_make_it_slower_up_to_once_a_day(misses: int, hours: int) -> None:
    parcel = at(S.IN_TRANSIT, asking=Asking(NOW, NOW, misses))
    assert wait(parcel, has_news=False) == hours * HOUR
    assert asked(parcel, NOW, has_news=False) == Asking(NOW + hours * HOUR, NOW, misses + 1)
    assert asked(parcel, NOW, has_news=True).misses == 0


def test_a_number_that_was_unknown_the_first_time_is_asked_about_again_within_the_hour() -> None:
    assert wait(at(S.UNKNOWN, DAY), has_news=False) == HOUR
    assert wait(at(S.UNKNOWN, DAY, asking=Asking(NOW, NOW, 1)), has_news=False) == 6 * HOUR
    assert wait(at(S.UNKNOWN, 60 * DAY), has_news=False) is None


def test_misses_never_hasten_what_is_asked_about_seldom() -> None:
    assert wait(at(S.LOST, asking=Asking(NOW, NOW, 40)), has_news=False) == 72 * HOUR


def test_whose_news_are_pushed_is_asked_about_once_a_day_all_the_same() -> None:
    assert wait(at(S.OUT_FOR_DELIVERY), is_pushed=True) == 24 * HOUR
    assert wait(at(S.LOST), is_pushed=True) == 72 * HOUR
    assert wait(at(S.DELIVERED, 20 * DAY), is_pushed=True) is None


def test_news_that_came_unasked_set_the_pace_and_forget_the_misses() -> None:
    asking = Asking(NOW + 20 * HOUR, NOW - HOUR, 9)
    assert told(at(S.OUT_FOR_DELIVERY, asking=asking), NOW) == Asking(NOW + HOUR, NOW - HOUR, 0)
    assert told(at(S.DELIVERED, 15 * DAY, asking=asking), NOW).next_at is None


def test_a_date_that_has_not_come_yet_keeps_nobody_asking_for_ever() -> None:
    lie = Report(S.DELIVERED, NOW + 4000 * DAY, Source.CARRIER, NOW, carrier="dhl")
    parcel = PARCEL.with_reports([lie])
    assert wait(parcel) == 24 * HOUR
    assert wait(parcel, NOW + 14 * DAY) is None


@pytest.mark.parametrize("why", ["is_void", "is_forgotten"])
def test_a_parcel_that_is_void_or_forgotten_is_asked_about_no_more(why: str) -> None:
    assert wait(at(S.IN_TRANSIT, **{why: True})) is None


def test_what_nobody_tells_of_is_looked_at_again_until_it_is_two_months_old() -> None:
    asking = Asking(NOW, NOW - DAY, 2)
    parcel = replace(PARCEL, asking=asking)
    assert unasked(parcel, NOW) == put_off(asking, NOW + 6 * HOUR)
    assert unasked(parcel, NOW + 60 * DAY) == replace(asking, next_at=None)
    assert started(NOW) == Asking(next_at=NOW)


@given(
    status=st.sampled_from(DeliveryStatus),
    quiet=st.timedeltas(timedelta(), 200 * DAY),
    misses=st.integers(0, 50),
    expected=st.none() | st.integers(-30, 30),
    has_news=st.booleans(),
    is_pushed=st.booleans(),
)
def test_nobody_is_asked_twice_within_the_hour_nor_left_for_more_than_a_week(
    *, status: DeliveryStatus, quiet: timedelta, misses: int, expected: int | None, has_news: bool, is_pushed: bool
) -> None:
    first = NOW.date() + expected * DAY if expected is not None else None
    days = ExpectedDays(first, first + 2 * DAY, NOW) if first else None
    parcel = at(status, quiet, asking=Asking(NOW, NOW, misses), expected=days)
    found = wait(parcel, has_news=has_news, is_pushed=is_pushed)
    assert found is None or HOUR <= found <= 7 * DAY
    assert (found is None) == (quiet >= PACES[status][-1][0])
    assert wait(parcel, has_news=has_news, is_pushed=is_pushed) == found


@given(status=st.sampled_from(DeliveryStatus), quiet=st.timedeltas(timedelta(), 80 * DAY), misses=st.integers(0, 30))
def test_the_quieter_it_has_been_the_less_often_it_is_asked_about(
    status: DeliveryStatus, quiet: timedelta, misses: int
) -> None:
    parcel = at(status, quiet, asking=Asking(NOW, NOW, misses))
    one, other = wait(parcel, has_news=False), wait(at(status, quiet + DAY, asking=parcel.asking), has_news=False)
    assert one is not None or other is None
    assert one is None or other is None or one <= other


@pytest.mark.parametrize("status", DeliveryStatus)
def test_every_parcel_that_stays_quiet_is_asked_about_a_number_of_times_and_then_no_more(
    status: DeliveryStatus,
) -> None:
    parcel, now, questions = at(status), NOW, 0
    while (asking := asked(parcel, now, has_news=False)).next_at:
        parcel, now, questions = replace(parcel, asking=asking), asking.next_at, questions + 1
    assert 1 < questions < 150
