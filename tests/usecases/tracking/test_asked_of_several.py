"""Where several accounts may know a parcel: who is paid for it, who hears the postcode, and what nobody's costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import pytest

from plugin.domain.tracking.breaking import CLOSED, is_dead
from plugin.domain.tracking.shipment import Asking
from plugin.ports.carrier import AskedParcel, Told
from plugin.ports.errors import Rejected
from plugin.usecases.tracking.ask_account import Turn
from tests.build import MERCHANT
from tests.fakes.carriers import a_kind
from tests.fakes.units import FakeUnits
from tests.support.asking import HOUR, MINUTE, NUMBERS, Desk, knows_none, tells


@pytest.fixture
def desk(units: FakeUnits) -> Desk:
    return Desk(units)


def test_no_number_is_registered_at_two_services_within_hours(desk: Desk) -> None:
    for rank, kind in enumerate(("17track", "aftership")):
        desk.carriers.known[kind] = a_kind(kind, batch=8, is_registering=True)
        desk.carriers.answers[kind] = knows_none
        desk.open(kind, rank=rank)
    desk.follow(NUMBERS[0], created_at=desk.clock.now())
    begun, asked = desk.clock.now(), []
    for _ in range(4):
        desk.run()
        asked.append((desk.carriers.asked[-1][0], desk.clock.now() - begun))
        desk.clock.advance((desk.next_at(NUMBERS[0]) or begun) - desk.clock.now())
    assert asked == [("17track", 0 * HOUR), ("17track", HOUR), ("aftership", 7 * HOUR), ("aftership", 8 * HOUR)]
    parcels = [parcel for _, (parcel,) in desk.carriers.asked]
    assert [each.is_registered for each in parcels] == [False, True, False, True]


def test_everybody_asked_hears_the_postcode_until_a_carrier_has_told_of_the_parcel(desk: Desk) -> None:
    desk.open("dhl")
    desk.open("17track")
    desk.carriers.answers["dhl"] = knows_none
    desk.follow(NUMBERS[0])
    desk.run()
    desk.clock.advance(MINUTE)
    desk.run()
    desk.carriers.answers["dhl"] = tells
    desk.clock.advance(6 * HOUR)
    desk.run()
    assert [(kind, parcel.postcode, parcel.is_registered) for kind, (parcel,) in desk.carriers.asked] == [
        ("dhl", "10119", False),
        ("17track", "10119", False),
        ("dhl", None, True),
    ]


def test_no_order_is_opened_for_a_parcel_that_nobody_is_asked_about(desk: Desk) -> None:
    desk.follow(*NUMBERS[:3])
    desk.units.tables[MERCHANT].orders.clear()
    assert desk.run() == [Turn(MERCHANT, "", Counter(nobodys=3))]


def test_a_quota_used_up_keeps_new_numbers_waiting_and_nobody_else(desk: Desk) -> None:
    def short(parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        told = tells(parcels, now)
        return [
            each if ask.is_registered else Told(each.number, is_known=False, is_refused=True)
            for ask, each in zip(parcels, told, strict=True)
        ]

    desk.open("17track")
    desk.follow(NUMBERS[0])
    desk.run()
    desk.carriers.answers["17track"] = short
    desk.follow(NUMBERS[1])
    begun = desk.clock.now()
    (turn,) = desk.run()
    assert (dict(turn.tally), turn.fault) == ({"put_off": 1}, "no_quota")
    assert desk.parcel(NUMBERS[1]).asking == Asking(begun + 24 * HOUR)
    desk.clock.advance(6 * HOUR)
    assert [dict(turn.tally) for turn in desk.run()] == [{"known": 1}]
    assert is_dead(desk.account("17track"), desk.clock.now())
    desk.carriers.answers["17track"] = tells
    desk.clock.advance(18 * HOUR)
    desk.run()
    assert desk.account("17track").breaker == CLOSED


def test_an_account_that_was_halted_by_a_slip_is_found_again_within_a_day(desk: Desk) -> None:
    desk.open("17track")
    desk.follow(*NUMBERS[:3])
    desk.carriers.answers["17track"] = Rejected("bad_keys")
    desk.run()
    desk.clock.advance(MINUTE)
    assert [dict(turn.tally) for turn in desk.run()] == [{"nobodys": 3}]
    desk.carriers.answers["17track"] = tells
    desk.clock.advance(24 * HOUR)
    assert [dict(turn.tally) for turn in desk.run()] == [{"known": 3}]
    assert [len(batch) for batch in desk.carriers.numbers("17track")] == [3, 1, 2]
    assert desk.account("17track").breaker == CLOSED
