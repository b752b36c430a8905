"""What a carrier is asked for damage on the way: a record beside the shopper's claim, which knows nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.access import RoleTooLow
from plugin.domain.carrier_claim import NOTICE_DAYS, CarrierClaim, CarrierClaimState
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.vocabulary import Tier
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.errors import Conflict, Invalid
from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.order import Parcel
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.ask_carrier import move_carrier_claim
from plugin.usecases.claim.desk import Desk
from tests import build
from tests.build import DELIVERED, MERCHANT, NOW
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits
from tests.usecases.test_examine_claim import LAW, a_line, place, submitted

_S = CarrierClaimState
ANNA = StaffMember(StaffId("anna"), "anna@shop.example", Role.AGENT, "en", NOW)
PARCEL = Parcel("DHL", "00340434161094", None)
DAMAGED = a_line("logistics.damaged_in_transit")


@pytest.fixture
def desk(units: FakeUnits, ids: FakeIds, secrets: FakeSecrets) -> Desk:
    return Desk(MERCHANT, units, ids, secrets, LAW)


@pytest.fixture
def order(units: FakeUnits, shop: Shop) -> None:
    arrived = build.a_fulfilment(events=(build.an_event(),), parcels=(PARCEL,))
    place(units, shop, build.an_order(fulfilments=(arrived,)))


def known(units: FakeUnits, claim: Claim) -> CarrierClaim:
    with units.read(MERCHANT) as unit:
        found = unit.carrier_claims.of(claim.id)
    assert found is not None
    return found


def move(units: FakeUnits, claim: Claim, to: CarrierClaimState, **more: object) -> CarrierClaim:
    facts = {"by": ANNA, "merchant": MERCHANT, "units": units, "now": NOW} | more
    return move_carrier_claim(claim.id, to, **facts)  # type: ignore[arg-type]  # a test names arguments


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize(("hours", "tier"), [(47, Tier.FAST), (48, Tier.FAST), (49, Tier.ORDINARY)])
def test_damage_told_sooner_or_later_makes_one_record_and_is_never_refused(
    units: FakeUnits, desk: Desk, hours: int, tier: Tier
) -> None:
    claim = submitted(desk, DAMAGED, now=DELIVERED + timedelta(hours=hours))
    assert (claim.tier, claim.lines[0].is_approved) == (tier, True)
    record = known(units, claim)
    assert (record.state, record.parcels, record.value) == (_S.TO_FILE, (PARCEL,), claim.lines[0].judged.price)
    assert record.notice_by == DELIVERED + timedelta(days=NOTICE_DAYS), "counted from the delivery"


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize("reason", ["quality.defective", "change_of_mind.not_needed", "logistics.arrived_late"])
def test_what_was_not_damaged_on_the_way_asks_no_carrier(units: FakeUnits, desk: Desk, reason: str) -> None:
    submitted(desk, a_line(reason))
    assert units.of(MERCHANT).carrier_claims == {}


@pytest.mark.usefixtures("order")
def test_the_merchant_says_within_how_many_days_the_carrier_is_told(units: FakeUnits, desk: Desk) -> None:
    with units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(carrier_notice_days=21), NOW)
        unit.commit()
    record = known(units, submitted(desk, DAMAGED))
    assert (record.notice_days, record.notice_by) == (21, DELIVERED + timedelta(days=21))
    assert not record.is_late(record.notice_by - timedelta(seconds=1))
    assert record.is_late(record.notice_by)


@pytest.mark.usefixtures("order")
def test_whatever_the_carrier_does_the_shoppers_claim_is_as_it_was(units: FakeUnits, desk: Desk) -> None:
    claim = submitted(desk, DAMAGED)
    queued = list(units.effects(MERCHANT))
    move(units, claim, _S.FILED, reference=" CL-77 ")
    refused = move(units, claim, _S.REFUSED)
    assert (refused.reference, [step.to for step in refused.steps]) == ("CL-77", [_S.FILED, _S.REFUSED])
    move(units, claim, _S.FILED, reference="CL-78")
    paid = move(units, claim, _S.ACCEPTED, amount=Money(1_500, "EUR"))
    assert (paid.state, paid.accepted) == (_S.ACCEPTED, Money(1_500, "EUR"))
    with units.read(MERCHANT) as unit:
        assert read_claim(claim.id, unit) == claim
    assert units.effects(MERCHANT) == queued


@pytest.mark.usefixtures("order")
def test_a_record_moves_as_far_as_it_makes_sense_and_from_where_it_was_seen(units: FakeUnits, desk: Desk) -> None:
    claim = submitted(desk, DAMAGED)
    with pytest.raises(NoSuchMove):
        move(units, claim, _S.ACCEPTED, amount=Money(1, "EUR"))
    with pytest.raises(Invalid):
        move(units, claim, _S.FILED, reference="  ")
    with pytest.raises(RoleTooLow):
        move(units, claim, _S.DROPPED, by=replace(ANNA, role=Role.VIEWER))
    move(units, claim, _S.FILED, reference="CL-77", seen=1)
    with pytest.raises(Conflict):
        move(units, claim, _S.DROPPED, seen=1)
    for wrong in (Money(0, "EUR"), Money(100, "GBP")):
        with pytest.raises(Invalid):
            move(units, claim, _S.ACCEPTED, amount=wrong)
    assert known(units, claim).state is _S.FILED
