"""Goods that were repaired under the guarantee have a longer one, where the law says so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import Right
from plugin.domain.ids import LineId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import DeliveryPlace
from plugin.domain.stored import DeliveryMark, LineRepair, StoredOrder
from plugin.domain.times import Moment, Source
from tests.build import a_line, a_stored_order, an_order

LAW = Law(load_rulebook(), HolidayCalendar())
ORDERED = Moment(datetime(2026, 8, 3, 9, tzinfo=UTC), Source.PLATFORM)
ARRIVED = Moment(datetime(2026, 8, 6, 9, tzinfo=UTC), Source.CARRIER)


def order(country: str, *repaired: str, ordered: Moment = ORDERED) -> StoredOrder:
    lines = (a_line("11"), a_line("12"))
    placed = an_order(lines=lines, place=DeliveryPlace(country, None), placed=ordered)
    arrived = DeliveryMark(replace(ARRIVED, at=max(ARRIVED.at, ordered.at)), ordered.at, None)
    repairs = tuple(LineRepair(LineId(line), date(2027, 3, 1)) for line in repaired)
    return a_stored_order(placed, marks=(arrived,), repairs=repairs)


def last_days(stored: StoredOrder) -> list[date | None]:
    lines = entitlements(stored, None, LAW)
    return [line.clock(Right.LEGAL_GUARANTEE).shown_last_day for line in lines]


def test_a_repair_adds_twelve_months_to_the_repaired_line_alone() -> None:
    assert last_days(order("DE")) == [date(2028, 8, 6), date(2028, 8, 6)]
    assert last_days(order("DE", "11")) == [date(2029, 8, 6), date(2028, 8, 6)]


def test_a_second_repair_adds_nothing_more() -> None:
    assert last_days(order("DE", "11", "11"))[0] == date(2029, 8, 6)


def test_a_contract_made_before_the_directive_applies_is_not_extended_by_it() -> None:
    before = Moment(datetime(2026, 7, 30, 9, tzinfo=UTC), Source.PLATFORM)
    assert last_days(order("DE", "11", ordered=before))[0] == last_days(order("DE", ordered=before))[0]


@pytest.mark.parametrize("country", ["GB", "US"])
def test_where_the_law_extends_nothing_nothing_changes(country: str) -> None:
    assert last_days(order(country, "11")) == last_days(order(country))
