"""What counts as wrong with a parcel, from when on, and when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.times import Source
from plugin.domain.tracking.exceptions import look_at, next_look, occurrences
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode
from plugin.domain.tracking.exceptions.patience import LanePatience, Patience, UnusablePatience, patience_for
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Purpose
from tests.domain.tracking.exceptions.parcels import DAY, a_shipment, expecting, found
from tests.domain.tracking.reports import JOURNEY, S, at, scan

K = AlertKind
PICKED_UP = scan(S.IN_TRANSIT, 10)


def kinds(*reports: Report, days: float, **facts: object) -> list[AlertKind]:
    return [each.kind for each in found(a_shipment(*reports, **facts), days) if each.until is None]


@pytest.mark.parametrize(
    ("told", "days", "wrong"),
    [
        ([PICKED_UP], 7.3, []),
        ([PICKED_UP], 7.5, [K.NO_SCAN]),
        ([PICKED_UP, scan(S.IN_TRANSIT, 100)], 7.5, []),
        ([scan(S.INFO_RECEIVED, 1)], 7.1, [K.NO_SCAN]),
        ([PICKED_UP, scan(S.EXPIRED, 12 * DAY)], 13, [K.NO_SCAN]),
        ([PICKED_UP, scan(S.PICKUP_READY, 30)], 20, []),
        ([PICKED_UP, scan(S.DELIVERED, 30)], 20, []),
        ([scan(S.IN_TRANSIT, 10, source=Source.PLATFORM)], 20, []),
        ([PICKED_UP, scan(S.CUSTOMS, 20)], 5.5, []),
        ([PICKED_UP, scan(S.CUSTOMS, 20)], 6, [K.CUSTOMS]),
        ([PICKED_UP, scan(S.CUSTOMS, 20), scan(S.CUSTOMS, 100)], 6, [K.CUSTOMS]),
        ([PICKED_UP, scan(S.CUSTOMS, 20), scan(S.IN_TRANSIT, 130)], 6, []),
        ([PICKED_UP, scan(S.FAILED_ATTEMPT, 30)], 2, [K.FAILED_ATTEMPT]),
        (
            [PICKED_UP, scan(S.FAILED_ATTEMPT, 30), scan(S.IN_TRANSIT, 32, message="In the depot")],
            2,
            [K.FAILED_ATTEMPT],
        ),
        ([PICKED_UP, scan(S.FAILED_ATTEMPT, 30), scan(S.OUT_FOR_DELIVERY, 47)], 2, []),
        ([PICKED_UP, scan(S.FAILED_ATTEMPT, 30), scan(S.PICKUP_READY, 31)], 2, []),
        ([PICKED_UP, scan(S.DELIVERED, 30), scan(S.FAILED_ATTEMPT, 31, source=Source.PLATFORM)], 2, []),
        ([PICKED_UP, scan(S.RETURNING, 60)], 3, [K.SENT_BACK]),
        ([PICKED_UP, scan(S.LOST, 60)], 3, [K.LOST]),
        ([PICKED_UP, scan(S.LOST, 60), scan(S.IN_TRANSIT, 65)], 3, []),
        ([PICKED_UP, scan(S.EXCEPTION, 60, message="Package damaged in handling")], 3, [K.DAMAGED]),
        ([PICKED_UP, scan(S.EXCEPTION, 60, message="Sendung beschädigt"), scan(S.IN_TRANSIT, 65)], 3, [K.DAMAGED]),
        ([PICKED_UP, scan(S.EXCEPTION, 60, message="Weather delay, no damage")], 3, []),
        ([PICKED_UP, scan(S.EXCEPTION, 60, message="Repacked, not damaged")], 3, []),
    ],
)
def test_what_is_told_is_wrong_or_not(told: list[Report], days: float, wrong: list[AlertKind]) -> None:
    assert kinds(*told, days=days) == wrong


def test_it_is_late_once_the_last_expected_day_is_over_where_it_goes() -> None:
    shipment = a_shipment(PICKED_UP, scan(S.IN_TRANSIT, 99), expected=expecting(9), first_expected=expecting(9))
    midnight = datetime(2026, 11, 9, 23, 0, tzinfo=UTC)  # 10 November begins in Berlin
    before, after = ((midnight - at(0)).total_seconds() / 86400 + each for each in (-0.001, 0.001))
    assert [each.kind for each in found(shipment, before)] == []
    assert found(shipment, after)[-1] == Episode(K.OVERDUE, midnight, midnight)


def test_a_carrier_that_says_a_later_day_every_day_is_late_once() -> None:
    first = a_shipment(PICKED_UP, expected=expecting(6), first_expected=expecting(6))
    later = replace(first, expected=expecting(8))
    assert found(first, 4.8)[0].since == found(later, 6.8)[0].since


def test_what_goes_back_to_the_shop_raises_nothing() -> None:
    assert found(a_shipment(PICKED_UP, purpose=Purpose.RETURN), 30) == ()


def test_each_attempt_after_the_parcel_was_out_again_is_one_of_its_own() -> None:
    again = (scan(S.FAILED_ATTEMPT, 30), scan(S.OUT_FOR_DELIVERY, 47), scan(S.FAILED_ATTEMPT, 55))
    assert found(a_shipment(PICKED_UP, *again), 3) == (
        Episode(K.FAILED_ATTEMPT, at(30), at(30), at(47)),
        Episode(K.FAILED_ATTEMPT, at(55), at(55)),
    )


reports = st.lists(
    st.builds(scan, st.sampled_from(S), st.floats(0, 300), source=st.sampled_from(Source)) | st.sampled_from(JOURNEY),
    max_size=10,
)


@given(told=reports, days=st.floats(0, 40), data=st.data())
def test_the_order_in_which_it_was_told_changes_nothing(told: list[Report], days: float, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(told))
    expected = {"expected": expecting(8), "first_expected": expecting(6)}
    assert found(a_shipment(*shuffled, **expected), days) == found(a_shipment(*told, **expected), days)


@given(told=reports, days=st.floats(13, 40))
def test_of_each_kind_one_thing_at_most_is_wrong_at_once_and_what_is_told_of_has_begun(
    told: list[Report], days: float
) -> None:
    running = [each for each in found(a_shipment(*told, expected=expecting(8)), days) if each.until is None]
    assert len({each.kind for each in running}) == len(running)
    assert all(each.since <= each.due_at <= at(days * DAY) for each in running)


@given(told=reports, days=st.floats(0, 40))
def test_nothing_becomes_wrong_by_the_clock_alone_before_it_is_looked_at_again(told: list[Report], days: float) -> None:
    told = [each for each in told if each.said_at <= at(days * DAY)]
    look = look_at(a_shipment(*told, expected=expecting(8)), Patience(), at(days * DAY))
    due = next_look(look)
    known = {(each.kind, each.since) for each in occurrences(look)}
    before = at(9999 * DAY) if due is None else due
    assert {(e.kind, e.since) for e in occurrences(replace(look, now=(before - (before - look.now) / 1000)))} == known
    if due is not None:
        assert {(e.kind, e.since) for e in occurrences(replace(look, now=due))} > known


@pytest.mark.parametrize(
    ("carrier", "origin", "destination", "days"),
    [("dhl", "DE", "AT", 7), ("yunexpress", "CN", "AT", 12), ("yunexpress", "CN", "BR", 20), ("dhl", "DE", "BR", 15)],
)
def test_the_lane_that_says_most_decides_how_long_is_waited(
    carrier: str, origin: str, destination: str, days: int
) -> None:
    lanes = [
        LanePatience("yunexpress", None, None, Patience(12)),
        LanePatience(None, None, "BR", Patience(15)),
        LanePatience("yunexpress", None, "BR", Patience(20)),
    ]
    assert patience_for(lanes, carrier, origin, destination).no_scan_days == days


@pytest.mark.parametrize("days", [0, -1, 61])
def test_days_that_nobody_can_mean_are_refused(days: int) -> None:
    with pytest.raises(UnusablePatience):
        Patience(no_scan_days=days)
