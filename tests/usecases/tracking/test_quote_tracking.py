"""What the shopper of an order is told of its parcels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plugin.domain.ids import LineId, ShipmentId, StaffId
from plugin.domain.order import Address, DeliveryEvent, DeliveryPlace, FulfilledLine, Parcel, Standing
from plugin.domain.stored import DeliveryMark
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.eta.spread import DayRange
from plugin.domain.tracking.report import EventPlace
from plugin.domain.tracking.shipment import Purpose
from plugin.domain.tracking.told import Situation, ToldOrder, ToldParcel
from plugin.usecases.tracking.quote_tracking import quote_tracking, told_order
from tests.build import MERCHANT, PLACED, a_line, a_shopper
from tests.domain.tracking.reports import JOURNEY, S, at, first_leg, scan
from tests.fakes.units import FakeUnits
from tests.usecases.tracking.orders import EXPECTED, FIRST, LAST, NUMBER, a_shipment, an_order_with, sent

NOW = at(30)
TWO_LINES = (a_line("11"), a_line("12", title="Stove"))


def only(told: ToldOrder) -> ToldParcel:
    (parcel,) = told.parcels
    return parcel


def situations(told: ToldOrder) -> list[Situation]:
    return [parcel.situation for parcel in told.parcels]


def test_two_legs_are_one_parcel_with_one_list_of_steps_and_both_numbers() -> None:
    parcel = only(told_order(an_order_with([sent()]), [a_shipment(JOURNEY)], at(200)))
    assert parcel.situation is Situation.DELIVERED
    assert [step.step for step in parcel.steps] == list(a_shipment(JOURNEY).timeline().steps)
    assert [(each.number, each.name) for each in parcel.numbers] == [(FIRST.number, "YunExpress"), (NUMBER, "DHL")]
    assert [step.is_current for step in parcel.steps].count(True) == 1
    assert parcel.steps[-1].is_current


def test_the_page_of_a_known_carrier_is_its_own_whatever_the_shop_typed() -> None:
    parcel = only(told_order(an_order_with([sent()]), [a_shipment()], NOW))
    assert parcel.numbers[1].url == f"https://www.dhl.com/global-en/home/tracking.html?tracking-id={NUMBER}"


def test_a_page_that_is_not_of_the_web_is_no_link() -> None:
    odd = Parcel("Pigeon Post", "A1", "javascript:alert(1)")
    parcel = only(told_order(an_order_with([sent(parcels=(odd,))]), [], NOW))
    assert (parcel.numbers[0].name, parcel.numbers[0].url) == ("Pigeon Post", None)


def test_a_page_the_shop_gave_is_for_who_has_shown_more_than_number_and_address() -> None:
    page = "https://jouw.postnl.nl/track-and-trace/3SABCD40408952990-DE-10119"
    order = an_order_with([sent(parcels=(Parcel("PostNL", "3SABCD40408952990", page), Parcel("DHL", NUMBER, page)))])
    guessed, proven = (only(told_order(order, [], NOW, is_proven=known)).numbers for known in (False, True))
    assert [each.url for each in proven] == [page, guessed[1].url]
    assert guessed[0].url is None
    assert str(guessed[1].url).startswith("https://www.dhl.com/")


def test_what_is_expected_is_said_until_it_is_there_and_called_late_afterwards() -> None:
    underway = [first_leg(S.IN_TRANSIT, 10)]
    on_time, late = (
        only(told_order(an_order_with([sent()]), [a_shipment(underway)], now)) for now in (NOW, at(24 * 15))
    )
    there = only(told_order(an_order_with([sent()]), [a_shipment(JOURNEY)], at(24 * 15)))
    assert (on_time.expected, on_time.is_late) == (EXPECTED, False)
    assert (late.expected, late.is_late) == (EXPECTED, True)
    assert (there.expected, there.is_late) == (None, False)


def test_an_estimate_is_never_a_step() -> None:
    guessed = [first_leg(S.IN_TRANSIT, 10), scan(S.DELIVERED, 20, source=Source.ESTIMATE)]
    parcel = only(told_order(an_order_with([sent()]), [a_shipment(guessed)], NOW))
    assert [step.status for step in parcel.steps] == [Situation.IN_TRANSIT]


def test_a_fulfilment_nobody_follows_says_what_the_platform_knows() -> None:
    event = DeliveryEvent(S.OUT_FOR_DELIVERY, Moment(at(20), Source.CARRIER), message="On the van")
    estimated = Moment(at(26), Source.ESTIMATE)
    parcel = only(told_order(an_order_with([sent(events=(event,), estimated=estimated)]), [], NOW))
    assert parcel.situation is Situation.OUT_FOR_DELIVERY
    assert parcel.expected is not None
    assert parcel.expected.by_carrier


def test_a_parcel_without_number_is_sent_and_nothing_more_is_known() -> None:
    parcel = only(told_order(an_order_with([sent(parcels=())]), [], NOW))
    assert (parcel.situation, parcel.steps) == (Situation.SENT, ())


def test_goods_handed_over_where_they_lay_ready_were_picked_up() -> None:
    reports = [scan(S.PICKUP_READY, 20), scan(S.DELIVERED, 25)]
    assert only(told_order(an_order_with([sent()]), [a_shipment(reports)], NOW)).situation is Situation.COLLECTED


def test_what_has_not_left_yet_stands_beside_what_has() -> None:
    told = told_order(an_order_with([sent()], lines=TWO_LINES), [a_shipment()], NOW)
    assert situations(told) == [Situation.UNKNOWN, Situation.NOT_SENT]
    assert [content.title for content in told.parcels[1].contents] == ["Stove"]


def test_units_that_were_paid_back_are_not_waited_for() -> None:
    lines = (a_line("11"), a_line("12", quantity=2, removed=2))
    assert situations(told_order(an_order_with([sent()], lines=lines), [a_shipment()], NOW)) == [Situation.UNKNOWN]


def test_each_number_of_several_parcels_is_told_apart() -> None:
    other = a_shipment(id=ShipmentId("shipment2"), belongs_to="f2", numbers=(LAST,))
    fulfilments = [sent(), sent("f2", "12", lines=(FulfilledLine(LineId("12"), 1),))]
    told = told_order(an_order_with(fulfilments, lines=TWO_LINES), [a_shipment(JOURNEY), other], NOW)
    assert [(parcel.id, len(parcel.contents)) for parcel in told.parcels] == [("shipment1", 1), ("shipment2", 1)]


@pytest.mark.parametrize(
    ("facts", "situation"),
    [
        ({}, Situation.NOT_SENT),
        ({"standing": Standing.CANCELLED}, Situation.CANCELLED),
        ({"lines": (a_line(is_physical=False),)}, Situation.DIGITAL),
        ({"lines": (a_line(is_gift_card=True, is_physical=None),)}, Situation.DIGITAL),
        ({"completed": Moment(at(2), Source.STATUS)}, Situation.SENT),
        ({"delivered": Moment(at(2), Source.STATUS)}, Situation.DELIVERED),
    ],
)
def test_an_order_without_a_parcel_has_its_own_word(facts: dict[str, object], situation: Situation) -> None:
    assert situations(told_order(an_order_with((), **facts), [], NOW)) == [situation]


def test_what_waits_to_be_sent_is_expected_by_how_long_orders_to_there_took(units: FakeUnits) -> None:
    stored = an_order_with()
    lane = order_lane(stored.shop, "DE")
    with units(MERCHANT) as unit:
        unit.lanes.replace([LaneDays(lane, Fitted(DayRange(4, 6), 30, is_six_day=False), PLACED.date())])
        unit.commit()
    with units.read(MERCHANT) as unit:
        waiting = only(quote_tracking(stored, unit, PLACED))
        unpaid = only(quote_tracking(an_order_with(standing=Standing.UNPAID), unit, PLACED))
        passed = only(quote_tracking(stored, unit, PLACED + timedelta(days=60)))
    assert waiting.situation is Situation.NOT_SENT
    assert waiting.expected is not None
    assert (waiting.expected.first, waiting.expected.by_carrier) == (date(2026, 11, 6), False)
    assert (unpaid.expected, passed.expected) == (None, None)


def test_the_merchants_mark_completes_what_no_carrier_reports() -> None:
    mark = DeliveryMark(Moment(at(29), Source.MERCHANT), NOW, StaffId("staff1"))
    stored = replace(an_order_with([sent()]), marks=(mark,))
    parcel = only(told_order(stored, [a_shipment([first_leg(S.IN_TRANSIT, 10)])], NOW))
    assert (parcel.situation, parcel.since) == (Situation.DELIVERED, at(29))


def test_a_return_moves_towards_the_shop_and_comes_last() -> None:
    back = a_shipment(
        [scan(S.IN_TRANSIT, 20), scan(S.DELIVERED, 28)],
        id=ShipmentId("back"), purpose=Purpose.RETURN, belongs_to="label1", numbers=(LAST,),
    )  # fmt: skip
    told = told_order(an_order_with([sent()]), [back, a_shipment(JOURNEY)], at(200))
    assert [parcel.id for parcel in told.parcels] == ["shipment1", "back"]
    assert [step.status for step in told.parcels[1].steps] == [Situation.RETURNING, Situation.RETURNED]
    assert (told.parcels[1].situation, told.parcels[1].expected) == (Situation.RETURNED, None)


def test_customs_are_explained_where_a_border_is_crossed_and_only_until_it_is_there() -> None:
    underway, there, within = (
        only(told_order(an_order_with([sent()]), [shipment], at(200)))
        for shipment in (a_shipment(JOURNEY[:2]), a_shipment(JOURNEY), a_shipment(JOURNEY[:2], origin="FR"))
    )
    assert underway.customs is not None
    assert (underway.customs.area, underway.customs.is_held) == ("eu", False)
    assert there.customs is None
    assert within.customs is None


def test_a_scan_at_customs_shows_that_there_is_a_border() -> None:
    held = only(told_order(an_order_with([sent()]), [a_shipment([first_leg(S.CUSTOMS, 20)], origin=None)], NOW))
    assert held.customs is not None
    assert held.customs.is_held


def test_who_only_knows_number_and_address_is_told_no_word_that_shows_where_the_shopper_lives() -> None:
    reports = [
        scan(S.IN_TRANSIT, 5, message="Sorted in Berlin"),
        replace(scan(S.OUT_FOR_DELIVERY, 20), place=EventPlace("DE", words="Depot for 10 119")),
        scan(S.EXCEPTION, 22, message="No TORSTRASSE 1 / Torstraße found"),
        scan(S.DELIVERED, 25, message="Left with Schmidt, 3rd floor"),
    ]
    stored, shipment = an_order_with([sent()]), a_shipment(reports)
    guessed, proven = (only(told_order(stored, [shipment], NOW, is_proven=known)) for known in (False, True))
    assert [step.is_discreet for step in guessed.steps] == [False, True, True, True]
    assert not any(step.is_discreet for step in proven.steps)
    assert [step.step for step in guessed.steps] == [step.step for step in proven.steps]


def test_a_name_in_a_script_without_spaces_is_found_within_a_sentence() -> None:
    person = a_shopper(name="王芳", delivery=Address(lines=("南京西路 1266 号",), city="上海", postcode="200040"))
    reports = [
        scan(S.OUT_FOR_DELIVERY, 5, message="快递员正在派送给王芳女士"),
        scan(S.IN_TRANSIT, 4, message="上海转运中心"),
    ]
    told = told_order(an_order_with([sent()], shopper=person), [a_shipment(reports)], NOW, is_proven=False)
    assert [step.is_discreet for step in only(told).steps] == [False, True]


def test_without_a_country_days_are_counted_nowhere_in_particular() -> None:
    stored = an_order_with([sent()], place=DeliveryPlace(None, None))
    assert told_order(stored, [a_shipment(JOURNEY, destination=None)], NOW + timedelta(days=9)).zone is None
