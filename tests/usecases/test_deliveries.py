from datetime import UTC, date, datetime, timedelta

import pytest

from plugin.domain.effects import RebuildEntitlements
from plugin.domain.errors import NotFound
from plugin.domain.ids import LineId, OrderId
from plugin.domain.times import Moment, Source
from plugin.usecases.mark_delivered import DeliveredOutOfOrder, Delivery, mark_delivered, unmark_delivered
from tests.build import MERCHANT, NOW, PLACED, a_line, a_stored_order, an_order
from tests.fakes.units import FakeUnits

FIRST, SECOND = OrderId("order1"), OrderId("order2")
DAY = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def orders(units: FakeUnits) -> None:
    with units(MERCHANT) as unit:
        lines = (a_line("11"), a_line("12"))
        unit.orders.save([a_stored_order(an_order(lines=lines)), a_stored_order(an_order("1002"), order_id=SECOND)])
        unit.commit()


def mark(units: FakeUnits, *deliveries: Delivery, now: datetime = NOW) -> int:
    return mark_delivered(deliveries, merchant=MERCHANT, by=None, units=units, now=now)


def test_delivered_on_a_day_means_noon_of_that_day_where_the_parcel_went(units: FakeUnits) -> None:
    assert mark(units, Delivery(FIRST, DAY)) == 1
    (found,) = units.of(MERCHANT).orders[FIRST].marks
    assert found.moment == Moment(datetime(2026, 11, 5, 11, 0, tzinfo=UTC), Source.MERCHANT)
    assert units.effects(MERCHANT) == [RebuildEntitlements(MERCHANT, (FIRST,))]


def test_marking_in_bulk_marks_all_orders_or_none(units: FakeUnits) -> None:
    with pytest.raises(DeliveredOutOfOrder) as refused:
        mark(units, Delivery(FIRST, DAY), Delivery(SECOND, PLACED.date() - timedelta(days=1)))
    assert refused.value.facts["order"] == "1002"
    assert all(stored.marks == () for stored in units.of(MERCHANT).orders.values())
    assert mark(units, Delivery(FIRST, DAY), Delivery(SECOND, DAY)) == 2


def test_nothing_is_delivered_in_the_future(units: FakeUnits) -> None:
    with pytest.raises(DeliveredOutOfOrder):
        mark(units, Delivery(FIRST, NOW.date() + timedelta(days=1)))


def test_delivered_today_is_never_later_than_now(units: FakeUnits) -> None:
    morning = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    mark(units, Delivery(FIRST, morning.date()), now=morning)
    assert units.of(MERCHANT).orders[FIRST].marks[0].moment.at == morning


def test_marking_again_replaces_the_mark_and_lines_have_marks_of_their_own(units: FakeUnits) -> None:
    mark(units, Delivery(FIRST, DAY), Delivery(FIRST, DAY, LineId("12")))
    mark(units, Delivery(FIRST, DAY + timedelta(days=1)))
    marks = {found.line: found.moment.at.date() for found in units.of(MERCHANT).orders[FIRST].marks}
    assert marks == {None: DAY + timedelta(days=1), LineId("12"): DAY}


def test_a_line_that_the_order_does_not_have_is_not_marked(units: FakeUnits) -> None:
    with pytest.raises(NotFound):
        mark(units, Delivery(FIRST, DAY, LineId("99")))


def test_a_mark_can_be_taken_back_and_taking_back_nothing_changes_nothing(units: FakeUnits) -> None:
    mark(units, Delivery(FIRST, DAY))
    assert unmark_delivered([FIRST, SECOND], merchant=MERCHANT, units=units) == 1
    assert units.of(MERCHANT).orders[FIRST].marks == ()
    assert unmark_delivered([FIRST, SECOND], merchant=MERCHANT, units=units) == 0
