"""What people say to each other, whose turn it is, and who looks after the claim."""

from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.errors import ClaimIsOver, StatutoryRight, WordsNeeded
from plugin.domain.claim.events import (
    Assigned,
    EvidenceAdded,
    MailQueued,
    MessageSent,
    NoteAdded,
    StageMoved,
    TierSet,
    TimerBreached,
    TimerEscalated,
    TimerMet,
    TimerPaused,
    TimerResumed,
    TimerStarted,
)
from plugin.domain.claim.machines.conversation import Stage, TimerState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import CLOCK, ENGINE, SHOPPER, Actor, ClaimTrack, Tier
from plugin.domain.ids import EvidenceId


def write(
    claim: Claim, words: str, by: Actor, line: int | None = None, template: str | None = None
) -> tuple[Draft, ...]:
    """A message to the other side; possible at any time. Raises `WordsNeeded`."""
    return (Draft(MessageSent(claim.language, line, template), by, _said(words)),)


def note(words: str, by: Actor) -> tuple[Draft, ...]:
    """A note among agents. Raises `WordsNeeded`."""
    return (Draft(NoteAdded(), by, _said(words)),)


def ask(claim: Claim, question: str, by: Actor, left_seconds: int | None = None) -> tuple[Draft, ...]:
    """The shopper is asked something, and the shop's time rests. A withdrawal is never held up by a question.

    `left_seconds`: business time that was left. Raises `StatutoryRight`, `WordsNeeded`, and `NoSuchMove` when it is
    their turn already.
    """
    if claim.track is ClaimTrack.WITHDRAWAL:
        raise StatutoryRight({"what": "question"})
    asked = (Draft(StageMoved(Stage.NEEDS_INFO, "asked"), by), *write(claim, question, by))
    if claim.timer.state is TimerState.RUNNING and left_seconds is not None:
        return (*asked, Draft(TimerPaused(left_seconds), ENGINE))
    return asked


def answer(claim: Claim, words: str, due_at: datetime | None = None) -> tuple[Draft, ...]:
    """The shopper answers; where they had been asked it is the shop's turn again, with the time that was left."""
    said = write(claim, words, SHOPPER)
    if claim.stage is not Stage.NEEDS_INFO:
        return said
    moved = (*said, Draft(StageMoved(Stage.OPEN, "answered"), SHOPPER))
    if claim.timer.state is TimerState.PAUSED and due_at is not None:
        return (*moved, Draft(TimerResumed(due_at), ENGINE))
    return moved


def add_evidence(claim: Claim, evidence: EvidenceId, by: Actor, line: int | None = None) -> tuple[Draft, ...]:
    """A file more. One that is there already changes nothing."""
    return () if evidence in claim.evidence else (Draft(EvidenceAdded(evidence, line), by),)


def assign(claim: Claim, agent: str | None, by: Actor) -> tuple[Draft, ...]:
    """Whose case it is; nothing is recorded when it is theirs already."""
    return () if claim.assignee == agent else (Draft(Assigned(agent), by),)


def raise_tier(claim: Claim, tier: Tier, because: str, by: Actor) -> tuple[Draft, ...]:
    """How urgent it is; nothing is recorded when it is that already. Raises `ClaimIsOver`."""
    if status_of(claim) in OVER:
        raise ClaimIsOver({"status": status_of(claim)})
    return () if claim.tier is tier else (Draft(TierSet(tier, because), by),)


def mailed(kind: str, mail: str, language: str) -> tuple[Draft, ...]:
    """A letter left for the shopper."""
    return (Draft(MailQueued(kind, mail, language), ENGINE),)


def start_timer(target: str, due_at: datetime, tells_at: datetime | None = None) -> tuple[Draft, ...]:
    """The shop's time for `target` begins; one that runs already is replaced."""
    return (Draft(TimerStarted(target, due_at, tells_at), ENGINE),)


def is_to_be_told(claim: Claim, now: datetime) -> bool:
    """Whether the staff have to hear of the time of a claim by now; of one begun without a plan, when it is over."""
    timer = claim.timer
    if timer.state not in {TimerState.RUNNING, TimerState.BREACHED} or timer.due_at is None:
        return False
    at = timer.tells_at or (None if timer.told else timer.due_at)
    return at is not None and at <= now


def escalate(told: int, audience: str, tells_at: datetime | None) -> tuple[Draft, ...]:
    """The staff were told of `told` steps by now; the next is reached at `tells_at`."""
    return (Draft(TimerEscalated(told, audience, tells_at), CLOCK),)


def met(claim: Claim) -> tuple[Draft, ...]:
    """The shop answered; nothing where no time runs."""
    running = {TimerState.RUNNING, TimerState.PAUSED, TimerState.BREACHED}
    return (Draft(TimerMet(), ENGINE),) if claim.timer.state in running else ()


def breach(claim: Claim, now: datetime) -> tuple[Draft, ...]:
    """The time is over: somebody is told. Nothing while it is not, or when it was told already."""
    timer = claim.timer
    if timer.state is not TimerState.RUNNING or timer.due_at is None or now < timer.due_at:
        return ()
    return (Draft(TimerBreached(timer.escalation + 1), CLOCK),)


def _said(words: str) -> str:
    if not words.strip():
        raise WordsNeeded({"field": "words"})
    return words.strip()
