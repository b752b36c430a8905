"""What becomes of goods that came back, apart from any money; what is fit for sale goes into stock again, once."""

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.events import Disposed, Restocked
from plugin.domain.claim.exchange import awaits_exchange
from plugin.domain.claim.machines.goods import Disposition, InspectionState, ReturnState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import PLATFORM, Actor

_NOT_THERE = frozenset({InspectionState.EMPTY, InspectionState.OTHER_ITEM})


def dispose(claim: Claim, no: int, to: Disposition, by: Actor, *, is_final: bool = False) -> tuple[Draft, ...]:
    """What becomes of the goods; may change until it is final."""
    return (Draft(Disposed(claim.line(no).no, to, is_final), by),)


def is_to_be_restocked(line: ClaimLine) -> bool:
    """Whether the units of a line have yet to go into stock: they are here, and it is final that they do.

    Goods that are exchanged come back with their exchange, so that they wait for it, or for another plan.
    """
    is_decided = line.is_disposition_final and line.disposition is Disposition.RESTOCK
    is_here = line.leg is ReturnState.RECEIVED and line.inspection not in _NOT_THERE
    return is_decided and is_here and line.restock is None and not awaits_exchange(line)


def restock(claim: Claim, no: int, outcome: str, by: Actor = PLATFORM) -> tuple[Draft, ...]:
    """What became of putting the goods into stock, on record once.

    `outcome`: `machines.goods.RESTOCKED`, or why it was not done.
    """
    line = claim.line(no)
    return (Draft(Restocked(no, line.quantity, outcome), by),) if is_to_be_restocked(line) else ()
