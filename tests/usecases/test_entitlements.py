from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import Right
from plugin.domain.errors import NotFound
from plugin.domain.ids import OrderId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.usecases.mark_delivered import Delivery, mark_delivered
from plugin.usecases.quote_entitlements import quote_entitlements
from plugin.usecases.rebuild_entitlements import rebuild_entitlements
from plugin.usecases.rebuild_outdated import rebuild_outdated
from tests.build import DELIVERED, MERCHANT, NOW, PLACED, a_policy, a_stored_order, an_order
from tests.fakes.units import FakeUnits

ORDER = a_stored_order().id


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


def put(units: FakeUnits, count: int = 1, **facts: object) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(str(n)), order_id=f"order{n}", **facts) for n in range(1, count + 1)])
        unit.commit()


def publish(units: FakeUnits, version: str, days_before: int) -> None:
    with units(MERCHANT) as unit:
        unit.policies.add(a_policy(version, effective_from=PLACED - timedelta(days=days_before)))
        unit.commit()


def test_a_quote_is_what_the_engine_says_under_the_policy_the_order_was_placed_under(
    units: FakeUnits, law: Law
) -> None:
    publish(units, "old", 30)
    publish(units, "new", 1)
    put(units, policy_version="old")
    quoted = quote_entitlements(ORDER, merchant=MERCHANT, units=units, law=law, now=NOW)
    assert quoted.policy is not None
    assert quoted.policy.id == "old"
    assert quoted.lines == entitlements(quoted.stored, quoted.policy, law)


def test_an_order_from_before_any_policy_gets_the_one_that_covers_its_day(units: FakeUnits, law: Law) -> None:
    put(units)
    assert quote_entitlements(ORDER, merchant=MERCHANT, units=units, law=law, now=NOW).policy is None
    publish(units, "first", 30)
    quoted = quote_entitlements(ORDER, merchant=MERCHANT, units=units, law=law, now=NOW)
    assert [line.policy_version for line in quoted.lines] == ["first"]


def test_another_merchants_order_is_not_found(units: FakeUnits, law: Law) -> None:
    put(units)
    with pytest.raises(NotFound):
        quote_entitlements(ORDER, merchant="other", units=units, law=law, now=NOW)


def test_a_rebuild_writes_what_the_engine_says_and_nothing_where_nothing_changed(units: FakeUnits, law: Law) -> None:
    put(units, 450)
    assert rebuild_entitlements((), merchant=MERCHANT, units=units, law=law, now=NOW) == 450
    assert rebuild_entitlements((), merchant=MERCHANT, units=units, law=law, now=NOW) == 0
    delivery = Delivery(OrderId("order7"), DELIVERED.date())
    mark_delivered([delivery], merchant=MERCHANT, by=None, units=units, now=NOW)
    assert rebuild_entitlements((), merchant=MERCHANT, units=units, law=law, now=NOW) == 1
    (line,) = units.of(MERCHANT).entitlements[OrderId("order7")]
    assert line.clock(Right.WITHDRAWAL).starts is not None
    assert units.of(MERCHANT).projections_written == 451


def test_a_rebuild_of_named_orders_passes_over_those_that_are_gone(units: FakeUnits, law: Law) -> None:
    put(units, 2)
    orders = [OrderId("order2"), OrderId("gone")]
    assert rebuild_entitlements(orders, merchant=MERCHANT, units=units, law=law, now=NOW) == 1
    assert set(units.of(MERCHANT).entitlements) == {OrderId("order2")}


def test_a_new_rulebook_or_calendar_has_every_projection_computed_again_and_once(units: FakeUnits, law: Law) -> None:
    put(units, 1_200)
    rebuild_entitlements((), merchant=MERCHANT, units=units, law=law, now=NOW)
    assert rebuild_outdated(merchant=MERCHANT, units=units, law=law, now=NOW) == 0
    for newer in (with_rulebook(law, "next"), with_calendar(law, "next")):
        assert rebuild_outdated(merchant=MERCHANT, units=units, law=newer, now=NOW) == 1_200
        assert rebuild_outdated(merchant=MERCHANT, units=units, law=newer, now=NOW) == 0
        for stored in units.of(MERCHANT).orders.values():
            assert units.of(MERCHANT).entitlements[stored.id] == entitlements(stored, None, newer)


def with_rulebook(law: Law, version: str) -> Law:
    return replace(law, rulebook=replace(law.rulebook, version=version))


def with_calendar(law: Law, version: str) -> Law:
    calendar = HolidayCalendar()
    calendar.version = version
    return replace(law, calendar=calendar)
