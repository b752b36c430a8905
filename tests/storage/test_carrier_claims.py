"""Records of what carriers are asked for, on both databases and in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.carrier_claim import OPEN, CarrierClaim, CarrierClaimState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId, OrderId, StaffId
from plugin.domain.money import Money
from plugin.domain.order import Parcel
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from tests.build import MERCHANT, NOW, a_shop, a_stored_order, an_order
from tests.support.claims import Case, an_order_of, opened_line, opening

ANNA = StaffId("anna")


@pytest.fixture(autouse=True)
def claims(request: pytest.FixtureRequest) -> None:
    units = request.getfixturevalue("storage").units if "storage" in request.fixturenames else None
    units = units or request.getfixturevalue("units")
    line = opened_line(an_order_of(1), 1, Ground.LIABILITY, 1, Remedy.REFUND)
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order())])
        for name in ("claim1", "claim2"):
            opened = replace(opening(line, number=f"R-{name}"), shop=a_shop().id)
            case = Case.begun([Draft(opened, ENGINE)], claim=name)
            unit.claims.append(case.claim, case.entries)
        unit.commit()


def a_record(claim: str = "claim1", days: int = 7, order: str = "order1") -> CarrierClaim:
    due = NOW + timedelta(days=days)
    parcels = (Parcel("DHL", "00340434161094", None),)
    return CarrierClaim(ClaimId(claim), f"R-{claim}", OrderId(order), parcels, Money(1190, "EUR"), days, due, NOW, NOW)


def saved(units: Units, record: CarrierClaim) -> CarrierClaim:
    with units(MERCHANT) as unit:
        unit.carrier_claims.save(record)
        unit.commit()
    return replace(record, version=record.version + 1)


def listed(units: Units, *states: CarrierClaimState) -> list[str]:
    with units.read(MERCHANT) as unit:
        return [each.claim for each in unit.carrier_claims.listed(states or OPEN, 10)]


def test_a_record_is_read_as_it_was_saved_and_the_first_to_be_told_of_comes_first(units: Units) -> None:
    first, second = saved(units, a_record()), saved(units, a_record("claim2", days=2))
    with units.read(MERCHANT) as unit:
        assert [unit.carrier_claims.of(each.claim) for each in (first, second)] == [first, second]
        assert unit.carrier_claims.of(ClaimId("claim3")) is None
    assert listed(units) == ["claim2", "claim1"]
    saved(units, first.moved(CarrierClaimState.DROPPED, ANNA, NOW))
    assert (listed(units), listed(units, CarrierClaimState.DROPPED)) == (["claim2"], ["claim1"])


def test_a_claim_has_one_record_and_who_comes_second_is_told(units: Units) -> None:
    record = saved(units, a_record())
    with pytest.raises(Conflict):
        saved(units, a_record())
    saved(units, record.filed("CL-77", ANNA, NOW))
    with pytest.raises(Conflict):
        saved(units, record.moved(CarrierClaimState.DROPPED, ANNA, NOW))
    with pytest.raises(NotFound):
        saved(units, a_record("claim3"))


def test_the_table_of_all_claims_tells_of_it(storage: Storage) -> None:
    record = saved(storage.units, a_record())
    rows = storage.views.exported_claims(MERCHANT, None, 10)
    assert [(row.id, row.carrier and row.carrier.claim_number) for row in rows] == [
        ("claim1", record.claim_number), ("claim2", None)
    ]  # fmt: skip
