"""Whose account a parcel is asked of: its carrier's own, else one that knows any, and one guess after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.account import Breaker, CarrierAccount
from plugin.domain.tracking.breaking import CLOSED, CarrierFault, failed
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.shipment import Asking, Purpose, Shipment, TrackedNumber
from plugin.domain.tracking.ways import Choice, Way, askable, choose, ways
from tests.build import NOW, a_shop

MINUTE = timedelta(minutes=1)
UPS, USPS = "1Z12345E1512345676", "9400111899223197428490"
COVERS = {
    "ups": frozenset({"ups"}),
    "dhl": frozenset({"dhl", "dhl_express"}),
    "17track": frozenset[str](),
    "aftership": frozenset[str](),
}


def account(kind: str, rank: int = 0, **facts: object) -> CarrierAccount:
    made = CarrierAccount(kind, {"key": "secret"}, f"token-{kind}", NOW, rank=rank)
    return replace(made, **facts)  # type: ignore[arg-type]  # a test names fields of the account


def parcel(*numbers: TrackedNumber, misses: int = 0, is_told: bool = False) -> Shipment:
    report = Report(DeliveryStatus.IN_TRANSIT, NOW, Source.CARRIER, NOW, carrier="ups")
    return Shipment(
        ShipmentId("shipment1"),
        a_shop().id,
        OrderId("order1"),
        Purpose.OUTBOUND,
        "f1",
        numbers or (TrackedNumber(UPS, "ups"),),
        NOW,
        destination="US",
        reports=(report,) if is_told else (),
        asking=Asking(NOW, None, misses),
    )


def kinds(shipment: Shipment, *accounts: CarrierAccount) -> list[tuple[str, str | None]]:
    return [(way.kind, way.carrier) for way in ways(shipment, askable(accounts, COVERS, NOW), COVERS)]


def test_the_carriers_own_account_is_asked_before_one_that_knows_any() -> None:
    assert kinds(parcel(), account("17track"), account("ups", rank=9)) == [("ups", "ups"), ("17track", None)]


def test_of_several_that_could_the_merchants_order_decides() -> None:
    accounts = account("17track", rank=2), account("aftership", rank=1)
    assert kinds(parcel(), *accounts) == [("aftership", None), ("17track", None)]


def test_an_account_that_is_off_or_not_installed_or_of_another_carrier_is_not_asked() -> None:
    assert kinds(parcel(), account("ups", is_on=False), account("gls"), account("dhl")) == []
    assert choose(parcel(), (), COVERS) is None


def test_a_carrier_that_has_answered_is_named_to_whoever_is_asked() -> None:
    known = TrackedNumber(UPS, "ups", is_confirmed=True)
    assert kinds(parcel(known), account("17track")) == [("17track", "ups")]


def test_each_question_that_brought_nothing_is_followed_by_the_next_candidate() -> None:
    accounts = askable([account("ups"), account("dhl"), account("17track")], COVERS, NOW)
    guess = TrackedNumber(UPS, "dhl")
    asked = [choose(parcel(guess, misses=misses), accounts, COVERS) for misses in range(4)]
    assert asked == [
        Choice(Way("dhl", UPS, "dhl"), MINUTE, has_others=True),
        Choice(Way("17track", UPS, None), MINUTE, has_others=True),
        Choice(Way("ups", UPS, "ups"), has_others=True),
        Choice(Way("dhl", UPS, "dhl"), is_registered=True, has_others=True),
    ]


def test_a_parcel_that_was_told_of_is_asked_of_nobody_else_for_being_quiet() -> None:
    accounts = askable([account("ups"), account("17track")], COVERS, NOW)
    quiet = parcel(TrackedNumber(UPS, "ups", is_confirmed=True), misses=5, is_told=True)
    assert choose(quiet, accounts, COVERS) == Choice(Way("ups", UPS, "ups"), has_others=True)


def test_who_is_paid_for_a_number_has_time_to_find_it_before_another_is_paid() -> None:
    accounts = askable([account("dhl"), account("17track"), account("aftership", rank=1), account("ups")], COVERS, NOW)
    guess, paid = TrackedNumber(UPS, "dhl"), {"17track", "aftership"}
    asked = [choose(parcel(guess, misses=misses), accounts, COVERS, paid) for misses in range(7)]
    assert [(each.way.kind, each.retry, each.is_registered) for each in asked if each] == [
        ("dhl", MINUTE, False),
        ("17track", 60 * MINUTE, False),
        ("17track", None, True),
        ("aftership", 60 * MINUTE, False),
        ("aftership", MINUTE, True),
        ("ups", None, False),
        ("dhl", None, True),
    ]


def test_the_last_mile_is_asked_about_before_the_leg_that_handed_it_over() -> None:
    first = TrackedNumber("YT2412345678901234", "yunexpress", Leg.ORIGIN, is_confirmed=True)
    last = TrackedNumber(USPS, "usps", is_confirmed=True)
    found = ways(parcel(first, last), askable([account("17track")], COVERS, NOW), COVERS)
    assert [way.number for way in found] == [USPS, "YT2412345678901234"]


def test_an_account_that_rests_a_while_keeps_its_parcels_and_a_dead_one_hands_them_on() -> None:
    resting = Breaker(3, NOW, NOW + timedelta(minutes=1), "unavailable")
    dead = replace(resting, failing_since=NOW - timedelta(hours=2))
    halted = failed(CLOSED, CarrierFault.BAD_KEYS, NOW)
    known = parcel(TrackedNumber(UPS, "ups", is_confirmed=True))
    assert kinds(known, account("ups", breaker=resting), account("17track"))[0] == ("ups", "ups")
    assert kinds(known, account("ups", breaker=dead), account("17track")) == [("17track", "ups")]
    assert kinds(known, account("ups", breaker=halted), account("17track")) == [("17track", "ups")]


def test_a_number_no_carrier_would_print_stops_nobody() -> None:
    assert kinds(parcel(TrackedNumber("????", None)), account("17track"), account("ups")) == [("17track", None)]


@given(
    on=st.lists(st.sampled_from([*COVERS, "gls"]), unique=True),
    guess=st.sampled_from(["ups", "dhl", "gls", None]),
    is_confirmed=st.booleans(),
    misses=st.integers(0, 40),
)
def test_whoever_is_asked_is_on_and_could_know_and_nobody_is_left_out(
    on: list[str], guess: str | None, *, is_confirmed: bool, misses: int
) -> None:
    accounts = askable([account(kind) for kind in on], COVERS, NOW)
    shipment = parcel(TrackedNumber(UPS, guess, is_confirmed=is_confirmed), misses=misses)
    found = ways(shipment, accounts, COVERS)
    assert len(set(found)) == len(found)
    assert all(not COVERS[way.kind] or way.carrier in COVERS[way.kind] for way in found)
    assert {each for each in on if each in COVERS and not COVERS[each]} <= {way.kind for way in found}
    asked = [choose(replace(shipment, asking=Asking(misses=misses + n)), accounts, COVERS) for n in range(len(found))]
    assert {each.way for each in asked if each} == set(found)
