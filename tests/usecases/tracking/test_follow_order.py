"""The parcels of an order are followed from the moment its platform names them, and what it says of them is heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plugin.domain.effects import FollowShipments
from plugin.domain.order import DeliveryEvent, DeliveryStatus, Fulfilment, Order, Parcel
from plugin.domain.policy.identity import Address, Trader
from plugin.domain.shop_events import OrderSeen
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.shipment import Asking, Shipment, TrackedNumber
from plugin.ports.carrier import Told
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.tracking.apply_told import apply_told
from plugin.usecases.tracking.follow_order import SavedOrder, follow_orders
from tests.build import DELIVERED, MERCHANT, NOW, PLACED, a_fulfilment, a_policy, a_shop, an_event, an_order
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits
from tests.support.shipments import NUMBER, a_report

_S = DeliveryStatus
OTHER = "1Z999AA10123456784"
IDS = FakeIds()


def sent(*numbers: str, events: Sequence[DeliveryEvent] = (), **facts: object) -> Fulfilment:
    parcels = tuple(Parcel("DHL Paket", number, None) for number in numbers)
    return a_fulfilment(parcels=parcels, events=tuple(events), **facts)


def told(units: FakeUnits, *fulfilments: Fulfilment, later: int = 1, **facts: object) -> list[Shipment]:
    """Have the platform tell of the order; its parcels then, void ones too."""
    order = an_order("2002", fulfilments=fulfilments, updated_at=PLACED + timedelta(days=later), **facts)
    return seen(units, order)


def seen(units: FakeUnits, order: Order) -> list[Shipment]:
    with units(MERCHANT) as unit:
        apply_shop_events([(OrderSeen(order),)], a_shop(), unit, IDS)
        unit.commit()
    return parcels(units)


def parcels(units: FakeUnits) -> list[Shipment]:
    return sorted(units.of(MERCHANT).shipments.values(), key=lambda each: each.id)


def test_each_number_is_a_parcel_of_its_fulfilment_with_the_carrier_it_looks_like(units: FakeUnits) -> None:
    first, second = told(units, sent(f" {NUMBER[:4]} {NUMBER[4:]}", OTHER, NUMBER, "see mail"))
    assert first.numbers == (TrackedNumber(NUMBER, "dhl"),)
    assert second.numbers == (TrackedNumber(OTHER, "ups"),)
    assert (first.belongs_to, first.destination, first.shipped_at) == ("f1", "DE", PLACED + timedelta(days=1))
    assert first.asking == Asking(first.created_at), "it is asked about at once"
    assert first.not_before == PLACED, "nothing that happened before the order is about it"


def test_what_the_platform_dates_before_there_were_parcels_is_left_out(units: FakeUnits) -> None:
    events = [an_event(at, id=at.isoformat()) for at in (datetime(1970, 1, 1, tzinfo=UTC), DELIVERED)]
    (parcel,) = told(units, sent(NUMBER, events=events))
    assert [each.said_at for each in parcel.reports] == [DELIVERED]


def test_it_is_sent_from_where_the_seller_of_the_order_is(units: FakeUnits) -> None:
    policy = a_policy(effective_from=PLACED - timedelta(days=9))
    trader = Trader("Nordkap AS", Address(("Storgata 1",), "NO"), ())
    with units(MERCHANT) as unit:
        unit.policies.add(replace(policy, default=replace(policy.default, trader=trader)))
        unit.commit()
    assert [each.origin for each in told(units, sent(NUMBER))] == ["NO"]


def test_what_the_platform_reports_is_its_word_and_is_told_once(units: FakeUnits) -> None:
    moves = an_event(DELIVERED, id="7", message="Delivered")
    (parcel,) = told(units, sent(NUMBER, events=[moves]))
    assert parcel.whereabouts.delivered == Moment(DELIVERED, Source.PLATFORM)
    follow = [each for each in units.effects(MERCHANT) if isinstance(each, FollowShipments)]
    assert follow == [FollowShipments(MERCHANT, (parcel.id,))]
    assert told(units, sent(NUMBER, events=[moves]), later=2) == [parcel], "nothing of it is new"


def test_what_the_platform_takes_back_is_gone_and_what_the_carrier_told_stays(units: FakeUnits) -> None:
    (parcel,) = told(units, sent(NUMBER, events=[an_event(DELIVERED, id="7")]))
    scan = a_report(_S.IN_TRANSIT, PLACED + timedelta(days=2))
    apply_told([Told(NUMBER, is_known=True, reports=(scan,))], None, merchant=MERCHANT, units=units, now=NOW)
    with units(MERCHANT) as unit:
        (stored,) = (each for each in unit.orders.batch(None, None, 9) if each.order.number == "2002")
        mended = replace(stored.order.fulfilments[0], events=())
        unit.orders.save([replace(stored, order=replace(stored.order, fulfilments=(mended,)))])
        unit.commit()
    (parcel,) = told(units, sent(NUMBER), later=3, number="2002-B")
    assert parcel.reports == (scan,)
    assert parcel.whereabouts.status is _S.IN_TRANSIT


def test_of_several_parcels_none_has_arrived_until_all_are_reported(units: FakeUnits) -> None:
    one, two = (an_event(DELIVERED + timedelta(hours=n), id=str(n)) for n in (1, 2))
    assert {each.whereabouts.delivered for each in told(units, sent(NUMBER, OTHER, events=[one]))} == {None}
    arrived = told(units, sent(NUMBER, OTHER, events=[one, two]), later=2)
    assert {each.whereabouts.delivered for each in arrived} == {Moment(two.moment.at, Source.PLATFORM)}


def test_another_number_makes_the_old_one_void_and_it_may_come_back(units: FakeUnits) -> None:
    told(units, sent(NUMBER))
    old, new = told(units, sent(OTHER), later=2)
    assert (old.is_void, old.asking.next_at, new.is_void) == (True, None, False)
    back, gone = told(units, sent(NUMBER), later=3)
    assert (back.is_void, gone.is_void) == (False, True)
    assert back.asking.next_at


def test_what_counts_no_more_or_again_has_its_alerts_looked_at(units: FakeUnits) -> None:
    told(units, sent(NUMBER))
    for later, number, is_void in ((2, OTHER, True), (3, NUMBER, False)):
        before = len(units.effects(MERCHANT))
        old, _ = told(units, sent(number), later=later)
        followed = [e for e in units.effects(MERCHANT)[before:] if isinstance(e, FollowShipments)]
        assert (old.is_void, old.id in followed[0].shipments) == (is_void, True)


def heard_last_mile(units: FakeUnits) -> None:
    """Have the carrier of the first parcel name `OTHER` as what it goes under on its last mile."""
    scan = a_report(_S.IN_TRANSIT, PLACED + timedelta(days=2))
    handed = Told(NUMBER, is_known=True, reports=(scan,), final_number=OTHER, final_carrier="ups")
    apply_told([handed], None, merchant=MERCHANT, units=units, now=NOW)


def test_a_second_parcel_is_followed_though_the_first_got_its_number_before(units: FakeUnits) -> None:
    told(units, sent(NUMBER))
    heard_last_mile(units)
    moves = sent(NUMBER, OTHER, events=[an_event(DELIVERED, id="7", status=_S.IN_TRANSIT)])
    both = told(units, moves, later=2)
    assert [[n.number for n in each.numbers] for each in both if not each.is_void] == [[NUMBER, OTHER], [OTHER]]
    assert told(units, moves, later=3) == both, "once it is, it is found again"


def test_a_second_parcel_is_not_void_because_the_first_got_its_number(units: FakeUnits) -> None:
    told(units, sent(NUMBER, OTHER))
    heard_last_mile(units)
    later = sent(NUMBER, OTHER, updated_at=PLACED + timedelta(days=2))
    assert [each.is_void for each in told(units, later, later=2)] == [False, False]


@pytest.mark.parametrize(
    "gone", [{"fulfilments": ()}, {"fulfilments": (sent(NUMBER, status="cancelled"),)}, {"is_test": True}]
)
def test_what_was_called_off_counts_no_more(units: FakeUnits, gone: dict[str, object]) -> None:
    told(units, sent(NUMBER))
    with units(MERCHANT) as unit:
        (before,) = (each for each in unit.orders.batch(None, None, 9) if each.order.number == "2002")
        after = replace(before, order=replace(before.order, **gone))  # type: ignore[arg-type]  # fields of the order
        follow_orders([SavedOrder(before, after)], unit, IDS)
        unit.commit()
    (parcel,) = parcels(units)
    assert parcel.is_void


def test_the_day_the_platform_expects_is_the_first_that_was_said(units: FakeUnits) -> None:
    late = Moment(DELIVERED.replace(hour=23, minute=30), Source.ESTIMATE)
    (parcel,) = told(units, sent(NUMBER, estimated=late))
    assert parcel.expected is parcel.first_expected or parcel.expected == parcel.first_expected
    assert parcel.expected
    assert parcel.expected.first == date(2026, 11, 6), "by the clock where it goes"


def test_an_order_without_a_number_is_not_looked_at_twice(units: FakeUnits) -> None:
    assert told(units, a_fulfilment(parcels=(Parcel("DHL", None, "https://dhl.example/1"),))) == []
    assert not [each for each in units.effects(MERCHANT) if isinstance(each, FollowShipments)]
