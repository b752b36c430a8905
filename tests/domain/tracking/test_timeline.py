"""One timeline of what carriers, platform and merchant tell of a parcel."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.timeline import timeline_of
from tests.domain.tracking.reports import JOURNEY, S, at, first_leg, scan

UNDERWAY = [S.INFO_RECEIVED, S.IN_TRANSIT, S.CUSTOMS, S.OUT_FOR_DELIVERY, S.PICKUP_READY, S.FAILED_ATTEMPT, S.EXCEPTION]
OTHERS = [S.EXPIRED, S.LOST, S.UNKNOWN]

reports = st.builds(
    Report,
    status=st.sampled_from(DeliveryStatus),
    said_at=st.sampled_from([at(0), at(1), at(8), at(24), at(24.005)])
    | st.integers(0, 40).map(lambda hours: at(hours).replace(tzinfo=None)),
    source=st.sampled_from(Source),
    heard_at=st.sampled_from([at(0), at(48), at(96)]),
    leg=st.sampled_from(Leg),
    carrier=st.sampled_from([None, "dhl", "yunexpress"]),
    id=st.sampled_from([None, None, "1", "2"]),
    message=st.sampled_from([None, "Delivered", "DELIVERED ", "Sorted"]),
)


@given(given=st.lists(reports, max_size=12), data=st.data())
def test_any_order_of_the_same_reports_gives_the_same_timeline(given: list[Report], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(given))
    assert timeline_of(shuffled, "CN", "US") == timeline_of(given, "CN", "US")


@given(given=st.lists(reports, max_size=8), again=st.integers(1, 500))
def test_hearing_it_all_again_changes_nothing(given: list[Report], again: int) -> None:
    later = [replace(report, heard_at=report.heard_at + timedelta(hours=again)) for report in given]
    assert timeline_of([*given, *later]) == timeline_of(given)


@given(
    late=st.lists(
        st.builds(scan, st.sampled_from([*UNDERWAY, *OTHERS]), st.floats(0, 400), source=st.sampled_from(Source)),
        max_size=8,
    )
)
def test_nothing_that_is_told_moves_a_delivered_parcel_back(late: list[Report]) -> None:
    timeline = timeline_of([*JOURNEY, *late], "CN", "DE")
    assert (timeline.status, timeline.since) == (S.DELIVERED, at(150))
    assert timeline.delivered == Moment(at(150), Source.CARRIER)


@given(known=st.integers(1, len(JOURNEY)))
def test_what_is_heard_late_leaves_the_parcel_where_later_scans_saw_it(known: int) -> None:
    heard, late = JOURNEY[-known:], JOURNEY[:-known]
    assert timeline_of(heard, "CN", "DE").status is timeline_of([*heard, *late], "CN", "DE").status


def test_two_legs_are_one_way_and_the_handover_between_them_is_no_delivery() -> None:
    timeline = timeline_of(JOURNEY, "CN", "DE")
    assert [(step.status, step.told.leg.value) for step in timeline.steps] == [
        (S.INFO_RECEIVED, "origin"),
        (S.IN_TRANSIT, "origin"),
        (S.INFO_RECEIVED, "last_mile"),
        (S.CUSTOMS, "origin"),
        (S.IN_TRANSIT, "origin"),
        (S.IN_TRANSIT, "origin"),
        (S.IN_TRANSIT, "last_mile"),
        (S.OUT_FOR_DELIVERY, "last_mile"),
        (S.FAILED_ATTEMPT, "last_mile"),
        (S.IN_TRANSIT, "last_mile"),
        (S.OUT_FOR_DELIVERY, "last_mile"),
        (S.DELIVERED, "last_mile"),
    ]
    assert timeline_of(JOURNEY[:7], "CN", "DE").delivered is None


def test_an_origin_carrier_that_alone_reports_a_delivery_is_believed() -> None:
    timeline = timeline_of(JOURNEY[:5], "CN", "DE")
    assert (timeline.status, timeline.delivered) == (S.DELIVERED, Moment(at(100), Source.CARRIER))


@pytest.mark.parametrize(
    ("then", "status"),
    [
        (scan(S.IN_TRANSIT, 130), S.IN_TRANSIT),  # back to the depot, for another try
        (scan(S.INFO_RECEIVED, 130), S.OUT_FOR_DELIVERY),
        (scan(S.IN_TRANSIT, 130, source=Source.PLATFORM), S.OUT_FOR_DELIVERY),
        (first_leg(S.IN_TRANSIT, 130), S.OUT_FOR_DELIVERY),
        (scan(S.DELIVERED, 130, source=Source.PLATFORM), S.DELIVERED),
        (scan(S.DELIVERED, 130, source=Source.ESTIMATE), S.OUT_FOR_DELIVERY),
        (scan(S.UNKNOWN, 130), S.OUT_FOR_DELIVERY),
        (scan(S.EXPIRED, 900), S.EXPIRED),
        (scan(S.LOST, 900), S.LOST),
    ],
)
def test_a_later_report_moves_it_only_as_far_as_its_teller_knows(then: Report, status: DeliveryStatus) -> None:
    underway = JOURNEY[:8]
    assert timeline_of(underway).status is S.OUT_FOR_DELIVERY
    assert timeline_of([*underway, then]).status is status


@pytest.mark.parametrize("lost", [S.LOST, S.EXPIRED])
def test_what_was_given_up_is_found_again_by_a_scan(lost: DeliveryStatus) -> None:
    timeline = timeline_of([*JOURNEY[:8], scan(lost, 600), scan(S.IN_TRANSIT, 700)])
    assert (timeline.status, timeline.since, timeline.last_scan) == (S.IN_TRANSIT, at(700), at(700))


def test_a_delivery_after_the_return_began_is_one_to_the_sender() -> None:
    timeline = timeline_of([*JOURNEY[:9], scan(S.RETURNING, 200), scan(S.DELIVERED, 300)])
    assert (timeline.status, timeline.delivered, timeline.is_final) == (S.RETURNED, None, True)


def test_a_parcel_sent_back_after_its_delivery_was_delivered_all_the_same() -> None:
    timeline = timeline_of([*JOURNEY, scan(S.RETURNING, 200), scan(S.RETURNED, 300)])
    assert (timeline.status, timeline.delivered) == (S.RETURNED, Moment(at(150), Source.CARRIER))


def test_a_state_lasts_since_the_first_step_that_says_so() -> None:
    timeline = timeline_of([scan(S.IN_TRANSIT, 1), scan(S.CUSTOMS, 5), scan(S.CUSTOMS, 60, message="Documents needed")])
    assert (timeline.status, timeline.since, timeline.last_scan) == (S.CUSTOMS, at(5), at(60))


def test_a_carrier_s_scan_beats_the_platform_s_word_and_that_the_merchant_s() -> None:
    merchant, platform = (scan(S.DELIVERED, 90 + n, source=s) for n, s in enumerate([Source.MERCHANT, Source.PLATFORM]))
    carrier = scan(S.DELIVERED, 80)
    assert timeline_of([merchant]).delivered == Moment(at(90), Source.MERCHANT)
    assert timeline_of([merchant, platform]).delivered == Moment(at(91), Source.PLATFORM)
    assert timeline_of([merchant, platform, carrier]).delivered == Moment(at(80), Source.CARRIER)


@pytest.mark.parametrize("source", [Source.PLATFORM, Source.MERCHANT])
def test_a_delivery_after_which_the_carrier_still_had_it_was_none(source: Source) -> None:
    said = scan(S.DELIVERED, 100, source=source)
    timeline = timeline_of([said, scan(S.IN_TRANSIT, 110)], "CN", "DE")
    assert (timeline.status, timeline.delivered) == (S.IN_TRANSIT, None)
    assert timeline_of([scan(S.IN_TRANSIT, 90), said, first_leg(S.IN_TRANSIT, 110)]).delivered == Moment(
        at(100), source
    )
    again = scan(S.DELIVERED, 120, source=source)
    assert timeline_of([said, scan(S.IN_TRANSIT, 110), again]).delivered == Moment(at(120), source)


def test_what_two_tellers_say_of_the_same_minute_is_one_step_with_both_kept() -> None:
    carrier, platform = scan(S.DELIVERED, 150, message="Delivered"), scan(S.DELIVERED, 150.005, source=Source.PLATFORM)
    (step,) = timeline_of([platform, carrier]).steps
    assert (step.told, step.reports) == (carrier, (carrier, platform))


def test_two_scans_of_one_carrier_in_the_same_minute_stay_two() -> None:
    pair = [scan(S.IN_TRANSIT, 5, message="Arrived"), scan(S.IN_TRANSIT, 5, message="Departed")]
    assert [step.told.message for step in timeline_of(pair).steps] == ["Arrived", "Departed"]


def test_a_report_given_again_under_its_id_is_corrected_and_both_are_kept() -> None:
    wrong, right = scan(S.DELIVERED, 150, id="7", heard=151), scan(S.DELIVERED, 174, id="7", heard=175)
    timeline = timeline_of([right, wrong])
    assert timeline.delivered == Moment(at(174), Source.CARRIER)
    assert (len(timeline.steps), timeline.reports) == (1, (wrong, right))


def test_nothing_told_is_nothing_known() -> None:
    timeline = timeline_of([])
    assert (timeline.status, timeline.since, timeline.last_scan, timeline.delivered) == (S.UNKNOWN, None, None, None)
