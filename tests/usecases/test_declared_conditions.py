"""What a promise asks of the goods is asked where it decides, and what is declared decides without a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim_draft import DraftLine
from plugin.domain.ids import LineId, OrderId
from plugin.domain.policy.terms import Condition
from plugin.domain.shop import Shop
from plugin.usecases.claim.desk import Desk
from plugin.usecases.quote_claim import quote_claim
from plugin.wording.refusal import refusal_text
from tests.build import DELIVERED, MERCHANT
from tests.fakes.units import FakeUnits
from tests.usecases.test_examine_claim import LAW, POLICY, RETURNS, a_line, desk, place, submitted, told

__all__ = ["desk"]

ASKED = (Condition.UNUSED, Condition.ORIGINAL_PACKAGING)
PICKY = replace(POLICY, default=replace(POLICY.default, rules=(replace(RETURNS, conditions=ASKED),)))
BY_PROMISE = DELIVERED + timedelta(days=20)


@pytest.fixture(autouse=True)
def placed(units: FakeUnits, shop: Shop) -> None:
    place(units, shop, policy=PICKY)


@pytest.mark.parametrize(
    ("reason", "days", "asked"),
    [
        ("change_of_mind.dislike", 20, ASKED),
        ("change_of_mind.dislike", 2, ()),
        ("quality.defective", 20, ()),
    ],
)
def test_only_a_promise_asks_and_never_of_goods_at_fault_or_by_law(
    units: FakeUnits, reason: str, days: int, asked: tuple[Condition, ...]
) -> None:
    with units.read(MERCHANT) as unit:
        case = quote_claim(unit.orders.get(OrderId("order1")), unit, LAW, DELIVERED + timedelta(days=days))
        assert case.conditions(DraftLine(LineId("11"), 1, reason)) == asked


def test_what_is_declared_is_on_record_and_decides(desk: Desk) -> None:
    claim = submitted(desk, replace(a_line(), conditions=ASKED), now=BY_PROMISE)
    assert claim.line(1).conditions == ASKED
    assert claim.line(1).decision is DecisionState.APPROVED


def test_what_nobody_declared_is_a_persons_and_never_refused_for_that(desk: Desk) -> None:
    worded = replace(desk, refusal_words=refusal_text)
    claim = submitted(worded, replace(a_line(), conditions=ASKED[:1]), now=BY_PROMISE)
    assert (told(claim), claim.needs_person) == ({"condition_not_declared"}, True)
    assert claim.line(1).decision is DecisionState.PENDING
