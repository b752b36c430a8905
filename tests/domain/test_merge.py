from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain import merge
from plugin.domain.money import Money
from plugin.domain.order import DeliveryStatus, FulfilledLine, Order, PlatformReturn, Shopper
from plugin.domain.return_parts import LineFee, ReturnDelivery
from plugin.domain.times import Moment, Source
from tests.build import DELIVERED, PLACED, a_fulfilment, a_line, a_refund, an_event, an_order

LATER = an_order().updated_at + timedelta(days=4)


def newer(**facts: object) -> Order:
    return an_order(updated_at=LATER, **facts)


def test_a_report_without_fulfilment_events_leaves_the_known_delivery_in_place() -> None:
    old = an_order(fulfilments=(a_fulfilment(events=(an_event(id="e1"),)),))
    after = merge.merged(old, newer(fulfilments=(a_fulfilment(status="closed"),)))
    assert after.fulfilments == (a_fulfilment(status="closed", events=(an_event(id="e1"),)),)


def test_a_product_blanked_on_a_past_line_stays_what_it_was_when_ordered() -> None:
    blanked = a_line(product_id=None, sku=None, categories=(), is_physical=None)
    assert merge.merged(an_order(), newer(lines=(blanked,))).lines == (a_line(),)


def test_a_refund_summary_keeps_the_lines_a_full_record_told() -> None:
    after = merge.merged(an_order(refunds=(a_refund(),)), newer(refunds=(a_refund(lines=()),)))
    assert after.refunds == (a_refund(),)


def test_a_refund_missing_from_a_later_snapshot_was_deleted_on_the_platform() -> None:
    refund = a_refund(moment=Moment(LATER - timedelta(days=1), Source.PLATFORM))
    assert merge.merged(an_order(refunds=(refund,)), newer()).refunds == ()


def test_a_refund_made_after_the_snapshot_stays() -> None:
    refund = a_refund(moment=Moment(LATER + timedelta(seconds=1), Source.PLATFORM))
    assert merge.merged(an_order(refunds=(refund,)), newer()).refunds == (refund,)


def test_a_fulfilment_made_after_the_snapshot_stays_and_an_earlier_one_that_is_missing_goes() -> None:
    early = a_fulfilment("early", updated_at=LATER - timedelta(days=1))
    late = a_fulfilment("late", updated_at=LATER + timedelta(minutes=1))
    assert merge.merged(an_order(fulfilments=(early, late)), newer()).fulfilments == (late,)


def test_returns_stay_because_order_reports_do_not_list_them() -> None:
    known = PlatformReturn("9", "OPEN", (FulfilledLine(a_line().id, 1),))
    assert merge.merged(an_order(returns=(known,)), newer()).returns == (known,)


def test_a_return_reported_without_its_lines_parcels_and_fees_keeps_them() -> None:
    lines, fee = (FulfilledLine(a_line().id, 1),), Money(490, "EUR")
    parcel = ReturnDelivery("66", "RR1")
    known = PlatformReturn("9", "OPEN", lines, lines, (parcel,), fee, (LineFee(a_line().id, fee),))
    closed = newer(returns=(PlatformReturn("9", "CLOSED"),))
    assert merge.merged(an_order(returns=(known,)), closed).returns == (replace(known, status="CLOSED"),)


def test_an_expected_delivery_stays_until_another_is_reported() -> None:
    expected, later = (Moment(DELIVERED + timedelta(days=n), Source.ESTIMATE) for n in (0, 2))
    known = a_fulfilment(estimated=expected)
    assert merge.merged_fulfilment(known, a_fulfilment(status="closed")).estimated == expected
    assert merge.merged_fulfilment(known, a_fulfilment(estimated=later)).estimated == later


def test_what_was_erased_stays_erased_when_the_platform_repeats_it() -> None:
    erased = an_order(shopper=Shopper(is_erased=True))
    assert merge.merged(erased, newer()).shopper == Shopper(is_erased=True)


def test_completing_an_order_again_does_not_move_the_first_completion() -> None:
    first, again = Moment(PLACED, Source.PLATFORM), Moment(LATER, Source.PLATFORM)
    assert merge.merged(an_order(completed=first), newer(completed=again)).completed == first


def test_a_later_edit_of_a_delivered_order_does_not_postpone_its_delivery() -> None:
    first, moved = an_event(), an_event(DELIVERED + timedelta(days=9))
    assert merge.merged_events((first,), (moved,)) == (first,)


def test_a_second_parcel_reported_delivered_brings_its_own_day() -> None:
    first, second = an_event(), an_event(DELIVERED + timedelta(days=3))
    assert merge.merged_events((first,), (first, second)) == (first, second)


def test_an_event_with_an_id_is_replaced_by_its_correction() -> None:
    wrong, right = an_event(id="e1"), an_event(DELIVERED + timedelta(days=1), id="e1")
    assert merge.merged_events((wrong,), (right,)) == (right,)


events = st.builds(
    lambda hours, status, number: an_event(
        DELIVERED + timedelta(hours=hours), status=status, id=number and str(number)
    ),
    hours=st.integers(0, 300),
    status=st.sampled_from([DeliveryStatus.DELIVERED, DeliveryStatus.IN_TRANSIT]),
    number=st.one_of(st.none(), st.integers(1, 3)),
)


@given(st.lists(events, max_size=5), st.lists(events, max_size=5))
def test_hearing_the_same_report_twice_changes_nothing(old: list, new: list) -> None:
    once = merge.merged_events(old, new)
    assert merge.merged_events(once, new) == once


@given(st.permutations(["a", "b", "c"]))
def test_orders_reported_twice_are_equal_to_orders_reported_once(ids: list[str]) -> None:
    order = newer(lines=tuple(a_line(line_id) for line_id in ids), fulfilments=(a_fulfilment(events=(an_event(),)),))
    once = merge.merged(replace(order, updated_at=PLACED), order)
    assert merge.merged(once, order) == once == order


def arrived_by(at: datetime) -> Moment:
    return Moment(at, Source.STATUS)


def test_what_an_order_says_has_arrived_keeps_the_first_day_it_was_said_on() -> None:
    old = an_order(delivered=arrived_by(LATER - timedelta(days=3)))
    for later in (newer(delivered=arrived_by(LATER)), newer(platform_status="completed")):
        assert merge.merged(old, later).delivered == old.delivered


def test_an_order_that_is_underway_again_has_not_arrived_and_the_next_day_it_is_said_on_counts() -> None:
    withdrawn = merge.merged(an_order(delivered=arrived_by(DELIVERED)), newer(is_underway=True))
    assert withdrawn.delivered is None
    assert merge.merged(withdrawn, newer(delivered=arrived_by(LATER))).delivered == arrived_by(LATER)
