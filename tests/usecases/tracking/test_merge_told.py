"""A parcel with what was told of it: each report once, guesses set right, two legs, in whatever order it is heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber
from plugin.ports.carrier import Forecast, Told
from plugin.usecases.tracking.merge_told import merge_told
from tests.build import DELIVERED, NOW, PLACED
from tests.support.shipments import NUMBER, a_report, a_shipment

_S = DeliveryStatus
LAST = "1Z999AA10123456784"
GUESSED = a_shipment(shipped_at=PLACED + timedelta(days=1))


def told(*reports: Report, **facts: object) -> Told:
    return replace(Told(NUMBER, is_known=True, reports=reports), **facts)  # type: ignore[arg-type]  # fields of it


def after(*answers: Told, shipment: Shipment = GUESSED) -> Shipment:
    for answer in answers:
        shipment = merge_told(shipment, answer, NOW).shipment
    return shipment


def test_a_story_told_again_is_no_news_and_the_very_same_parcel() -> None:
    once = after(told(a_report(), a_report(_S.IN_TRANSIT, PLACED)))
    again = merge_told(once, told(a_report(heard_at=NOW), a_report(_S.IN_TRANSIT, PLACED, heard_at=NOW)), NOW)
    assert again.reports == ()
    assert again.shipment is once


def test_news_are_told_apart_from_what_was_known() -> None:
    once = after(told(a_report(_S.IN_TRANSIT, PLACED)))
    news = merge_told(once, told(a_report(_S.IN_TRANSIT, PLACED, heard_at=NOW), a_report()), NOW)
    assert [each.status for each in news.reports] == [_S.DELIVERED]
    assert news.shipment.whereabouts.delivered == Moment(DELIVERED, Source.CARRIER)


def test_what_is_told_ahead_of_time_is_heard_once_its_time_has_come() -> None:
    ahead = NOW + timedelta(days=2)
    early = after(told(a_report(said_at=ahead, heard_at=NOW)))
    assert early.whereabouts.delivered is None
    again = after(told(a_report(said_at=ahead, heard_at=ahead)), shipment=early)
    assert again.whereabouts.delivered == Moment(ahead, Source.CARRIER)
    local = (NOW + timedelta(hours=13)).replace(tzinfo=None)
    assert after(told(a_report(said_at=local, heard_at=NOW))).whereabouts.delivered


def test_the_answer_sets_a_wrong_guess_right_and_who_answered_first_stays() -> None:
    right = after(told(carrier="ups"))
    assert right.numbers == (TrackedNumber(NUMBER, "ups", is_confirmed=True),)
    assert after(told(carrier="dhl"), shipment=right).numbers == right.numbers


def test_a_number_on_the_last_mile_makes_the_first_one_the_origins() -> None:
    parcel = after(
        told(a_report(_S.DELIVERED, PLACED + timedelta(days=1), message="Handed over")),
        told(carrier="dhl", final_number="1Z 999 AA1 0123 456 784", final_carrier="ups"),
    )
    assert parcel.numbers == (
        TrackedNumber(NUMBER, "dhl", Leg.ORIGIN, is_confirmed=True),
        TrackedNumber(LAST, "ups", is_confirmed=True),
    )
    assert parcel.number.number == LAST
    assert [each.leg for each in parcel.reports] == [Leg.ORIGIN], "what was heard before is of its leg too"
    on_van = replace(told(a_report(_S.OUT_FOR_DELIVERY, DELIVERED, number=LAST, carrier="ups")), number=LAST)
    assert after(on_van, shipment=parcel).whereabouts.status is _S.OUT_FOR_DELIVERY


def test_one_number_of_two_carriers_has_two_legs() -> None:
    parcel = after(
        told(
            a_report(_S.IN_TRANSIT, PLACED, carrier="yunexpress"),
            a_report(_S.OUT_FOR_DELIVERY, carrier="dpd"),
            carrier="yunexpress",
            final_carrier="dpd",
        )
    )
    assert [(each.carrier, each.leg) for each in parcel.numbers] == [
        ("yunexpress", Leg.ORIGIN),
        ("dpd", Leg.LAST_MILE),
    ]
    assert {each.carrier: each.leg for each in parcel.reports} == {"yunexpress": Leg.ORIGIN, "dpd": Leg.LAST_MILE}
    assert after(told(carrier="yunexpress", final_carrier="dpd"), shipment=parcel) is parcel


@pytest.mark.parametrize("heard", [(0, 1), (1, 0)])
def test_what_turns_out_to_be_the_first_legs_is_no_delivery(heard: tuple[int, int]) -> None:
    handed_over = a_report(said_at=PLACED + timedelta(days=2))
    later = DELIVERED + timedelta(hours=1)
    both = told(
        replace(handed_over, leg=Leg.ORIGIN, heard_at=later),
        a_report(_S.OUT_FOR_DELIVERY, carrier=None, heard_at=later),
    )
    answers = (told(handed_over), both)
    parcel = after(*(answers[each] for each in heard))
    assert (parcel.whereabouts.status, parcel.whereabouts.delivered) == (_S.OUT_FOR_DELIVERY, None)
    assert [(each.leg, each.heard_at) for each in parcel.reports] == [
        (Leg.ORIGIN, DELIVERED),
        (Leg.LAST_MILE, later),
    ]


@pytest.mark.parametrize("final", ["?", NUMBER, None])
def test_what_is_no_other_number_makes_no_second_leg(final: str | None) -> None:
    assert len(after(told(carrier="dhl", final_number=final)).numbers) == 1


def test_another_parcel_of_the_same_number_is_not_this_one() -> None:
    old = a_report(_S.DELIVERED, PLACED - timedelta(days=300))
    assert after(told(old)).reports == ()


@pytest.mark.parametrize(
    "facts", [{"not_before": PLACED}, {"purpose": Purpose.RETURN, "created_at": PLACED, "shipped_at": None}]
)
def test_nothing_happened_to_a_parcel_before_it_can_have_been_sent(facts: dict[str, object]) -> None:
    parcel = replace(a_shipment(), **facts)  # type: ignore[arg-type]  # fields of it
    before, own = a_report(said_at=PLACED - timedelta(days=2)), a_report(_S.IN_TRANSIT, PLACED - timedelta(hours=9))
    assert after(told(before, own), shipment=parcel).reports == (own,)


def test_the_first_expected_days_stay_and_the_last_said_count() -> None:
    first, later = date(2026, 11, 9), date(2026, 11, 12)
    parcel = after(told(forecast=Forecast(first, first)), told(forecast=Forecast(first, later)))
    assert parcel.expected == ExpectedDays(first, later, NOW, by_carrier=True)
    assert parcel.first_expected == ExpectedDays(first, first, NOW, by_carrier=True)
    assert after(told(forecast=Forecast(first, later)), shipment=parcel) is parcel
    assert after(told(forecast=Forecast(later, first)), shipment=parcel) is parcel, "no such days"


def test_it_was_sent_when_a_carrier_first_had_it_unless_somebody_says_when() -> None:
    scans = told(a_report(_S.IN_TRANSIT, PLACED + timedelta(days=2)))
    earlier = told(a_report(_S.IN_TRANSIT, PLACED + timedelta(days=1), message="Collected"))
    assert after(scans, earlier, shipment=a_shipment()).shipped_at == PLACED + timedelta(days=1)
    assert after(scans, shipment=GUESSED).shipped_at == GUESSED.shipped_at


MOMENTS = st.integers(0, 40).map(lambda hours: PLACED + timedelta(days=1, hours=hours * 3))
REPORTS = st.builds(
    a_report,
    status=st.sampled_from([each for each in DeliveryStatus if each is not _S.UNKNOWN]),
    said_at=st.one_of(MOMENTS, MOMENTS.map(lambda at: at.replace(tzinfo=None))),
    heard_at=MOMENTS.map(lambda at: at + timedelta(days=9)),
    source=st.sampled_from([Source.CARRIER, Source.PLATFORM, Source.MERCHANT]),
    carrier=st.sampled_from(["dhl", "ups", None]),
    number=st.sampled_from([NUMBER, LAST, None]),
    leg=st.sampled_from(Leg),
    id=st.sampled_from(["1", "2", None]),
    message=st.sampled_from(["Scanned", "Sorted", None]),
)


@given(st.lists(REPORTS, max_size=8), st.randoms(use_true_random=False), st.integers(0, 8))
def test_any_order_of_the_same_events_makes_the_same_parcel(reports: list[Report], chance: object, cut: int) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a `random.Random`
    hand_over = told(carrier="dhl", final_number=LAST, final_carrier="ups")
    one = after(hand_over, told(*reports))
    other = after(told(*shuffled[:cut]), hand_over, told(*shuffled[cut:]), told(*shuffled))
    assert other == one
    assert other.timeline() == one.timeline()
    assert other.whereabouts == one.timeline().whereabouts
