"""What a carrier says of a delivery reaches the order's periods; the shopper hears of it in their favour alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.documents.start_letter import start_letter
from plugin.domain.effects import FollowShipments, RebuildEntitlements
from plugin.domain.entitlement import Right
from plugin.domain.ids import OrderId
from plugin.domain.order import DeliveryStatus, Fulfilment, Parcel
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.report import Report
from plugin.jobs import codec
from plugin.jobs.tracking import TRACKING_JOBS
from plugin.ports.carrier import Told
from plugin.ports.mailer import Mail
from plugin.ports.start_letter import StartNews
from plugin.usecases.claim.desk import Desk
from plugin.usecases.quote_entitlements import quote_entitlements
from plugin.usecases.tracking.apply_told import apply_told
from plugin.usecases.tracking.catch_up_arrivals import catch_up_arrivals
from plugin.usecases.tracking.follow_order import SavedOrder, follow_orders
from plugin.usecases.tracking.follow_shipments import follow_shipments
from tests.build import DELIVERED, MERCHANT, NOW, a_fulfilment, a_stored_order, an_event, an_order
from tests.fakes.deps import fake_deps
from tests.fakes.sources import FakeClock, FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits
from tests.support.claim_desk import LAW
from tests.support.shipments import NUMBER, a_report, a_shipment

EARLY, LATE = DELIVERED - timedelta(days=1), DELIVERED + timedelta(days=9)
ORDER = a_stored_order().id


@pytest.fixture
def desk(units: FakeUnits) -> Desk:
    letter = start_letter(LAW, "https://aftercare.example")
    return Desk(MERCHANT, units, FakeIds(), FakeSecrets(), LAW, start_letter=letter)


def sent(reported: datetime | None, *others: str) -> Fulfilment:
    events = (an_event(reported, id="7"),) if reported else ()
    return a_fulfilment(parcels=tuple(Parcel(None, number, None) for number in (NUMBER, *others)), events=events)


def tell(units: FakeUnits, reported: datetime | None, *others: str) -> None:
    """Have the platform say when it came."""
    with units(MERCHANT) as unit:
        before = unit.orders.get(ORDER)
        after = replace(before, order=replace(before.order, fulfilments=(sent(reported, *others),)))
        unit.orders.save([after])
        follow_orders([SavedOrder(before, after)], unit, FakeIds())
        unit.commit()


def scan(desk: Desk, *reports: Report) -> None:
    told = Told(NUMBER, is_known=True, reports=reports)
    apply_told([told], None, merchant=MERCHANT, units=desk.units, now=NOW)
    work(desk)


def work(desk: Desk) -> None:
    """Carry out what was queued, as it comes out of the job tables."""
    assert isinstance(desk.units, FakeUnits)
    for effect in list(desk.units.effects(MERCHANT)):
        if isinstance(effect, FollowShipments):
            follow = codec.load(codec.name_of(effect), codec.dump(effect))
            assert isinstance(follow, FollowShipments)
            follow_shipments(follow.shipments, desk=desk, now=NOW)


def start(units: FakeUnits) -> Moment | None:
    lines = quote_entitlements(ORDER, merchant=MERCHANT, units=units, law=LAW, now=NOW).lines
    return lines[0].clock(Right.WITHDRAWAL).starts


def letters(units: FakeUnits) -> list[str]:
    return [mail.text for name, mail in units.of(MERCHANT).mails.items() if name.startswith("start-")]


def test_a_later_scan_lengthens_the_window_and_the_shopper_is_told_once(desk: Desk, units: FakeUnits) -> None:
    tell(units, DELIVERED)
    scan(desk, a_report(said_at=LATE))
    assert start(units) == Moment(LATE, Source.CARRIER)
    assert RebuildEntitlements(MERCHANT, (ORDER,)) in units.effects(MERCHANT)
    work(desk)
    (text,) = letters(units)
    assert "14. November 2026" in text, "when it came"
    assert "30. November 2026" in text, "until when it can be withdrawn from now: the 28th is a Saturday"


def test_an_earlier_scan_leaves_the_window_and_nobody_is_told(desk: Desk, units: FakeUnits) -> None:
    tell(units, DELIVERED)
    before = start(units)
    scan(desk, a_report(said_at=EARLY))
    assert start(units) == before
    assert letters(units) == []


def test_a_first_delivery_begins_the_window_and_corrects_nothing(desk: Desk, units: FakeUnits) -> None:
    tell(units, None)
    scan(desk, a_report(said_at=EARLY))
    assert start(units) == Moment(EARLY, Source.CARRIER)
    assert letters(units) == []


def test_what_the_platform_says_afterwards_moves_nothing(desk: Desk, units: FakeUnits) -> None:
    tell(units, None)
    scan(desk, a_report(said_at=EARLY))
    tell(units, LATE)
    work(desk)
    assert start(units) == Moment(EARLY, Source.CARRIER)


def test_nobody_is_written_to_who_was_forgotten(desk: Desk, units: FakeUnits) -> None:
    tell(units, DELIVERED)
    told = Told(NUMBER, is_known=True, reports=(a_report(said_at=LATE),))
    apply_told([told], None, merchant=MERCHANT, units=units, now=NOW)
    with units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()
    work(desk)
    assert letters(units) == []


def test_a_correction_of_windows_that_are_long_over_is_told_to_nobody(desk: Desk, units: FakeUnits) -> None:
    old = timedelta(days=4000)
    order = an_order("1001", placed=Moment(an_order().placed.at - old, Source.PLATFORM))
    with units(MERCHANT) as unit:
        unit.orders.save([replace(unit.orders.get(ORDER), order=order)])
        unit.commit()
    tell(units, DELIVERED - old)
    scan(desk, a_report(said_at=LATE - old, heard_at=NOW), a_report(DeliveryStatus.IN_TRANSIT, EARLY - old))
    assert letters(units) == []


def test_an_order_that_fails_keeps_no_other_waiting(desk: Desk, units: FakeUnits) -> None:
    def broken(news: StartNews) -> Mail:
        raise ValueError(news.stored.id)

    tell(units, DELIVERED)
    told = Told(NUMBER, is_known=True, reports=(a_report(said_at=LATE),))
    second = a_shipment("second", order=OrderId("order2"), belongs_to="f1")
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order("1002", fulfilments=(sent(None),)), order_id="order2")])
        unit.shipments.save([second])
        unit.commit()
    apply_told([told], None, merchant=MERCHANT, units=units, now=NOW)
    both = sorted(each.id for each in units.of(MERCHANT).shipments.values())
    with pytest.raises(ValueError, match=ORDER):
        follow_shipments(both, desk=replace(desk, start_letter=broken), now=NOW)
    arrived = {name: bool(stored.arrivals) for name, stored in units.of(MERCHANT).orders.items()}
    assert arrived == {ORDER: False, "order2": True}


def test_an_arrival_whose_job_was_lost_is_made_up_for_once_a_night(desk: Desk, units: FakeUnits) -> None:
    tell(units, DELIVERED)
    told = Told(NUMBER, is_known=True, reports=(a_report(said_at=LATE),))
    apply_told([told], None, merchant=MERCHANT, units=units, now=NOW)
    units.of(MERCHANT).effects.clear()
    _cron, job = TRACKING_JOBS["catch_up_arrivals"]
    deps = replace(fake_deps(units, LAW), clock=FakeClock(NOW))
    job(deps, NOW)
    job(deps, NOW)
    (parcel,) = units.of(MERCHANT).shipments
    assert units.effects(MERCHANT) == [FollowShipments(MERCHANT, (parcel,))]
    work(desk)
    assert (start(units), len(letters(units))) == (Moment(LATE, Source.CARRIER), 1)
    assert catch_up_arrivals(merchant=MERCHANT, units=units, now=NOW + timedelta(days=1)) == 0


def test_of_an_order_that_knows_all_its_parcels_nothing_is_made_up_for(desk: Desk, units: FakeUnits) -> None:
    tell(units, None, other := "1Z999AA10123456784")
    for number, at in ((NUMBER, EARLY), (other, LATE)):
        told = Told(number, is_known=True, reports=(a_report(said_at=at, number=number),))
        apply_told([told], None, merchant=MERCHANT, units=units, now=NOW)
        follow_shipments([e.id for e in units.of(MERCHANT).shipments.values()], desk=desk, now=NOW)
    assert start(units) == Moment(LATE, Source.CARRIER)
    assert catch_up_arrivals(merchant=MERCHANT, units=units, now=NOW) == 0
