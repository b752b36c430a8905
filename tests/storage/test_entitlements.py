"""Stored projections as every adapter of the port keeps them, and what lists read of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from plugin.domain.entitlement import Right
from plugin.domain.ids import LineId, OrderId
from plugin.ports.unit_of_work import Units
from plugin.ports.views import OrderQuery
from plugin.storage import Storage
from plugin.storage.scope import Scope
from plugin.storage.views.figures import figures
from tests.build import MERCHANT, NOW, a_stored_order, an_order
from tests.storage.plans import planned
from tests.storage.projections import CLOSES, a_clock, a_projection

ORDER = OrderId("order1")
BEFORE = CLOSES - timedelta(days=1)
NEXT_DAY = date(2026, 11, 20)
PROJECTION = [
    a_projection(LineId("22")),
    a_projection(
        LineId("11"),
        a_clock(Right.SHOP_RETURN, starts=None, closes_at=None, absent="no_promise"),
        a_clock(Right.WITHDRAWAL, closes_at=CLOSES + timedelta(microseconds=1), last_day=NEXT_DAY),
    ),
]


@pytest.fixture
def projected(units: Units) -> Units:
    project(units)
    return units


def project(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.entitlements.replace(ORDER, PROJECTION)
        unit.commit()


def test_a_projection_comes_back_as_it_was_computed(projected: Units) -> None:
    with projected.read(MERCHANT) as unit:
        assert list(unit.entitlements.of(ORDER)) == PROJECTION
        assert list(unit.entitlements.of(OrderId("order2"))) == []


def test_a_projection_replaces_the_one_before(projected: Units) -> None:
    with projected(MERCHANT) as unit:
        unit.entitlements.replace(ORDER, PROJECTION[:1])
        unit.commit()
    with projected.read(MERCHANT) as unit:
        assert list(unit.entitlements.of(ORDER)) == PROJECTION[:1]


@pytest.mark.parametrize(
    "present",
    [("rules0", "days1"), ("rules2", "days1"), ("rules1", "days0"), ("rules1", "days2"), ("a", "z"), ("z", "a")],
)
def test_a_projection_of_another_rulebook_or_calendar_is_outdated(projected: Units, present: tuple[str, str]) -> None:
    with projected.read(MERCHANT) as unit:
        assert list(unit.entitlements.outdated(*present, 10)) == [ORDER]
        assert list(unit.entitlements.outdated("rules1", "days1", 10)) == []


def test_outdated_projections_come_in_batches_and_an_order_without_lines_is_none_of_them(units: Units) -> None:
    orders = [OrderId(f"order{number}") for number in range(4)]
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(order), order_id=order) for order in orders])
        for order, version in zip(orders, ("rules0", "rules2", "rules1", "rules3"), strict=True):
            unit.entitlements.replace(order, [replace(a_projection(LineId("11")), rulebook_version=version)])
        unit.entitlements.replace(orders[3], [])
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert set(unit.entitlements.outdated("rules1", "days1", 10)) == set(orders[:2])
        assert len(unit.entitlements.outdated("rules1", "days1", 1)) == 1


def test_asking_for_outdated_projections_is_two_looks_into_an_index(sqlite_storage: Storage) -> None:
    project(sqlite_storage.units)
    with planned(sqlite_storage) as plans, sqlite_storage.units.read(MERCHANT) as unit:
        unit.entitlements.outdated("rules2", "days1", 10)
    looks = [
        f"SEARCH projections USING COVERING INDEX ix_projections_law (merchant_id=? AND law{way}?)" for way in "<>"
    ]
    assert plans == [[look] for look in looks]


def test_rows_hold_instants_and_versions_and_never_a_state(storage: Storage) -> None:
    project(storage.units)
    with storage.engine.connect() as connection:
        columns = set(connection.execute(text("SELECT * FROM entitlements")).keys())
    assert {"starts_at", "last_day", "closes_at", "rulebook_version", "calendar_version", "policy_version"} <= columns
    assert not {"state", "status", "is_open"} & columns


def test_a_list_shows_the_soonest_last_day_still_to_come(storage: Storage) -> None:
    project(storage.units)
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order("1002"), order_id="order2")])
        unit.commit()
    for now, soonest in [
        (BEFORE, date(2026, 11, 19)),
        (CLOSES, NEXT_DAY),
        (CLOSES + timedelta(microseconds=1), None),
    ]:
        rows = {row.id: row.next_last_day for row in storage.views.orders(MERCHANT, OrderQuery(), None, 10, now).rows}
        assert rows == {"order1": soonest, "order2": None}


def test_the_home_page_counts_orders_once_however_many_clocks_end_soon(storage: Storage) -> None:
    project(storage.units)
    assert storage.views.figures(MERCHANT, BEFORE).closing_soon == 1
    assert storage.views.figures(MERCHANT, CLOSES - timedelta(days=8)).closing_soon == 0
    assert storage.views.figures(MERCHANT, NOW).closing_soon == 0
    with storage.engine.connect() as connection:
        stopped = figures(Scope(connection, MERCHANT), BEFORE, most=2)
    assert (stopped.closing_soon, "closing_soon" in stopped.at_least) == (1, True)
