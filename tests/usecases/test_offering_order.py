"""What a shopper may ask for, in the order to offer it: the costs a merchant set change the order and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from plugin.domain.claim_draft import DraftLine
from plugin.domain.claim_engine.cost_sheet import CostRow, CostSheet
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import LineId, OrderId
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.usecases.quote_claim import quote_claim
from tests.build import DELIVERED, MERCHANT, NOW
from tests.fakes.units import FakeUnits
from tests.usecases.test_examine_claim import LAW, place

IN_THE_WINDOW, BY_PROMISE = DELIVERED + timedelta(days=2), DELIVERED + timedelta(days=20)
POLICYS = (Remedy.REFUND, Remedy.STORE_CREDIT, Remedy.PRICE_REDUCTION)


def offered(units: FakeUnits, reason: str, at: datetime) -> tuple[Remedy, ...]:
    with units.read(MERCHANT) as unit:
        case = quote_claim(unit.orders.get(OrderId("order1")), unit, LAW, at)
        return case.remedies(DraftLine(LineId("11"), 1, reason))


@pytest.fixture
def dear(units: FakeUnits, shop: Shop) -> FakeUnits:
    """A shop to which a return costs 30 euros, whoever pays the label."""
    place(units, shop)
    row = CostRow("EUR", handling=Money(3_000, "EUR"))
    with units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(costs=CostSheet((row,))), NOW)
        unit.commit()
    return units


def test_without_costs_the_policys_order_holds(units: FakeUnits, shop: Shop) -> None:
    place(units, shop)
    assert offered(units, "change_of_mind.dislike", BY_PROMISE) == POLICYS


def test_where_the_way_back_is_too_dear_keeping_and_credit_come_first(dear: FakeUnits) -> None:
    order = (Remedy.PRICE_REDUCTION, Remedy.STORE_CREDIT, Remedy.REFUND)
    assert offered(dear, "change_of_mind.dislike", BY_PROMISE) == order


def test_within_the_withdrawal_period_the_refund_comes_first_whatever_it_costs(dear: FakeUnits) -> None:
    assert offered(dear, "change_of_mind.dislike", IN_THE_WINDOW)[0] is Remedy.REFUND


def test_what_the_law_gives_for_a_defect_stays_however_dear_it_is(dear: FakeUnits) -> None:
    found = offered(dear, "quality.defective", BY_PROMISE)
    assert {Remedy.REPAIR, Remedy.REPLACEMENT} <= set(found)


def test_after_a_hazard_nothing_is_offered_that_sells_more(dear: FakeUnits) -> None:
    found = offered(dear, "safety.injury", BY_PROMISE)
    assert Remedy.STORE_CREDIT not in found
    assert Remedy.REPAIR in found
