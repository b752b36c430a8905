"""What earlier orders and claims leave on a shopper's record, and what leaves nothing."""

from dataclasses import replace

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.goods import InspectionState, ReturnState
from plugin.domain.claim_engine.abuse import Mark, Past
from plugin.domain.claim_engine.past import marks_of
from plugin.domain.order import Order
from plugin.domain.origin import MadeAs, Origin
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Fault
from plugin.domain.remedy import Remedy
from tests.build import NOW, PLACED, a_fulfilment, an_event
from tests.support.claims import Shop, an_order_of, opened_line

ORDER = an_order_of(2)
REACHED = replace(ORDER, fulfilments=(a_fulfilment("f0"), a_fulfilment("f1", events=(an_event(),))))


def a_claim(**facts: object) -> Claim:
    """For a second thought, about one line, of which a test says more."""
    shop = Shop(ORDER)
    claim = shop.open(opened_line(ORDER, 1, Ground.SHOP_RETURN, 1, Remedy.REFUND)).claim
    return replace(claim, lines=(replace(claim.lines[0], **facts),))  # type: ignore[arg-type]  # fields of the line


def left_by(order: Order, *claims: Claim) -> list[Mark]:
    return [past.mark for past in marks_of(order, claims)]


def test_an_order_and_a_second_thought_are_marked_when_they_were() -> None:
    assert list(marks_of(ORDER, [a_claim()])) == [Past(Mark.ORDER, PLACED), Past(Mark.CLAIM, NOW)]


def test_an_order_that_a_claim_had_made_was_placed_by_nobody() -> None:
    made = replace(ORDER, origin=Origin("1001", MadeAs.REPLACEMENT))
    assert left_by(made, a_claim()) == [Mark.CLAIM]


@pytest.mark.parametrize("fault", [Fault.SELLER, Fault.CARRIER])
def test_what_was_the_shops_or_the_carriers_fault_is_no_claim_against_the_shopper(fault: Fault) -> None:
    assert left_by(ORDER, a_claim(fault=fault, leg=ReturnState.RECEIVED)) == [Mark.ORDER]


@pytest.mark.parametrize(
    ("order", "facts", "mark"),
    [
        (ORDER, {"leg": ReturnState.RECEIVED}, Mark.RETURN),
        (ORDER, {"leg": ReturnState.DELIVERED}, Mark.RETURN),
        (ORDER, {"fault": Fault.NONE, "leg": ReturnState.RECEIVED}, Mark.RETURN),
        (ORDER, {"inspection": InspectionState.EMPTY}, Mark.EMPTY_BOX),
        (ORDER, {"inspection": InspectionState.OTHER_ITEM}, Mark.OTHER_ITEM),
        (REACHED, {"reason": "logistics.lost"}, Mark.NOT_ARRIVED),
    ],
)
def test_what_became_of_the_goods_is_marked_once_with_the_claim(
    order: Order, facts: dict[str, object], mark: Mark
) -> None:
    claim = a_claim(**facts)
    twice = replace(claim, lines=claim.lines * 2)
    assert list(marks_of(order, [twice])) == [Past(Mark.ORDER, PLACED), Past(Mark.CLAIM, NOW), Past(mark, NOW)]


@pytest.mark.parametrize(
    ("order", "facts"),
    [
        (ORDER, {"leg": ReturnState.AWAITED}),
        (ORDER, {"inspection": InspectionState.AS_SENT}),
        (ORDER, {"reason": "logistics.lost"}),
        (REACHED, {"reason": "logistics.damaged_in_transit"}),
    ],
)
def test_what_may_still_be_as_it_should_leaves_no_mark(order: Order, facts: dict[str, object]) -> None:
    assert left_by(order, a_claim(**facts)) == [Mark.ORDER, Mark.CLAIM]
