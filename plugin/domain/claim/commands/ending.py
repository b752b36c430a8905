"""A claim is called off, refused and appealed, runs out, is closed and opened again."""

from datetime import datetime, timedelta

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.errors import AppealOver, ClaimIsOver, StatutoryRight, TooLateToCancel
from plugin.domain.claim.events import Appealed, MessageSent, StageMoved
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import ClaimStatus, has_open_money, status_of
from plugin.domain.claim.vocabulary import CLOCK, SHOPPER, Actor, ClaimTrack

APPEAL_HOLDS = timedelta(days=30)
REOPEN_HOLDS = timedelta(days=30)
ANSWER_AWAITED = timedelta(days=14)
CLOSES_AFTER = timedelta(days=14)
_UNTOUCHED = frozenset(
    {RemedyState.NONE, RemedyState.OFFERED, RemedyState.ACCEPTED, RemedyState.WAIVED, RemedyState.FAILED}
)


def can_cancel(claim: Claim) -> bool:
    """While no goods were received and no money was granted that still counts."""
    is_open = claim.stage in {Stage.OPEN, Stage.NEEDS_INFO}
    arrived = any(line.leg in {ReturnState.DELIVERED, ReturnState.RECEIVED} for line in claim.lines)
    done = any(line.remedy not in _UNTOUCHED for line in claim.lines)
    return is_open and not arrived and not done and not has_open_money(claim)


def cancel(claim: Claim, by: Actor = SHOPPER) -> tuple[Draft, ...]:
    """The shopper calls it off. Raises `TooLateToCancel`."""
    if not can_cancel(claim):
        raise TooLateToCancel({"status": status_of(claim)})
    return (Draft(StageMoved(Stage.CANCELLED, "called_off"), by),)


def can_appeal(claim: Claim, no: int, refused_at: datetime, now: datetime) -> bool:
    """Within 30 days of the refusal, and once: a second refusal came from another person already."""
    line = claim.line(no)
    in_time = now < refused_at + APPEAL_HOLDS
    return line.decision is DecisionState.REJECTED and not line.is_appealed and in_time


def appeal(claim: Claim, no: int, words: str, refused_at: datetime, now: datetime) -> tuple[Draft, ...]:
    """Another person looks; what the shopper adds goes with it. Raises `AppealOver`."""
    if not can_appeal(claim, no, refused_at, now):
        raise AppealOver({"line": no})
    said = (Draft(MessageSent(claim.language, no), SHOPPER, words.strip()),) if words.strip() else ()
    again = (Draft(StageMoved(Stage.OPEN, "appealed"), SHOPPER),) if claim.stage is Stage.CLOSED else ()
    return (*again, Draft(Appealed(no), SHOPPER), *said)


def expire(claim: Claim, now: datetime) -> tuple[Draft, ...]:
    """No answer came for 14 days; it can be reopened for 30. Raises `StatutoryRight`: a right waits longer than that.

    Nothing before its time.
    """
    if claim.track is ClaimTrack.WITHDRAWAL or any(line.is_statutory for line in claim.lines):
        raise StatutoryRight({"claim": claim.number})
    waiting = claim.stage is Stage.NEEDS_INFO and claim.stage_at is not None
    if not waiting or claim.stage_at is None or now < claim.stage_at + ANSWER_AWAITED:
        return ()
    return (Draft(StageMoved(Stage.EXPIRED, "no_answer"), CLOCK),)


def close(claim: Claim, now: datetime) -> tuple[Draft, ...]:
    """Settled or refused for 14 days without an open message; nothing before that."""
    is_done = status_of(claim) in {ClaimStatus.RESOLVED, ClaimStatus.REJECTED}
    if not is_done or claim.waits_for_answer or now < claim.changed_at + CLOSES_AFTER:
        return ()
    return (Draft(StageMoved(Stage.CLOSED, "settled"), CLOCK),)


def reopen(claim: Claim, because: str, by: Actor) -> tuple[Draft, ...]:
    """Something was not settled after all. Raises `ClaimIsOver` for what was called off."""
    if claim.stage not in {Stage.CLOSED, Stage.EXPIRED}:
        raise ClaimIsOver({"status": status_of(claim)})
    return (Draft(StageMoved(Stage.OPEN, because), by),)
