"""A line is approved, refused, or decided anew. The engine refuses only what the law does not give."""

from collections.abc import Sequence

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.errors import (
    AnotherAgentNeeded,
    ClaimIsOver,
    ClauseNeeded,
    StatutoryRight,
    TooManyUnits,
    WordsNeeded,
)
from plugin.domain.claim.events import Decided, Event, Examined, LineSplit, Proposed, RemedyMoved, ReturnMoved
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import ENGINE, Actor, ActorKind, ClaimTrack, Refusal, RemedyPlan

Findings = tuple[tuple[str, str, str], ...]


def examine(findings: Findings, *, needs_person: bool) -> tuple[Draft, ...]:
    """What the checks found, on record whatever follows from it."""
    return (Draft(Examined(needs_person, findings), ENGINE),)


def approve(
    claim: Claim, no: int, quantity: int, plan: RemedyPlan, by: Actor, *, needs_second: bool = False
) -> tuple[Draft, ...]:
    """Units of a line are approved with this plan; fewer than all of them go on as a line of their own.

    The remedy the shopper asked for is agreed by that; any other is an offer, which they may take or leave.
    `needs_second`: the amount is above what one agent decides, so the first proposes and another one agrees.
    Raises `AnotherAgentNeeded`, `ClaimIsOver`, `TooManyUnits`.
    """
    line = _undecided(claim, no, by)
    parted, no = _part(claim, line, quantity)
    if needs_second and (line.proposed is None or line.proposed.plan != plan):
        return (*parted, Draft(Proposed(no, plan, by.id or by.kind), by))
    if needs_second and line.proposed is not None and line.proposed.by == by.id:
        raise AnotherAgentNeeded({"line": no})
    is_as_asked = plan.remedy is line.wanted
    to = DecisionState.APPROVED if is_as_asked else DecisionState.OTHER_REMEDY
    return (*parted, Draft(Decided(no, to, plan), by), *_follow(no, plan, by, is_agreed=is_as_asked))


def reject(claim: Claim, no: int, quantity: int, refusal: Refusal, words: str, by: Actor) -> tuple[Draft, ...]:
    """Units of a line are refused, with code, clause and text; never final, because the shopper may appeal.

    Raises `StatutoryRight` for a withdrawal and for an engine that would refuse what the law gives, `ClauseNeeded`,
    `WordsNeeded`, `AnotherAgentNeeded`, `ClaimIsOver`, `TooManyUnits`.
    """
    line = _undecided(claim, no, by)
    if claim.track is ClaimTrack.WITHDRAWAL or (line.is_statutory and by.kind is not ActorKind.AGENT):
        raise StatutoryRight({"line": no})
    if not (refusal.code.strip() and refusal.basis.id.strip() and refusal.basis.citation.strip()):
        raise ClauseNeeded({"field": "clause"})
    if not words.strip():
        raise WordsNeeded({"field": "words"})
    parted, no = _part(claim, line, quantity)
    return (*parted, Draft(Decided(no, DecisionState.REJECTED, refusal=refusal), by, words.strip()))


def undo_decision(claim: Claim, no: int, by: Actor) -> tuple[Draft, ...]:
    """A decision is taken back while nothing has followed from it. Raises `ClaimIsOver`, `NoSuchMove` after that."""
    line = claim.line(no)
    if status_of(claim) in OVER or claim.track is ClaimTrack.WITHDRAWAL:
        raise ClaimIsOver({"status": status_of(claim)})
    untouched = {RemedyState.NONE, RemedyState.OFFERED, RemedyState.ACCEPTED}
    still_here = {ReturnState.NOT_REQUIRED, ReturnState.AWAITED}
    if line.is_approved and (line.remedy not in untouched or line.leg not in still_here):
        raise ClaimIsOver({"line": no, "remedy": line.remedy})
    back: tuple[Event, ...] = (Decided(no, DecisionState.PENDING),)
    if line.leg is ReturnState.AWAITED:
        back = (ReturnMoved(no, ReturnState.NOT_REQUIRED), *back)
    return tuple(Draft(event, by) for event in back)


def _undecided(claim: Claim, no: int, by: Actor) -> ClaimLine:
    line = claim.line(no)
    if status_of(claim) in OVER:
        raise ClaimIsOver({"status": status_of(claim)})
    if line.is_appealed and line.decision is DecisionState.PENDING and line.decided_by == by.id:
        raise AnotherAgentNeeded({"line": no})
    return line


def _part(claim: Claim, line: ClaimLine, quantity: int) -> tuple[Sequence[Draft], int]:
    """The split that gives these units a fate of their own, and the number they go by."""
    if not 1 <= quantity <= line.quantity:
        raise TooManyUnits({"field": "quantity", "line": line.no, "open": line.quantity})
    if quantity == line.quantity:
        return (), line.no
    into = next_line(claim)
    return (Draft(LineSplit(line.no, into, quantity), ENGINE),), into


def next_line(claim: Claim) -> int:
    """The number of a line that is not there yet."""
    return max(line.no for line in claim.lines) + 1


def _follow(no: int, plan: RemedyPlan, by: Actor, *, is_agreed: bool) -> tuple[Draft, ...]:
    if not is_agreed:
        return (Draft(RemedyMoved(no, RemedyState.OFFERED, plan), by),)
    return agreed(no, plan, by)


def agreed(no: int, plan: RemedyPlan, by: Actor) -> tuple[Draft, ...]:
    """What follows when a plan is agreed on: the goods are awaited where it needs them."""
    awaited = (Draft(ReturnMoved(no, ReturnState.AWAITED), by),) if plan.needs_goods else ()
    return (Draft(RemedyMoved(no, RemedyState.ACCEPTED, plan), by), *awaited)
