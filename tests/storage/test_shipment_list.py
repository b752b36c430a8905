"""The list of parcels: pages that neither skip nor repeat, filters, searches, and the indices behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plugin.domain.errors import Invalid
from plugin.domain.ids import OrderId, ShipmentId, StaffId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.exceptions.alert import Alert, AlertFacts, Resolved
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber
from plugin.ports.shipment_views import ShipmentQuery, ShipmentRow
from plugin.storage import Storage
from tests.build import DELIVERED, MERCHANT, NOW, PLACED, a_shop, a_shopper, a_stored_order, an_order
from tests.storage.plans import planned
from tests.support.shipments import a_report, a_shipment

EVERYTHING = ShipmentQuery()


def numbered(turn: int, **facts: object) -> Shipment:
    own = (TrackedNumber(f"YT26078212720123{turn:02}", "yunexpress"),)
    created = PLACED + timedelta(minutes=turn)
    return a_shipment(f"shipment{turn:02}", **{"numbers": own, "created_at": created, **facts})


def alert(turn: str) -> Alert:
    facts = AlertFacts("YT1", "yunexpress")
    shop = a_shop().id
    return Alert(turn, AlertKind.LOST, ShipmentId(f"shipment{turn}"), OrderId("order1"), shop, NOW, NOW, facts)


def save(storage: Storage, *parcels: Shipment) -> None:
    with storage.units(MERCHANT) as unit:
        for order in sorted({each.order for each in parcels}):
            number = order.removeprefix("order")
            bought = an_order(number, shopper=a_shopper(f"{order}@example.com"))
            unit.orders.save([a_stored_order(bought, order_id=order)])
        unit.shipments.save(parcels)
        unit.commit()


def listed(storage: Storage, query: ShipmentQuery = EVERYTHING, limit: int = 100) -> list[str]:
    return [row.id.removeprefix("shipment") for row in storage.views.shipments(MERCHANT, query, None, limit).rows]


def test_a_row_says_what_the_list_needs(storage: Storage) -> None:
    days = ExpectedDays(date(2026, 11, 9), date(2026, 11, 12), NOW)
    save(storage, numbered(1, order=OrderId("order7"), expected=days).with_reports([a_report()]))
    (row,) = storage.views.shipments(MERCHANT, EVERYTHING, None, 10).rows
    assert row == ShipmentRow(
        id=ShipmentId("shipment01"),
        shop=a_shop().id,
        shop_name="Nordkap",
        order=OrderId("order7"),
        order_number="7",
        number="YT2607821272012301",
        carrier="yunexpress",
        purpose=Purpose.OUTBOUND,
        status=DeliveryStatus.DELIVERED,
        since=DELIVERED,
        destination="DE",
        expected_first=days.first,
        expected_last=days.last,
        created_at=PLACED + timedelta(minutes=1),
        needs_attention=False,
        is_void=False,
    )


def test_pages_follow_each_other_without_gap_or_repeat_and_back(storage: Storage) -> None:
    # Two at a time, and the first two created at the same instant.
    save(storage, *(numbered(turn, created_at=PLACED + timedelta(minutes=max(turn, 2))) for turn in range(1, 6)))
    pages, cursor = [], None
    for _ in range(3):
        page = storage.views.shipments(MERCHANT, EVERYTHING, cursor, 2)
        pages.append([row.id.removeprefix("shipment") for row in page.rows])
        cursor = page.next_cursor
    assert (pages, cursor) == ([["05", "04"], ["03", "02"], ["01"]], None)
    back = storage.views.shipments(MERCHANT, EVERYTHING, page.previous_cursor, 2)
    assert [row.id.removeprefix("shipment") for row in back.rows] == ["03", "02"]
    first = storage.views.shipments(MERCHANT, EVERYTHING, back.previous_cursor, 2)
    assert [row.id.removeprefix("shipment") for row in first.rows] == ["05", "04"]
    assert first.previous_cursor is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (ShipmentQuery(carrier="dhl"), ["02"]),
        (ShipmentQuery(destination="FR"), ["03"]),
        (ShipmentQuery(status=DeliveryStatus.DELIVERED), ["04"]),
        (ShipmentQuery(purpose=Purpose.RETURN), ["05"]),
        (ShipmentQuery(carrier="yunexpress", destination="DE", purpose=Purpose.OUTBOUND), ["04", "01"]),
        (ShipmentQuery(needs_attention=True), ["03"]),
        (ShipmentQuery(shop=a_shop("Rival").id), []),
    ],
)
def test_a_filter_leaves_what_it_names(storage: Storage, query: ShipmentQuery, found: list[str]) -> None:
    save(
        storage,
        numbered(1),
        numbered(2, numbers=(TrackedNumber("JJD01", "dhl"),)),
        numbered(3, destination="FR"),
        numbered(4).with_reports([a_report()]),
        numbered(5, purpose=Purpose.RETURN),
    )
    with storage.units(MERCHANT) as unit:
        unit.alerts.save([alert("03"), replace(alert("04"), resolved=Resolved(StaffId("anna"), NOW))])
        unit.commit()
    assert listed(storage, query) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("yt26", ["02", "01"]),
        ("YT2607 8212 7201 2302", ["02"]),
        ("0034", ["02"]),
        ("#70", ["03"]),
        ("order7001@EXAMPLE.com", ["03"]),
        ("order7001@", []),
        ("zz", []),
    ],
)
def test_a_number_of_parcel_or_order_is_found_by_its_beginning(storage: Storage, text: str, found: list[str]) -> None:
    legs = (
        TrackedNumber("YT2607821272012302", "yunexpress", Leg.ORIGIN),
        TrackedNumber("00340434161234567894", "dhl"),
    )
    other = numbered(3, order=OrderId("order7001"), numbers=(TrackedNumber("LX123456785CN"),))
    save(storage, numbered(1), numbered(2, numbers=legs), other)
    assert listed(storage, ShipmentQuery(text)) == found


def test_what_is_no_cursor_or_no_page_is_refused(storage: Storage) -> None:
    for cursor, limit in (("zz", 10), (None, 0), (None, 501)):
        with pytest.raises(Invalid):
            storage.views.shipments(MERCHANT, EVERYTHING, cursor, limit)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (EVERYTHING, "ix_shipments_created"),
        (ShipmentQuery(carrier="dhl"), "ix_shipments_created"),
        (ShipmentQuery(needs_attention=True), "ix_alerts_waiting"),
        (ShipmentQuery("YT26"), "COVERING INDEX sqlite_autoindex_shipment_numbers_1"),
    ],
)
def test_a_page_is_found_along_an_index(sqlite_storage: Storage, query: ShipmentQuery, index: str) -> None:
    with planned(sqlite_storage) as plans:
        listed(sqlite_storage, query)
    (steps,) = plans
    assert index in " ".join(steps)
    assert not [step for step in steps if step.startswith("SCAN shipments")]
