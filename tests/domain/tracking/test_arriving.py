"""A carrier's word counts instead of the platform's, and no start that periods were counted from is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.clocks.arrivals import line_arrival, told_arrivals
from plugin.domain.order import DeliveryStatus, Fulfilment, Parcel
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.arriving import with_arrival
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Purpose, Shipment, TrackedNumber
from tests.build import DELIVERED, PLACED, a_fulfilment, a_stored_order, an_event, an_order
from tests.support.shipments import NUMBER, a_report, a_shipment

_S = DeliveryStatus
OTHER = "1Z999AA10123456784"
EARLY, LATE = DELIVERED - timedelta(days=1), DELIVERED + timedelta(days=2)


def ordered(*numbers: str, reported: datetime | None = DELIVERED) -> StoredOrder:
    events = (an_event(reported),) if reported else ()
    sent: Fulfilment = a_fulfilment(parcels=tuple(Parcel(None, n, None) for n in numbers), events=events)
    return a_stored_order(an_order(fulfilments=(sent,)))


def parcel(*reports: Report, number: str = NUMBER) -> Shipment:
    return a_shipment(belongs_to="f1", numbers=(TrackedNumber(number),)).with_reports(reports)


def start(stored: StoredOrder) -> Moment | None:
    (line,) = stored.order.lines
    return line_arrival(line, stored.order, stored.marks, stored.arrivals).delivered


def test_a_later_scan_of_the_carrier_moves_the_start() -> None:
    stored = with_arrival(ordered(f"JJD 0003-{NUMBER[7:]}"), parcel(a_report(said_at=LATE)))
    assert start(stored) == Moment(LATE, Source.CARRIER)


def test_an_earlier_scan_leaves_the_start_that_was_told() -> None:
    stored = with_arrival(ordered(NUMBER), parcel(a_report(said_at=EARLY)))
    assert start(stored) == start(ordered(NUMBER))


def test_the_platforms_later_word_does_not_count_once_a_carrier_has_spoken() -> None:
    stored = with_arrival(ordered(NUMBER, reported=None), parcel(a_report(said_at=EARLY)))
    echoed = replace(stored, order=ordered(NUMBER, reported=LATE).order)
    assert start(echoed) == Moment(EARLY, Source.CARRIER)


def test_the_platforms_word_alone_changes_nothing() -> None:
    stored = ordered(NUMBER)
    said = parcel(a_report(source=Source.PLATFORM), a_report(_S.IN_TRANSIT, EARLY))
    assert with_arrival(stored, said) is stored


def test_what_is_on_its_way_back_has_not_arrived_whatever_the_platform_says() -> None:
    back = parcel(a_report(_S.RETURNING, EARLY), a_report(_S.DELIVERED, LATE, source=Source.PLATFORM))
    stored = with_arrival(ordered(NUMBER), back)
    assert start(stored) is None


@pytest.mark.parametrize("source", [Source.CARRIER, Source.PLATFORM])
def test_what_a_carrier_scanned_on_its_way_later_has_not_arrived_until_that_is_said_again(source: Source) -> None:
    told = (a_report(said_at=DELIVERED, source=Source.PLATFORM), a_report(_S.OUT_FOR_DELIVERY, LATE))
    stored = with_arrival(ordered(NUMBER), parcel(*told))
    assert start(ordered(NUMBER)) is not None
    assert start(stored) is None
    came = LATE + timedelta(hours=3)
    again = with_arrival(stored, parcel(*told, a_report(said_at=came, source=source)))
    assert start(again) == Moment(came, source)


def test_a_delivery_that_is_taken_back_starts_no_earlier_than_it_was_told() -> None:
    said = with_arrival(ordered(NUMBER, reported=None), parcel(a_report(said_at=DELIVERED, id="1")))
    mistaken = parcel(a_report(_S.OUT_FOR_DELIVERY, DELIVERED, id="1"))
    taken_back = with_arrival(said, mistaken)
    assert (start(said), start(taken_back)) == (Moment(DELIVERED, Source.CARRIER), None)
    again = with_arrival(taken_back, parcel(a_report(said_at=EARLY)))
    assert start(again) == Moment(DELIVERED, Source.CARRIER)


def test_of_two_parcels_both_have_to_arrive_by_the_carriers_word() -> None:
    one = with_arrival(ordered(NUMBER, OTHER, reported=None), parcel(a_report()))
    assert start(one) is None
    both = with_arrival(one, parcel(a_report(said_at=LATE), number=OTHER))
    assert start(both) == Moment(LATE, Source.CARRIER)


@pytest.mark.parametrize("facts", [{"is_void": True}, {"is_forgotten": True}, {"purpose": Purpose.RETURN}])
def test_a_parcel_that_counts_for_nothing_moves_no_start(facts: dict[str, object]) -> None:
    stored = ordered(NUMBER)
    heard = replace(parcel(a_report(said_at=LATE)), **facts)  # type: ignore[arg-type]  # fields of the shipment
    assert with_arrival(stored, heard) is stored


def test_a_corrected_number_is_looked_for_among_those_the_order_lists() -> None:
    numbers = (TrackedNumber(OTHER), TrackedNumber(NUMBER))
    sent = a_shipment(belongs_to="f1", numbers=numbers).with_reports([a_report(said_at=LATE)])
    assert start(with_arrival(ordered(NUMBER), sent)) == Moment(LATE, Source.CARRIER)


def test_a_parcel_of_a_fulfilment_that_is_gone_moves_no_start() -> None:
    stored = ordered(NUMBER)
    assert with_arrival(stored, replace(parcel(a_report(said_at=LATE)), belongs_to="f9")) is stored


def test_what_was_delivered_before_it_was_ordered_is_another_parcel() -> None:
    strange = parcel(a_report(said_at=PLACED - timedelta(days=30)))
    stored = ordered(NUMBER)
    assert with_arrival(stored, strange) is stored, "the platform's word stays what counts"
    said = with_arrival(stored, parcel(a_report(said_at=LATE)))
    assert start(with_arrival(said, strange)) is None


REPORTS = st.builds(
    a_report,
    status=st.sampled_from([_S.IN_TRANSIT, _S.DELIVERED, _S.DELIVERED, _S.RETURNING, _S.LOST]),
    said_at=st.integers(-60, 60).map(lambda hours: DELIVERED + timedelta(hours=hours)),
    source=st.sampled_from([Source.CARRIER, Source.CARRIER, Source.PLATFORM, Source.MERCHANT]),
    id=st.sampled_from(["1", "2", None]),
)


@given(st.lists(st.lists(REPORTS, max_size=3), max_size=6), st.sampled_from([None, DELIVERED]))
def test_whatever_is_told_in_whatever_order_no_start_moves_earlier(
    told: list[list[Report]], reported: datetime | None
) -> None:
    stored = ordered(NUMBER, reported=reported)
    latest = start(stored)
    heard: list[Report] = []
    for news in told:
        heard += news
        stored = with_arrival(stored, parcel(*heard))
        now = start(stored)
        assert with_arrival(stored, parcel(*heard)) is stored, "hearing it again changes nothing"
        if now and latest:
            assert now.at >= latest.at
        latest = now or latest


@pytest.mark.parametrize("gone", [(OTHER, "success"), (NUMBER, "cancelled")])
def test_a_parcel_whose_number_was_taken_off_has_not_arrived(gone: tuple[str, str]) -> None:
    stored = with_arrival(ordered(NUMBER, reported=None), parcel(a_report(said_at=LATE)))
    assert told_arrivals(stored) == (Moment(LATE, Source.CARRIER),)
    sent = a_fulfilment(parcels=(Parcel(None, gone[0], None),), status=gone[1])
    later = replace(stored, order=replace(stored.order, fulfilments=(sent,)))
    assert told_arrivals(later) == ()
