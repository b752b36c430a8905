"""The withdrawal clock: worked examples."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import Clock, ClockState, Right
from plugin.domain.ids import LineId
from plugin.domain.law.answers import Certainty
from plugin.domain.order import (
    DeliveryEvent,
    DeliveryStatus,
    FulfilledLine,
    Fulfilment,
    Parcel,
    PlatformReturn,
    Standing,
)
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.times import Moment, Source
from tests.domain.clocks.worked_orders import (
    PLACED,
    a_line,
    a_policy,
    day,
    delivered,
    marked,
    refund_of,
    shipped,
    stored,
)


def withdrawal(law: Law, policy: PolicyVersion | None = None, **order: object) -> Clock:
    return entitlements(stored(**order), policy, law)[0].clock(Right.WITHDRAWAL)


def test_day_14_on_a_sunday_gives_the_shopper_monday_until_midnight_in_berlin(law: Law) -> None:
    clock = withdrawal(law)
    assert clock.event_day == date(2023, 12, 3)
    assert clock.nominal_last_day == date(2023, 12, 17)
    assert clock.last_day == clock.shown_last_day == date(2023, 12, 18)
    assert clock.closes_at == datetime(2023, 12, 18, 23, tzinfo=UTC)
    assert [basis.citation for basis in clock.basis] == [
        "Directive 2011/83/EU art. 9",
        "Regulation (EEC, Euratom) 1182/71 art. 3",
    ]
    assert [step.code for step in clock.trace][:4] == [
        "delivered",
        "day_of_event_not_counted",
        "rolled_over_sunday",
        "information_not_declared",
    ]
    assert ("source", "carrier") in clock.trace[0].facts
    assert clock.certainty is Certainty.VERIFIED
    assert clock.is_statutory


def test_the_state_is_asked_for_an_instant_and_the_end_is_exclusive(law: Law) -> None:
    clock = withdrawal(law)
    assert clock.state(datetime(2023, 12, 18, 22, 59, 59, tzinfo=UTC)) is ClockState.OPEN
    assert clock.state(datetime(2023, 12, 18, 23, tzinfo=UTC)) is ClockState.CLOSED


def test_nothing_delivered_means_not_started(law: Law) -> None:
    clock = withdrawal(law, fulfilments=())
    assert clock.state(day(30)) is ClockState.NOT_STARTED
    assert clock.closes_at is None
    assert clock.trace[0].code == "awaiting_delivery"


def test_the_period_starts_with_the_last_good_of_the_order(law: Law) -> None:
    parcels = (delivered(day(3), lines=(("1", 1),)), delivered(day(8), lines=(("2", 1),)))
    answers = entitlements(stored(lines=(a_line("1"), a_line("2")), fulfilments=parcels), None, law)
    assert {answer.clock(Right.WITHDRAWAL).event_day for answer in answers} == {date(2023, 12, 8)}
    guarantees = [answer.clock(Right.LEGAL_GUARANTEE).event_day for answer in answers]
    assert guarantees == [date(2023, 12, 3), date(2023, 12, 8)]


@pytest.mark.parametrize(
    "second",
    [
        shipped(lines=(("2", 1),)),
        delivered(day(8), by=Source.ESTIMATE, lines=(("2", 1),)),
        delivered(day(8), lines=(("2", 1),), status="cancelled"),
        shipped(
            lines=(("2", 1),), events=(DeliveryEvent(DeliveryStatus.PICKUP_READY, Moment(day(8), Source.CARRIER)),)
        ),
    ],
    ids=["on its way", "only estimated", "called off", "ready for pick-up"],
)
def test_an_order_partly_undelivered_has_not_started(law: Law, second: Fulfilment) -> None:
    parcels = (delivered(day(3), lines=(("1", 1),)), second)
    clock = withdrawal(law, lines=(a_line("1"), a_line("2")), fulfilments=parcels)
    assert clock.state(day(31)) is ClockState.NOT_STARTED


@pytest.mark.parametrize("absurd", [datetime(1970, 1, 1, tzinfo=UTC), PLACED - timedelta(seconds=1)])
def test_what_is_said_to_have_arrived_before_it_was_ordered_starts_and_ends_nothing(law: Law, absurd: datetime) -> None:
    clocks = (
        withdrawal(law, fulfilments=(delivered(absurd, by=Source.PLATFORM),)),
        withdrawal(law, fulfilments=(), delivered=Moment(absurd, Source.STATUS)),
        withdrawal(law, fulfilments=(delivered(day(3)), delivered(absurd, id="f2"))),
    )
    assert [(clock.starts, clock.closes_at) for clock in clocks] == [(None, None)] * 3
    there = withdrawal(law, fulfilments=(delivered(PLACED, by=Source.PLATFORM),))
    assert there.event_day == PLACED.date()


def test_a_line_sent_in_two_parcels_arrives_with_the_second(law: Law) -> None:
    parts = (delivered(day(3), lines=(("1", 1),)), delivered(day(9), lines=(("1", 2),)))
    assert withdrawal(law, lines=(a_line(quantity=3),), fulfilments=parts).event_day == date(2023, 12, 9)
    assert withdrawal(law, lines=(a_line(quantity=4),), fulfilments=parts).starts is None


def test_a_fulfilment_of_two_parcels_needs_both_reports(law: Law) -> None:
    parcels = (Parcel("dhl", "A", None), Parcel("dhl", "B", None))
    first = delivered(day(3), parcels=parcels)
    assert withdrawal(law, fulfilments=(first,)).starts is None
    second = DeliveryEvent(DeliveryStatus.DELIVERED, Moment(day(5), Source.CARRIER))
    both = delivered(day(3), parcels=parcels, events=(*first.events, second))
    assert withdrawal(law, fulfilments=(both,)).event_day == date(2023, 12, 5)


def test_a_refunded_line_that_never_came_is_not_waited_for(law: Law) -> None:
    lines = (a_line("1"), a_line("2"))
    parcels = (delivered(day(3), lines=(("1", 1),)),)
    clock = withdrawal(law, lines=lines, fulfilments=parcels, refunds=(refund_of("2", 1),))
    assert clock.event_day == date(2023, 12, 3)


def test_a_unit_refunded_after_the_first_arrival_may_have_come_back_so_the_rest_is_waited_for(law: Law) -> None:
    parcels = (delivered(day(3), lines=(("1", 2),)),)
    after = withdrawal(law, lines=(a_line(quantity=3),), fulfilments=parcels, refunds=(refund_of("1", 1, day(6)),))
    assert after.starts is None
    before = withdrawal(law, lines=(a_line(quantity=3),), fulfilments=parcels, refunds=(refund_of("1", 1, day(2)),))
    assert before.event_day == date(2023, 12, 3)


def test_a_unit_taken_off_by_an_edit_is_not_waited_for(law: Law) -> None:
    sent = delivered(lines=(("1", 2),))
    edited, waiting = a_line(quantity=3, removed=1), a_line(quantity=3)
    assert withdrawal(law, lines=(edited,), fulfilments=(sent,)).starts is not None
    assert withdrawal(law, lines=(waiting,), fulfilments=(sent,)).starts is None


@pytest.mark.parametrize(
    "went_back",
    [
        {"returns": (PlatformReturn("r1", "OPEN", (FulfilledLine(LineId("1"), 1),)),)},
        {"refunds": (refund_of("1", 1, day(5)),)},
    ],
    ids=["returned", "refunded"],
)
def test_a_unit_that_came_back_is_not_taken_for_one_that_was_never_sent(law: Law, went_back: dict[str, object]) -> None:
    sent, line = delivered(lines=(("1", 2),)), a_line(quantity=3, removed=1)
    assert withdrawal(law, lines=(line,), fulfilments=(sent,), **went_back).starts is None


def test_units_refunded_and_units_taken_off_leave_nothing_together(law: Law) -> None:
    line, other = a_line(quantity=3, removed=3), a_line("2")
    order = stored(lines=(line, other), refunds=(refund_of("1", 2),))
    gone, kept = entitlements(order, None, law)
    assert {clock.absent for clock in gone.clocks} == {"refunded"}
    assert kept.clock(Right.WITHDRAWAL).absent is None


def test_an_estimate_is_shown_as_one_and_closes_nothing(law: Law) -> None:
    on_its_way = delivered(day(3), by=Source.ESTIMATE)
    clock = withdrawal(law, fulfilments=(on_its_way,))
    assert clock.estimated_last_day == date(2023, 12, 18)
    assert clock.closes_at is None
    assert clock.state(datetime(2030, 1, 1, tzinfo=UTC)) is ClockState.NOT_STARTED


def test_the_merchant_can_say_when_it_was_delivered(law: Law) -> None:
    clock = withdrawal(law, fulfilments=(), marks=(marked(day(3)),))
    assert clock.last_day == date(2023, 12, 18)
    assert clock.starts is not None
    assert clock.starts.source is Source.MERCHANT


def test_a_later_report_beats_the_merchants_earlier_day(law: Law) -> None:
    assert withdrawal(law, marks=(marked(day(1)),)).event_day == date(2023, 12, 3)
    assert withdrawal(law, marks=(marked(day(5)),)).event_day == date(2023, 12, 5)


def test_the_merchants_last_word_on_a_line_counts(law: Law) -> None:
    marks = (marked(day(5), "1", day(6)), marked(day(4), None, day(7)))
    assert withdrawal(law, fulfilments=(), marks=marks).event_day == date(2023, 12, 4)


def test_virtual_lines_of_a_mixed_order_hold_nothing_up_and_share_its_start(law: Law) -> None:
    lines = (a_line("1"), a_line("2", is_physical=False), a_line("3", is_gift_card=True))
    answers = entitlements(stored(lines=lines, fulfilments=(delivered(lines=(("1", 1),)),)), None, law)
    assert {answer.clock(Right.WITHDRAWAL).last_day for answer in answers} == {date(2023, 12, 18)}


def test_an_order_without_goods_runs_from_the_contract_in_the_eu(law: Law) -> None:
    clock = withdrawal(law, lines=(a_line(is_physical=False),), fulfilments=())
    assert clock.event_day == date(2023, 12, 1)
    assert clock.last_day == date(2023, 12, 15)
    assert clock.trace[0].code == "contract_concluded"


def test_unknown_physicality_keeps_the_right_and_waits_for_delivery(law: Law) -> None:
    clock = withdrawal(law, lines=(a_line(is_physical=None),), fulfilments=())
    assert clock.absent is None
    assert clock.starts is None


def test_an_engraving_is_flagged_and_the_right_exists(law: Law) -> None:
    clock = withdrawal(law, lines=(a_line(property_names=("Engraving", "_internal")),))
    assert clock.absent is None
    assert clock.trace[-1].code == "may_be_personalised"
    assert clock.trace[-1].facts == (("property", "Engraving"),)


@pytest.mark.parametrize(
    ("order", "absent"),
    [
        ({"standing": Standing.UNPAID, "fulfilments": ()}, "order_unpaid"),
        ({"standing": Standing.CANCELLED}, "order_cancelled"),
        ({"standing": Standing.FAILED}, "order_failed"),
        ({"standing": Standing.REFUNDED}, "refunded"),
        ({"refunds": (refund_of("1", 1),)}, "refunded"),
        ({"country": None}, "country_unknown"),
        ({"country": "AQ"}, "law_unknown"),
        ({"country": "US"}, "no_statutory_right"),
        ({"country": "CH"}, "no_statutory_right"),
        ({"is_business": True}, "business_order"),
    ],
)
def test_a_right_that_does_not_exist_says_why(law: Law, order: dict[str, object], absent: str) -> None:
    clock = withdrawal(law, **order)
    assert clock.absent == absent
    assert clock.state(day(4)) is ClockState.NOT_APPLICABLE
    assert clock.trace[0].code == absent


def test_money_given_back_without_units_ends_no_right(law: Law) -> None:
    assert withdrawal(law, refunds=(refund_of("1", 0),)).absent is None


def test_an_unpaid_order_that_was_delivered_has_its_rights(law: Law) -> None:
    assert withdrawal(law, standing=Standing.UNPAID).last_day == date(2023, 12, 18)


@pytest.mark.parametrize(
    ("declared", "payer", "code"),
    [
        ({"is_told_return_cost": None, "return_payer": Payer.UNKNOWN}, Payer.UNKNOWN, "payer_depends_on_notice"),
        ({"is_told_return_cost": None, "return_payer": Payer.SHOPPER}, Payer.UNKNOWN, "payer_depends_on_notice"),
        ({"is_told_return_cost": True, "return_payer": Payer.SHOPPER}, Payer.SHOPPER, "payer_shopper_told"),
        ({"is_told_return_cost": False, "return_payer": Payer.SHOPPER}, Payer.SHOP, "payer_shop_not_told"),
        ({"is_told_return_cost": True, "return_payer": Payer.SHOP}, Payer.SHOP, "payer_shop_by_promise"),
    ],
)
def test_the_shopper_pays_the_return_only_if_told_before_and_never_if_the_shop_promised_to(
    law: Law, declared: dict[str, object], payer: Payer, code: str
) -> None:
    clock = withdrawal(law, a_policy(**declared))
    assert clock.payer is payer
    assert code in [step.code for step in clock.trace]


def test_a_shop_that_declares_it_does_not_inform_gives_twelve_months_more(law: Law) -> None:
    clock = withdrawal(law, a_policy(is_informed=False))
    assert clock.last_day == date(2024, 12, 18)
    assert "not_informed_extension" in [step.code for step in clock.trace]


def test_a_clock_asked_about_a_day_before_the_delivery_has_not_started(law: Law) -> None:
    clock = withdrawal(law)
    assert clock.starts is not None
    assert clock.state(clock.starts.at - timedelta(seconds=1)) is ClockState.NOT_STARTED
    assert clock.state(clock.starts.at) is ClockState.OPEN


def test_where_no_parcel_is_tracked_the_orders_own_status_starts_the_clock_and_is_named(law: Law) -> None:
    clock = withdrawal(law, fulfilments=(shipped(),), delivered=Moment(day(6), Source.STATUS))
    assert clock.event_day == date(2023, 12, 6)
    assert ("source", "status") in clock.trace[0].facts


def test_a_parcel_that_came_later_than_the_status_says_counts_and_the_merchants_day_goes_before_the_status(
    law: Law,
) -> None:
    by_status = Moment(day(6), Source.STATUS)
    assert withdrawal(law, fulfilments=(delivered(day(8)),), delivered=by_status).event_day == date(2023, 12, 8)
    assert withdrawal(law, fulfilments=(), marks=(marked(day(4)),), delivered=by_status).event_day == date(2023, 12, 4)
