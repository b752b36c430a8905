"""What of a claim belongs into a return on the shop's platform, and how far it is; the platform's return follows it.

A repair is no return: the goods stay sold and go back to the shopper. Goods that are exchanged come back in the return
that the exchange itself is (Built for Shopify 5.12), once it was made. Units can be in one return alone: a line whose
remedy becomes one of these leaves the return that was asked for before.
"""

from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.exchange import awaits_exchange
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import RESTOCKED, Disposition, InspectionState, ReturnState
from plugin.domain.claim.money import LOST
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.status import ClaimStatus, has_open_money, status_of
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.domain.returning.outcome import Outcome

_BRINGS_BACK = frozenset({Remedy.REFUND, Remedy.STORE_CREDIT, Remedy.REPLACEMENT})
_NOT_THERE = frozenset({InspectionState.EMPTY, InspectionState.OTHER_ITEM})
_CALLED_OFF = frozenset({ClaimStatus.CANCELLED, ClaimStatus.EXPIRED})


class Phase(StrEnum):
    """How far units of a claim are, for the platform; first those that are furthest."""

    HERE = "here"
    COMING = "coming"
    """They are to come back, or on their way."""
    ASKED = "asked"
    """Somebody has yet to decide."""
    GONE = "gone"
    """They stay with the shopper after all."""


@dataclass(frozen=True, slots=True)
class WantedLine:
    """Units of a claim's line in a return. `outcome` None: nobody has said for good what becomes of them."""

    no: int
    line: LineId
    quantity: int
    phase: Phase
    outcome: Outcome | None = None
    fee: Money | None = None
    is_exchange: bool = False
    """Whether they come back in the return that their exchange is."""


@dataclass(frozen=True, slots=True)
class WantedReturn:
    """What the platform's return is to say.

    `is_settled`: money and remedies are dealt with. `is_over`: the claim is closed, so that nobody is waited for who
    might yet say what becomes of the goods.
    """

    lines: tuple[WantedLine, ...]
    is_settled: bool
    is_over: bool


def wanted_return(claim: Claim) -> WantedReturn:
    """Every line that belongs into a return now, or did before; those that are furthest first."""
    lines = [wanted for line in claim.lines if (wanted := _wanted(claim, line)) is not None]
    is_settled = all(line.is_final for line in claim.lines) and not has_open_money(claim)
    is_over = status_of(claim) is ClaimStatus.CLOSED
    order = list(Phase)
    return WantedReturn(tuple(sorted(lines, key=lambda each: (order.index(each.phase), each.no))), is_settled, is_over)


def outcome_of(line: ClaimLine) -> Outcome | None:
    """What became of goods that came, once it is final; what was not in the parcel is missing, whatever was planned.

    What the platform would not put into stock is left to a person, who counts it by hand.
    """
    if line.inspection in _NOT_THERE:
        return Outcome.MISSING
    if not line.is_disposition_final or line.disposition is Disposition.UNDECIDED:
        return None
    is_by_hand = line.restock not in {None, RESTOCKED}
    return Outcome.RESTOCKED if line.disposition is Disposition.RESTOCK and not is_by_hand else Outcome.NOT_RESTOCKED


def _wanted(claim: Claim, line: ClaimLine) -> WantedLine | None:
    plan = line.plan or usual_plan(line.wanted, line.judged)
    is_made = plan.remedy is Remedy.EXCHANGE and line.remedy is RemedyState.SUCCEEDED
    is_in_one = is_made or plan.remedy in _BRINGS_BACK
    phase = _phase(claim, line) if is_in_one else _left(claim, line)
    if phase is None:
        return None
    outcome = outcome_of(line) if phase is Phase.HERE and not awaits_exchange(line) else None
    return WantedLine(line.no, line.order_line, line.quantity, phase, outcome, plan.fee, is_made)


def _left(claim: Claim, line: ClaimLine) -> Phase | None:
    """How far units are whose remedy is not one of a return any more; an offer of it changes nothing yet."""
    if line.wanted not in _BRINGS_BACK:
        return None
    if line.remedy is RemedyState.OFFERED:
        return _phase(claim, line)
    is_free = awaits_exchange(line) or line.leg is not ReturnState.RECEIVED
    return Phase.GONE if is_free and line.reason != LOST else None


def _phase(claim: Claim, line: ClaimLine) -> Phase | None:
    """None: it was never about goods that come back."""
    if line.reason == LOST:
        return None
    if line.leg is ReturnState.RECEIVED:
        return Phase.HERE
    is_off = status_of(claim) in _CALLED_OFF or line.remedy is RemedyState.WAIVED
    if is_off or line.decision is DecisionState.REJECTED:
        return Phase.GONE
    if line.decision is DecisionState.PENDING:
        return Phase.ASKED
    if line.leg is not ReturnState.NOT_REQUIRED:
        return Phase.COMING
    is_agreed = line.plan is not None and line.remedy is not RemedyState.OFFERED
    return Phase.GONE if is_agreed and line.plan and not line.plan.needs_goods else None
