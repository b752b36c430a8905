"""Goods come back: by label or by their own way, received, and looked at."""

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.deciding import next_line
from plugin.domain.claim.errors import TooManyUnits
from plugin.domain.claim.events import Inspected, LineSplit, ReturnMoved, WithdrawalMoved
from plugin.domain.claim.machines.goods import PROOF_OF_DISPATCH, InspectionState, ReturnState
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE, Actor
from plugin.domain.money import Money


def move_return(claim: Claim, no: int, to: ReturnState, by: Actor, detail: str | None = None) -> tuple[Draft, ...]:
    """The goods of a line move on their way back. `detail`: a label's id, a tracking number, or a code.

    A carrier's word that repeats what is known changes nothing. The proof that they were sent ends the wait for a
    withdrawal's money (Directive 2011/83/EU art. 13(3)).
    """
    line = claim.line(no)
    if line.leg is to and to is not ReturnState.LABEL_ISSUED:
        return ()
    return (Draft(ReturnMoved(no, to, detail), by), *_frees_money(claim, no, to))


def receive(claim: Claim, no: int, quantity: int, by: Actor) -> tuple[Draft, ...]:
    """So many units arrived; those that did not go on waiting as a line of their own. Raises `TooManyUnits`."""
    line = claim.line(no)
    if not 1 <= quantity <= line.quantity:
        raise TooManyUnits({"field": "quantity", "line": no, "open": line.quantity})
    missing = line.quantity - quantity
    parted = (Draft(LineSplit(no, next_line(claim), missing), ENGINE),) if missing else ()
    moved = ReturnMoved(no, ReturnState.RECEIVED, quantity=quantity)
    waits = missing and line.leg not in PROOF_OF_DISPATCH
    return (*parted, Draft(moved, by), *(() if waits else _frees_money(claim, no, ReturnState.RECEIVED)))


def inspect(
    claim: Claim, no: int, found: InspectionState, by: Actor, grade: str | None = None, diminished: Money | None = None
) -> tuple[Draft, ...]:
    """Somebody looked at the goods; `diminished`: what they are worth less, never more than was paid for them.

    A second look is recorded like the first. Raises `TooManyUnits`, and `NoSuchMove` for having seen nothing.
    """
    line = claim.line(no)
    if found is InspectionState.NOT_LOOKED_AT:
        raise NoSuchMove("inspection", line.inspection, found)
    if diminished is not None and not Money.zero(diminished.currency) <= diminished <= line.judged.price:
        raise TooManyUnits({"field": "diminished", "line": no, "open": line.judged.price.minor})
    return (Draft(Inspected(no, found, grade, diminished), by),)


def _frees_money(claim: Claim, no: int, to: ReturnState) -> tuple[Draft, ...]:
    """A withdrawal's money is due once every line of it is back or proven to be on its way."""
    if claim.withdrawal is not WithdrawalState.AWAITING_GOODS or to not in PROOF_OF_DISPATCH:
        return ()
    others = [line for line in claim.lines if line.no != no and line.is_approved]
    free = PROOF_OF_DISPATCH | {ReturnState.NOT_REQUIRED}
    if any(line.leg not in free for line in others):
        return ()
    return (Draft(WithdrawalMoved(WithdrawalState.REFUND_DUE, to.value), ENGINE),)
