"""Due parcels are asked about in batches, of whoever is likeliest to know, and nobody who fails stops the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.order import DeliveryStatus
from plugin.domain.shop import Merchant
from plugin.domain.tracking.account import Breaker
from plugin.domain.tracking.breaking import CLOSED, CarrierFault, failed
from plugin.domain.tracking.shipment import Asking, Purpose
from plugin.ports.carrier import AskedParcel, Told
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from plugin.usecases.tracking.ask_account import Turn
from tests.build import MERCHANT, NOW, PLACED, a_shop, a_stored_order
from tests.fakes.carriers import a_kind
from tests.fakes.units import FakeUnits
from tests.support.asking import HOUR, MINUTE, NUMBERS, OTHER, Desk, knows_none, spoiled_by, tells
from tests.support.shipments import a_shipment


@pytest.fixture
def desk(units: FakeUnits) -> Desk:
    with units(OTHER) as unit:
        unit.shops.add_merchant(Merchant(OTHER, "Fjell AS", PLACED))
        unit.shops.add(a_shop(merchant=OTHER))
        unit.orders.save([a_stored_order()])
        unit.commit()
    return Desk(units)


def test_due_parcels_are_asked_about_in_batches_told_of_and_scheduled(desk: Desk) -> None:
    desk.open("17track")
    desk.follow(*NUMBERS[:10])
    (turn,) = desk.run()
    assert [len(batch) for batch in desk.carriers.numbers("17track")] == [8, 2]
    assert (turn.merchant, turn.kind, dict(turn.tally), turn.fault) == (MERCHANT, "17track", {"known": 10}, None)
    found = desk.parcel(NUMBERS[0])
    assert found.whereabouts.status is DeliveryStatus.IN_TRANSIT
    assert found.asking == Asking(NOW + 6 * HOUR, NOW, 0)
    assert desk.account("17track").asked_at == NOW
    assert desk.run() == []


def test_a_parcel_is_asked_about_with_what_helps_to_find_it_and_not_with_whose_it_is(desk: Desk) -> None:
    desk.open("dhl")
    desk.follow(NUMBERS[0], origin="CN", destination="DE", shipped_at=PLACED)
    desk.run()
    first = AskedParcel(NUMBERS[0], "dhl", "CN", "DE", "10119", PLACED.date(), is_registered=False)
    assert desk.carriers.asked == [("dhl", (first,))]
    desk.clock.advance(6 * HOUR)
    desk.run()
    assert desk.carriers.asked[1:] == [("dhl", (replace(first, postcode=None, is_registered=True),))]


def test_a_parcel_on_its_way_back_goes_to_no_shopper(desk: Desk) -> None:
    desk.open("dhl")
    desk.follow(NUMBERS[0], purpose=Purpose.RETURN)
    desk.run()
    assert [parcel.postcode for _, parcels in desk.carriers.asked for parcel in parcels] == [None]


def test_who_does_not_know_it_is_followed_by_the_next_candidate_within_minutes(desk: Desk) -> None:
    desk.open("dhl")
    desk.open("17track")
    desk.carriers.answers["dhl"] = knows_none
    desk.follow(NUMBERS[0])
    (turn,) = desk.run()
    assert dict(turn.tally) == {"unknown": 1}
    assert desk.parcel(NUMBERS[0]).asking == Asking(NOW + MINUTE, NOW, 1)
    desk.clock.advance(MINUTE)
    desk.run()
    assert [kind for kind, _ in desk.carriers.asked] == ["dhl", "17track"]
    assert desk.parcel(NUMBERS[0]).whereabouts.status is DeliveryStatus.IN_TRANSIT


def test_what_nobody_knows_yet_waits_at_the_pace_of_the_unknown(desk: Desk) -> None:
    desk.open("17track")
    desk.carriers.answers["17track"] = knows_none
    desk.follow(NUMBERS[0], created_at=NOW)
    desk.run()
    assert desk.parcel(NUMBERS[0]).asking == Asking(NOW + HOUR, NOW, 1)


def test_an_answer_about_other_parcels_or_none_is_taken_for_not_knowing(desk: Desk) -> None:
    desk.open("17track")
    desk.follow(*NUMBERS[:2], created_at=NOW)
    lie = Told("SOMEBODYELSES1", is_known=True, carrier="ups")
    desk.carriers.answers["17track"] = lambda _parcels, _now: [lie]
    (turn,) = desk.run()
    assert dict(turn.tally) == {"unknown": 2}


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (Unavailable("carrier_unavailable"), "unavailable"),
        (Rejected("bad_keys"), "bad_keys"),
        (Rejected("no_quota"), "no_quota"),
        (Rejected("not_allowed"), "not_allowed"),
    ],
)
def test_an_account_that_fails_is_asked_no_more_in_this_turn_and_the_others_go_on(
    desk: Desk, error: Exception, fault: str
) -> None:
    for merchant in (MERCHANT, OTHER):
        desk.open("17track", merchant)
    desk.open("dhl")
    desk.follow(*NUMBERS[:3])
    desk.follow(NUMBERS[3], merchant=OTHER)
    desk.carriers.answers["dhl"] = error
    turns = desk.run()
    assert len(desk.carriers.numbers("dhl")) == 1
    assert [(turn.merchant, turn.kind, dict(turn.tally), turn.fault) for turn in turns] == [
        (MERCHANT, "dhl", {"put_off": 3}, fault),
        (OTHER, "17track", {"known": 1}, None),
    ]
    assert desk.account("dhl").breaker.fault == fault
    assert desk.parcel(NUMBERS[0]).asking.misses == 0
    assert desk.parcel(NUMBERS[3], OTHER).whereabouts.status is DeliveryStatus.IN_TRANSIT


def test_three_failures_in_a_row_open_the_breaker_and_one_parcel_is_the_try_after_the_rest(desk: Desk) -> None:
    desk.open("17track")
    desk.follow(*NUMBERS[:10])
    desk.carriers.answers["17track"] = Unavailable("carrier_unavailable")
    for _ in range(3):
        desk.run()
        desk.clock.advance(MINUTE)
    assert desk.account("17track").breaker == Breaker(3, NOW, NOW + 3 * MINUTE, "unavailable")
    desk.carriers.answers["17track"] = tells
    desk.run()
    assert [len(batch) for batch in desk.carriers.numbers("17track")] == [8, 8, 8, 1, 7, 2]
    assert desk.account("17track").breaker == CLOSED


def test_parcels_of_an_account_that_rests_wait_without_a_question(desk: Desk) -> None:
    desk.open("dhl", breaker=Breaker(3, NOW, NOW + 20 * MINUTE, "unavailable"))
    desk.follow(NUMBERS[0])
    assert desk.run() == [Turn(MERCHANT, "dhl", Counter(put_off=1))]
    assert desk.carriers.asked == []
    assert desk.next_at(NUMBERS[0]) == NOW + 20 * MINUTE


def test_who_asks_for_patience_is_given_it(desk: Desk) -> None:
    desk.open("17track")
    desk.follow(NUMBERS[0])
    desk.carriers.answers["17track"] = Unavailable("carrier_busy", 900)
    (turn,) = desk.run()
    assert turn.fault == "rate_limited"
    assert desk.account("17track").breaker.open_until == NOW + 15 * MINUTE
    assert desk.next_at(NUMBERS[0]) == NOW + 15 * MINUTE


@pytest.mark.parametrize("error", [Rejected("not_understood"), Unreadable("not_json", "data")])
def test_one_number_that_spoils_every_answer_is_found_and_all_others_are_told_of(desk: Desk, error: Exception) -> None:
    desk.open("17track")
    desk.follow(*NUMBERS[:8])
    desk.carriers.answers["17track"] = spoiled_by(NUMBERS[5], error)
    (turn,) = desk.run()
    assert dict(turn.tally) == {"known": 7, "unknown": 1}
    assert turn.fault is None
    assert desk.parcel(NUMBERS[5]).asking.misses == 1


def test_answers_that_nobody_can_read_open_the_breaker_after_a_few(desk: Desk) -> None:
    desk.open("17track")
    desk.follow(*NUMBERS[:24])
    desk.carriers.answers["17track"] = Unreadable("not_json", "data")
    (turn,) = desk.run()
    assert turn.fault == "unreadable"
    assert len(desk.carriers.asked) < 10
    assert dict(turn.tally) == {"unknown": 3, "put_off": 21}


def test_short_pauses_are_waited_for_and_long_ones_left_to_others(desk: Desk) -> None:
    desk.open("dhl")
    desk.carriers.known["dhl"] = a_kind("dhl", "dhl", pause=timedelta(seconds=2))
    desk.follow(*NUMBERS[:3])
    desk.run()
    assert desk.waited == [timedelta(seconds=2)] * 2
    desk.carriers.known["dhl"] = a_kind("dhl", "dhl", pause=MINUTE)
    desk.follow(*NUMBERS[3:6])
    (turn,) = desk.run()
    assert dict(turn.tally) == {"put_off": 3}
    now = desk.clock.now()
    assert [desk.next_at(number) for number in NUMBERS[3:6]] == [now + MINUTE, now + 2 * MINUTE, now + 3 * MINUTE]


def test_a_turn_ends_after_a_while_so_that_a_slow_account_shares_the_worker(desk: Desk) -> None:
    def slow(parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        desk.clock.advance(timedelta(seconds=25))
        return tells(parcels, now)

    desk.open("dhl")
    desk.follow(*NUMBERS[:9])
    desk.carriers.answers["dhl"] = slow
    (turn,) = desk.run()
    assert dict(turn.tally) == {"known": 3, "put_off": 6}


def test_nobody_asks_an_account_beside_whose_turn_it_is(desk: Desk) -> None:
    desk.open("dhl")
    desk.follow(NUMBERS[0])
    with desk.units(MERCHANT) as unit:
        assert unit.carrier_accounts.lease("dhl", NOW, NOW + 4 * MINUTE)
        unit.commit()
    (turn,) = desk.run()
    assert dict(turn.tally) == {"put_off": 1}
    assert desk.carriers.asked == []


def test_a_worker_killed_between_loses_nothing(desk: Desk) -> None:
    def dies(_parcels: Sequence[AskedParcel], _now: datetime) -> Sequence[Told]:
        raise KeyboardInterrupt

    desk.open("17track")
    desk.follow(*NUMBERS[:2])
    desk.carriers.answers["17track"] = dies
    with pytest.raises(KeyboardInterrupt):
        desk.run()
    desk.carriers.answers["17track"] = tells
    assert desk.run() == []
    desk.clock.advance(10 * MINUTE)
    (turn,) = desk.run()
    assert dict(turn.tally) == {"known": 2}


def test_a_fault_of_our_own_ends_one_turn_is_seen_at_the_account_and_raised_at_the_end(desk: Desk) -> None:
    desk.open("17track", OTHER)
    desk.open("dhl")
    desk.follow(NUMBERS[0])
    desk.follow(NUMBERS[1], merchant=OTHER)
    desk.carriers.answers["dhl"] = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        desk.run()
    assert desk.account("dhl").breaker.fault == "unreadable"
    assert desk.parcel(NUMBERS[1], OTHER).whereabouts.status is DeliveryStatus.IN_TRANSIT


def test_nothing_is_open_in_the_database_while_somebody_is_asked(desk: Desk) -> None:
    seen = []

    def looks(parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        seen.append(desk.units.is_writing)
        return tells(parcels, now)

    desk.open("dhl")
    desk.follow(*NUMBERS[:2])
    desk.carriers.answers["dhl"] = looks
    desk.run()
    assert seen == [False, False]


def test_news_that_came_while_somebody_was_asked_are_not_overwritten(desk: Desk) -> None:
    def late(parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        with desk.units(MERCHANT) as unit:
            known = unit.shipments.get(a_shipment(NUMBERS[0]).id)
            unit.shipments.save([replace(known, service="Express", asking=Asking(NOW + 2 * HOUR))])
            unit.commit()
        return knows_none(parcels, now)

    desk.open("dhl")
    desk.follow(NUMBERS[0])
    desk.carriers.answers["dhl"] = late
    desk.run()
    assert (desk.parcel(NUMBERS[0]).service, desk.next_at(NUMBERS[0])) == ("Express", NOW + 2 * HOUR)


def test_a_merchant_without_accounts_is_looked_at_again_later_and_asks_nobody(desk: Desk) -> None:
    desk.open("dhl", breaker=failed(CLOSED, CarrierFault.BAD_KEYS, NOW))
    desk.open("17track", is_on=False)
    desk.follow(NUMBERS[0])
    assert desk.run() == [Turn(MERCHANT, "", Counter(nobodys=1))]
    assert desk.carriers.asked == []
    assert desk.parcel(NUMBERS[0]).asking == Asking(NOW + 6 * HOUR, None, 0)


def test_a_parcel_that_was_over_long_ago_costs_no_question(desk: Desk) -> None:
    desk.open("17track")
    desk.follow(NUMBERS[0], created_at=NOW - timedelta(days=700))
    (turn,) = desk.run()
    assert (dict(turn.tally), desk.carriers.asked) == ({"nobodys": 1}, [])
    assert desk.parcel(NUMBERS[0]).asking.next_at is None
