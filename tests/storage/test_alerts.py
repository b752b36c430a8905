"""Alerts about parcels are kept once, found by whose they are, and looked at again when their time has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, ShipmentId, StaffId
from plugin.domain.money import Money
from plugin.domain.tracking.alert_settings import AlertSettings, Thanks, WayMail
from plugin.domain.tracking.exceptions.alert import Alert, AlertFacts
from plugin.domain.tracking.exceptions.choice import Choice, Voucher
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.exceptions.patience import LanePatience, Patience
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.tables import alerts
from tests.build import MERCHANT, NOW, a_shopper, a_stored_order, an_order
from tests.storage.conftest import Ports
from tests.support.shipments import a_shipment

PARCEL = a_shipment()
ALERT = Alert(
    id="shipment1-lost-1",
    kind=AlertKind.LOST,
    shipment=PARCEL.id,
    order=PARCEL.order,
    shop=PARCEL.shop,
    since=NOW - timedelta(days=1),
    raised_at=NOW,
    facts=AlertFacts("00340434161094042557", "dhl", date(2026, 11, 20)),
    offered=(Choice.RESEND, Choice.REFUND),
    mail="alert-1",
)
DAY = timedelta(days=1)


@pytest.fixture
def units(ports: Ports) -> Units:
    with ports.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shipments.save([PARCEL])
        unit.alerts.save([ALERT])
        unit.commit()
    return ports.units


def test_an_alert_comes_back_as_it_was_raised(units: Units) -> None:
    with units.read(MERCHANT) as unit:
        known = unit.alerts.get(ALERT.id)
        assert known == replace(ALERT, version=1)
        assert unit.alerts.of_shipments([PARCEL.id, ShipmentId("none")]) == {PARCEL.id: [known]}
        assert unit.alerts.of_orders([PARCEL.order, OrderId("none")]) == {PARCEL.order: [known]}
        with pytest.raises(NotFound):
            unit.alerts.get("none")


def test_the_same_occurrence_is_kept_once_and_whoever_is_late_is_told(units: Units) -> None:
    with units(MERCHANT) as unit, pytest.raises(Conflict):
        unit.alerts.save([ALERT])
    with units(MERCHANT) as unit:
        known = unit.alerts.get(ALERT.id)
        unit.alerts.save([known.choose(Choice.RESEND, NOW)])
        with pytest.raises(Conflict):
            unit.alerts.save([known])


def test_what_was_seen_to_is_listed_no_more_but_among_all(units: Units) -> None:
    with units(MERCHANT) as unit:
        known = unit.alerts.get(ALERT.id)
        unit.alerts.save([replace(ALERT, id="later", raised_at=NOW + DAY)])
        assert ([each.id for each in unit.alerts.listed(10)], unit.alerts.waiting(10)) == ([ALERT.id, "later"], 2)
        assert unit.alerts.waiting(1) == 1
        unit.alerts.save([known.resolve(StaffId("s"), NOW)])
        assert ([each.id for each in unit.alerts.listed(10)], unit.alerts.waiting(10)) == (["later"], 1)
        assert [each.id for each in unit.alerts.listed(10, is_all=True)] == ["later", ALERT.id]


def test_alerts_are_paged_both_ways_by_when_they_were_raised(units: Units) -> None:
    with units(MERCHANT) as unit:
        for number in range(4):  # two of them at the same instant
            unit.alerts.save([replace(ALERT, id=f"x{number}", raised_at=NOW + DAY * (1 + number // 2))])
        order = [ALERT.id, "x0", "x1", "x2", "x3"]
        for is_all, wanted in ((False, order), (True, order[::-1])):
            middle = unit.alerts.get(wanted[2])
            after = unit.alerts.listed(9, is_all=is_all, past=middle)
            before = unit.alerts.listed(1, is_all=is_all, past=middle, is_back=True)
            assert [each.id for each in after] == wanted[3:]
            assert [each.id for each in before] == wanted[1:2]


def test_parcels_are_due_when_their_time_has_come_the_longest_first(units: Units) -> None:
    other = a_shipment("shipment2", numbers=(replace(PARCEL.number, number="1"),))
    with units(MERCHANT) as unit:
        unit.shipments.save([other])
        unit.alerts.watch(PARCEL.id, NOW + DAY)
        unit.alerts.watch(PARCEL.id, NOW + 2 * DAY)
        unit.alerts.watch(other.id, NOW + DAY)
        assert unit.alerts.due(NOW, 10) == []
        assert unit.alerts.due(NOW + 2 * DAY, 10) == [other.id, PARCEL.id]
        assert unit.alerts.due(NOW + 2 * DAY, 1) == [other.id]
        unit.alerts.watch(other.id, None)
        assert unit.alerts.due(NOW + 2 * DAY, 10) == [PARCEL.id]


def test_settings_come_back_and_have_every_parcel_looked_at_anew(units: Units) -> None:
    lanes = (LanePatience("dhl", None, "AT", Patience(4, 3, 1)),)
    thanks = Thanks((Money(500, "EUR"),), StaffId("s"))
    settings = AlertSettings(Patience(9), lanes, frozenset({WayMail.DELIVERED, WayMail.DISPATCHED}), thanks)
    with units(MERCHANT) as unit:
        assert unit.alerts.settings() == AlertSettings()
        unit.alerts.watch(PARCEL.id, NOW + DAY)
        unit.alerts.save_settings(settings, NOW)
        assert unit.alerts.settings() == settings
        assert unit.alerts.due(NOW, 10) == [PARCEL.id]


def test_vouchers_that_can_still_be_taken_are_summed_by_currency(units: Units) -> None:
    late = replace(
        ALERT,
        id="late",
        kind=AlertKind.OVERDUE,
        offered=(Choice.VOUCHER, Choice.CANCEL),
        promised=Voucher(Money(500, "EUR"), StaffId("s")),
    )
    with units(MERCHANT) as unit:
        unit.alerts.save([late, replace(late, id="other")])
        assert (unit.alerts.promised("EUR"), unit.alerts.promised("USD")) == (Money(1000, "EUR"), Money(0, "USD"))
        unit.alerts.save([unit.alerts.get("late").choose(Choice.VOUCHER, NOW)])
        assert unit.alerts.promised("EUR") == Money(500, "EUR")


def test_an_address_goes_with_whose_it_is(ports: Ports, units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.alerts.save([replace(unit.alerts.get(ALERT.id), address="Hofgasse 1\n1010 Wien")])
        unit.commit()
    with ports.units(MERCHANT) as unit:
        assert unit.alerts.get(ALERT.id).address == "Hofgasse 1\n1010 Wien"
        person = unit.people.find("ida@example.com")
        assert person is not None
        unit.people.erase(person, NOW)
        unit.commit()
    with ports.units.read(MERCHANT) as unit:
        assert unit.alerts.get(ALERT.id).address is None


def test_whoever_is_forgotten_has_every_parcel_with_an_alert_looked_at_once_more(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.alerts.watch(PARCEL.id, NOW + DAY)
        read = unit.alerts.get(ALERT.id)
        unit.people.forget_order(PARCEL.order, NOW)
        assert unit.alerts.due(NOW, 10) == [PARCEL.id]
        with pytest.raises(Conflict):
            unit.alerts.save([replace(read, address="Hofgasse 1\n1010 Wien")])


@pytest.mark.parametrize("is_passed_on", [False, True])
def test_an_address_goes_with_the_order_whoever_it_stands_under(storage: Storage, *, is_passed_on: bool) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shipments.save([PARCEL])
        unit.alerts.save([replace(ALERT, address="Hofgasse 1\n1010 Wien")])
        if is_passed_on:
            unit.orders.save([a_stored_order(an_order(shopper=a_shopper("wiebke@example.com")), version=1)])
        unit.commit()
    assert address_of(storage)
    with storage.units(MERCHANT) as unit:
        if is_passed_on:
            person = unit.people.find("wiebke@example.com")
            assert person
            unit.people.erase(person, NOW)
        else:
            unit.people.forget_order(PARCEL.order, NOW)
        unit.commit()
    assert address_of(storage) is None


def address_of(storage: Storage) -> bytes | None:
    with storage.engine.connect() as connection:
        kept: bytes | None = connection.execute(select(alerts.c.address)).scalar_one()
    return kept
