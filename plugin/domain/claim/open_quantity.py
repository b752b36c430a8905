"""How many units of an order line can still be claimed. Nothing is claimed twice, and nothing is lost to a refusal."""

from collections.abc import Iterable

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.errors import TooManyUnits
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.ids import LineId
from plugin.domain.order import OrderLine


def open_quantity(line: OrderLine, claims: Iterable[Claim], settled_units: int) -> int:
    """Units of the line that no claim holds and that the shopper still has; never below nothing.

    `settled_units`: how many of the units the platform counts as taken off (`line.removed`) our own refunds took off,
    so that a claim and the platform's word of it do not count twice.
    """
    return max(_left(line, claims, settled_units), 0)


def check_held(before: Claim, after: Claim, line: OrderLine, others: Iterable[Claim], settled_units: int) -> None:
    """Whether a claim may hold what it holds now: a refusal appealed, or a claim reopened, may find its units gone.

    Only what holds more than before is judged, so that nothing else is held up. Raises `TooManyUnits`.
    """
    more = held_units(line.id, [after]) - held_units(line.id, [before])
    left = _left(line, (*others, after), settled_units)
    if more > 0 and left < 0:
        raise TooManyUnits({"field": "quantity", "line": line.id, "open": max(left + more, 0)})


def holds_more(before: Claim, after: Claim) -> bool:
    """Whether any order line has more units held by the claim than before."""
    lines = {line.order_line for line in after.lines}
    return any(held_units(line, [after]) > held_units(line, [before]) for line in lines)


def _left(line: OrderLine, claims: Iterable[Claim], settled_units: int) -> int:
    beyond_ours = max(line.removed - settled_units, 0)
    return line.quantity - beyond_ours - held_units(line.id, claims)


def held_units(line: LineId, claims: Iterable[Claim]) -> int:
    """Units of the line that claims hold or have used up."""
    return sum(
        part.quantity for claim in claims for part in claim.lines if part.order_line == line and _holds(claim, part)
    )


def _holds(claim: Claim, line: ClaimLine) -> bool:
    if line.remedy is RemedyState.SUCCEEDED:
        return line.plan is not None and line.plan.remedy.traits.gives_up_goods and line.plan.amount is None
    if status_of(claim) in OVER or line.decision is DecisionState.REJECTED:
        return False
    return line.remedy is not RemedyState.WAIVED
