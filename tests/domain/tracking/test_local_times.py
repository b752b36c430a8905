"""A carrier's local clock, read in the zone of the place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plugin.domain.times import Moment, NotAnInstant, Source
from plugin.domain.tracking.report import EventPlace, Leg
from plugin.domain.tracking.timeline import timeline_of
from tests.domain.tracking.reports import S, local


@pytest.mark.parametrize(
    ("clock", "place", "expected"),
    [
        ("2026-11-02T14:30", EventPlace("DE"), "2026-11-02T13:30"),
        ("2026-07-02T14:30", EventPlace("DE"), "2026-07-02T12:30"),
        ("2026-11-02T14:30", EventPlace("JP"), "2026-11-02T05:30"),
        ("2026-11-02T14:30", EventPlace("US", "NY"), "2026-11-02T19:30"),
        ("2026-11-02T14:30", EventPlace("US", "CA"), "2026-11-02T22:30"),
        ("2026-11-02T14:30", EventPlace(), "2026-11-02T13:30"),  # the destination's
        ("2026-11-02T14:30+09:00", EventPlace("DE"), "2026-11-02T05:30"),
        ("2026-10-25T02:30", EventPlace("DE"), "2026-10-25T01:30"),  # shown twice: the second
    ],
)
def test_a_local_time_is_read_where_it_was_said(clock: str, place: EventPlace, expected: str) -> None:
    timeline = timeline_of([local(S.DELIVERED, clock, place)], "CN", "DE")
    assert timeline.delivered == Moment(datetime.fromisoformat(expected).replace(tzinfo=UTC), Source.CARRIER)
    assert timeline.steps[0].happened.is_certain


def test_the_first_leg_s_clock_is_the_country_s_it_sends_from() -> None:
    timeline = timeline_of([local(S.IN_TRANSIT, "2026-11-02T14:30", leg=Leg.ORIGIN)], "CN", "DE")
    assert timeline.since == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


def test_legs_with_clocks_of_their_own_stand_in_their_true_order() -> None:
    left = local(S.IN_TRANSIT, "2026-11-02T14:30", EventPlace("CN"), Leg.ORIGIN)
    arrived = local(S.CUSTOMS, "2026-11-02T10:00", EventPlace("DE"))
    assert [step.status for step in timeline_of([arrived, left]).steps] == [S.IN_TRANSIT, S.CUSTOMS]


@pytest.mark.parametrize(
    ("place", "latest"),
    [(EventPlace("US"), "2026-11-03T01:30"), (EventPlace(), "2026-11-03T02:30")],  # Midway; the last place on Earth
)
def test_where_the_zone_is_unknown_a_period_starts_from_the_latest_it_can_have_been(
    place: EventPlace, latest: str
) -> None:
    timeline = timeline_of([local(S.DELIVERED, "2026-11-02T14:30", place)])
    assert timeline.delivered == Moment(datetime.fromisoformat(latest).replace(tzinfo=UTC), Source.CARRIER)
    assert not timeline.steps[0].happened.is_certain


@pytest.mark.parametrize("clock", ["0001-01-01T00:00", "1900-01-01T00:00", "1970-01-01T00:00Z", "9999-12-31T23:59:59"])
def test_what_carriers_send_for_no_date_is_no_report(clock: str) -> None:
    with pytest.raises(NotAnInstant):
        local(S.DELIVERED, clock)
