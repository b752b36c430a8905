"""One parcel is asked about out of its turn, of whoever would be next, and what stands in the way is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.account import Breaker
from plugin.domain.tracking.shipment import Asking
from plugin.ports.errors import Rejected
from plugin.usecases.tracking.ask_account import AskMeans
from plugin.usecases.tracking.ask_now import AskedNow, Hindrance, ask_now
from tests.build import MERCHANT, NOW
from tests.fakes.units import FakeUnits
from tests.support.asking import HOUR, NUMBERS, Desk, knows_none
from tests.support.shipments import a_shipment


@pytest.fixture
def desk(units: FakeUnits) -> Desk:
    return Desk(units)


def asked(desk: Desk, **facts: object) -> AskedNow:
    desk.follow(NUMBERS[0], asking=Asking(NOW + 9 * HOUR, NOW - HOUR), **facts)
    means = AskMeans(desk.units, desk.clock, desk.wait)
    return ask_now(a_shipment(NUMBERS[0]).id, desk.carriers, merchant=MERCHANT, means=means)


def test_what_is_told_is_kept_before_its_turn_came(desk: Desk) -> None:
    desk.open("dhl")
    found = asked(desk)
    assert (found.kind, found.hindrance) == ("dhl", None)
    assert found.parcel == desk.parcel(NUMBERS[0])
    assert found.parcel.whereabouts.status is DeliveryStatus.IN_TRANSIT
    ((_, (question,)),) = desk.carriers.asked
    assert question.postcode == "10119"


def test_without_an_account_or_one_that_tells_of_it_nobody_is_asked(desk: Desk) -> None:
    assert asked(desk).hindrance is Hindrance.NO_ACCOUNT
    assert desk.carriers.asked == []


def test_an_account_that_rests_is_left_alone_and_says_until_when(desk: Desk) -> None:
    until = NOW + timedelta(minutes=3)
    desk.open("dhl", breaker=Breaker(3, NOW, until, "unavailable"))
    found = asked(desk)
    assert (found.hindrance, found.fault, found.until) == (Hindrance.RESTING, "unavailable", until)
    assert desk.carriers.asked == []


def test_who_does_not_know_it_says_so_and_the_next_turn_is_set(desk: Desk) -> None:
    desk.open("dhl")
    desk.carriers.answers["dhl"] = knows_none
    found = asked(desk)
    assert (found.kind, found.hindrance) == ("dhl", Hindrance.UNKNOWN)
    assert found.parcel.asking.misses == 1


def test_a_refusal_of_the_account_is_told_with_its_reason(desk: Desk) -> None:
    desk.open("dhl")
    desk.carriers.answers["dhl"] = Rejected("bad_keys")
    found = asked(desk)
    assert (found.hindrance, found.fault) == (Hindrance.FAILED, "bad_keys")


def test_an_account_whose_turn_somebody_else_has_is_busy(desk: Desk) -> None:
    desk.open("dhl")
    with desk.units(MERCHANT) as unit:
        unit.carrier_accounts.lease("dhl", NOW, NOW + HOUR)
        unit.commit()
    assert asked(desk).hindrance is Hindrance.BUSY
    assert desk.carriers.asked == []


def test_a_parcel_that_counts_for_nothing_is_not_asked_about(desk: Desk) -> None:
    desk.open("dhl")
    assert asked(desk, is_void=True).hindrance is Hindrance.VOID
    assert desk.carriers.asked == []
