"""What a shopper's earlier orders and claims say, as marks for `abuse`."""

from collections.abc import Iterable, Iterator

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.machines.goods import InspectionState, ReturnState
from plugin.domain.claim_engine.abuse import Mark, Past
from plugin.domain.deliveries import deliveries_of
from plugin.domain.order import Order
from plugin.domain.policy.terms import Fault

_THE_SHOPPERS = frozenset({Fault.BUYER, Fault.NONE})
_FOUND = {InspectionState.EMPTY: Mark.EMPTY_BOX, InspectionState.OTHER_ITEM: Mark.OTHER_ITEM}
_CAME_BACK = frozenset({ReturnState.RECEIVED, ReturnState.DELIVERED})
_LOST = "logistics.lost"


def marks_of(order: Order, claims: Iterable[Claim]) -> Iterator[Past]:
    """The marks of one order and the claims about it; a claim for the shop's or the carrier's fault leaves none.

    Nobody placed what a claim had made.
    """
    if order.origin is None:
        yield Past(Mark.ORDER, order.placed.at)
    for claim in claims:
        if any(line.fault in _THE_SHOPPERS for line in claim.lines):
            yield Past(Mark.CLAIM, claim.opened_at)
        found = {mark for line in claim.lines for mark in _of_line(line, order)}
        yield from (Past(mark, claim.opened_at) for mark in sorted(found))


def _of_line(line: ClaimLine, order: Order) -> Iterator[Mark]:
    if line.fault in _THE_SHOPPERS and line.leg in _CAME_BACK:
        yield Mark.RETURN
    if line.inspection in _FOUND:
        yield _FOUND[line.inspection]
    if line.reason == _LOST and _is_delivered(order):
        yield Mark.NOT_ARRIVED


def _is_delivered(order: Order) -> bool:
    """By parcel: what a shop calls its order is no word of a carrier, and is held against nobody."""
    return any(map(deliveries_of, order.fulfilments))
