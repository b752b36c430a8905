"""What each event changes of the claim as a whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from plugin.domain.claim.claim import Claim, ClaimRefund, Timer
from plugin.domain.claim.events import (
    Appealed,
    Assigned,
    ContactProven,
    Decided,
    Event,
    EvidenceAdded,
    Examined,
    GoodwillGranted,
    GoodwillMoved,
    MessageSent,
    NoteStruck,
    ReceiptTakenBack,
    RefundMoved,
    RefundPlanned,
    Restocked,
    ShippingStopped,
    StageMoved,
    SurveyAnswered,
    SurveyAsked,
    SurveyPlanned,
    TierSet,
    TimerBreached,
    TimerEscalated,
    TimerMet,
    TimerPaused,
    TimerResumed,
    TimerStarted,
    WithdrawalMoved,
)
from plugin.domain.claim.goodwill import Goodwill, begins_as
from plugin.domain.claim.machines.conversation import STAGE, TIMER, Stage, TimerState
from plugin.domain.claim.machines.decision import REMEDY, RemedyState
from plugin.domain.claim.machines.goods import PROOF_OF_DISPATCH, RESTOCKED, SHIPPING_STOPPED
from plugin.domain.claim.machines.goodwill import GOODWILL
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.machines.withdrawal import WITHDRAWAL, WithdrawalState
from plugin.domain.claim.record import Entry
from plugin.domain.claim.vocabulary import ActorKind
from plugin.domain.refund.intent import STOPPED, RefundState

_REMEDY_OF = {
    RefundState.INTENT: RemedyState.EXECUTING,
    RefundState.SENT: RemedyState.EXECUTING,
    RefundState.NEEDS_SHOPPER_DATA: RemedyState.EXECUTING,
    RefundState.FAILED: RemedyState.FAILED,
    RefundState.SETTLED: RemedyState.SUCCEEDED,
}
"""How far a remedy is whose money is this far."""


def _proven(claim: Claim, _event: ContactProven, _entry: Entry) -> Claim:
    return replace(claim, is_proven=True)


def _examined(claim: Claim, event: Examined, _entry: Entry) -> Claim:
    return replace(claim, is_examined=True, needs_person=event.needs_person, findings=event.findings)


def _tier(claim: Claim, event: TierSet, _entry: Entry) -> Claim:
    return replace(claim, tier=event.tier)


def _assigned(claim: Claim, event: Assigned, _entry: Entry) -> Claim:
    return replace(claim, assignee=event.agent)


def _stage(claim: Claim, event: StageMoved, entry: Entry) -> Claim:
    is_reopened = claim.stage in {Stage.CLOSED, Stage.EXPIRED} and event.to is Stage.OPEN
    return replace(
        claim,
        stage=STAGE.step(claim.stage, event.to),
        stage_at=entry.at,
        reopenings=claim.reopenings + is_reopened,
        needs_person=claim.needs_person or is_reopened,
    )


def _message(claim: Claim, _event: MessageSent, entry: Entry) -> Claim:
    return replace(claim, waits_for_answer=entry.actor.kind is ActorKind.SHOPPER)


def _decided(claim: Claim, _event: Decided, _entry: Entry) -> Claim:
    """What the shopper wrote with their claim is answered by its decision."""
    return replace(claim, waits_for_answer=False)


def _evidence(claim: Claim, event: EvidenceAdded, _entry: Entry) -> Claim:
    return replace(claim, evidence=(*claim.evidence, event.evidence))


def _appealed(claim: Claim, _event: Appealed, _entry: Entry) -> Claim:
    return replace(claim, appeals=claim.appeals + 1, needs_person=True, assignee=None)


def _withdrawal(claim: Claim, event: WithdrawalMoved, _entry: Entry) -> Claim:
    if claim.withdrawal is None:
        raise NoSuchMove(WITHDRAWAL.name, "none", event.to.value)
    return replace(claim, withdrawal=WITHDRAWAL.step(claim.withdrawal, event.to))


def _shipping(claim: Claim, event: ShippingStopped, _entry: Entry) -> Claim:
    needs_person = claim.needs_person or event.outcome != SHIPPING_STOPPED
    return replace(claim, is_shipping_stopped=True, needs_person=needs_person)


def _restocked(claim: Claim, event: Restocked, _entry: Entry) -> Claim:
    return replace(claim, needs_person=claim.needs_person or event.outcome != RESTOCKED)


def _goodwill(claim: Claim, event: GoodwillGranted, entry: Entry) -> Claim:
    given = Goodwill(
        len(claim.goodwill) + 1,
        *(event.kind, event.amount, event.detail, entry.actor.id, entry.at, event.refund),
        begins_as(event.kind, event.detail),
    )
    return replace(claim, goodwill=(*claim.goodwill, given))


def _goodwill_moved(claim: Claim, event: GoodwillMoved, _entry: Entry) -> Claim:
    was = claim.goodwill_of(event.no)
    now = replace(was, state=GOODWILL.step(was.state, event.to), detail=event.detail or was.detail)
    return replace(claim, goodwill=tuple(now if each.no == was.no else each for each in claim.goodwill))


def _note_struck(claim: Claim, event: NoteStruck, _entry: Entry) -> Claim:
    return replace(claim, struck_notes=claim.struck_notes | {event.of})


def _receipt_back(claim: Claim, event: ReceiptTakenBack, _entry: Entry) -> Claim:
    """A withdrawal whose money nothing else has freed waits for the goods again."""
    if claim.withdrawal is not WithdrawalState.REFUND_DUE or event.to in PROOF_OF_DISPATCH:
        return claim
    return replace(claim, withdrawal=WITHDRAWAL.step(claim.withdrawal, WithdrawalState.AWAITING_GOODS))


def _timer_started(claim: Claim, event: TimerStarted, _entry: Entry) -> Claim:
    state = TIMER.step(claim.timer.state, TimerState.RUNNING)
    return replace(claim, timer=Timer(state, event.target, event.due_at, tells_at=event.tells_at))


def _timer_paused(claim: Claim, event: TimerPaused, _entry: Entry) -> Claim:
    state = TIMER.step(claim.timer.state, TimerState.PAUSED)
    timer = replace(claim.timer, state=state, due_at=None, left_seconds=event.left_seconds, tells_at=None)
    return replace(claim, timer=timer)


def _timer_resumed(claim: Claim, event: TimerResumed, _entry: Entry) -> Claim:
    state = TIMER.step(claim.timer.state, TimerState.RUNNING)
    timer = replace(claim.timer, state=state, due_at=event.due_at, left_seconds=None, tells_at=event.tells_at)
    return replace(claim, timer=timer)


def _timer_met(claim: Claim, _event: TimerMet, _entry: Entry) -> Claim:
    state = TIMER.step(claim.timer.state, TimerState.MET)
    timer = replace(claim.timer, state=state, due_at=None, left_seconds=None, tells_at=None)
    return replace(claim, timer=timer)


def _timer_breached(claim: Claim, event: TimerBreached, _entry: Entry) -> Claim:
    state = TIMER.step(claim.timer.state, TimerState.BREACHED)
    return replace(claim, timer=replace(claim.timer, state=state, escalation=event.escalation))


def _timer_escalated(claim: Claim, event: TimerEscalated, _entry: Entry) -> Claim:
    return replace(claim, timer=replace(claim.timer, told=event.told, tells_at=event.tells_at))


def _refund_planned(claim: Claim, event: RefundPlanned, _entry: Entry) -> Claim:
    """The remedy of each line it pays back is being carried out."""
    row = ClaimRefund(event.refund, event.lines, event.total, due_at=event.due_at)
    return _carried(replace(claim, refunds=(*claim.refunds, row)), event.lines, RemedyState.EXECUTING)


def _refund_moved(claim: Claim, event: RefundMoved, entry: Entry) -> Claim:
    """A report that repeats what is known changes nothing; the refund's own machine has judged the move already."""
    row = claim.refund(event.refund)
    settled_at = (row.settled_at or entry.at) if event.to is RefundState.SETTLED else None
    changed = claim.with_refund(replace(row, state=event.to, detail=event.detail, settled_at=settled_at))
    changed = replace(changed, needs_person=claim.needs_person or event.detail == STOPPED)
    return _carried(changed, row.lines, _REMEDY_OF[event.to])


def _carried(claim: Claim, lines: tuple[int, ...], to: RemedyState) -> Claim:
    """What happened to money is a fact: a line that has gone another way since keeps its way, and the news is kept."""
    for no in lines:
        line = claim.line(no)
        if REMEDY.allows(line.remedy, to):
            claim = claim.with_line(replace(line, remedy=to))
    return claim


def _survey_planned(claim: Claim, event: SurveyPlanned, _entry: Entry) -> Claim:
    return replace(claim, survey=replace(claim.survey, due_at=event.due_at))


def _survey_asked(claim: Claim, event: SurveyAsked, entry: Entry) -> Claim:
    return replace(claim, survey=replace(claim.survey, asked_at=entry.at, address=event.address))


def _survey_answered(claim: Claim, event: SurveyAnswered, _entry: Entry) -> Claim:
    """What is not solved waits for the shop, as a message does."""
    waits = claim.waits_for_answer or event.answer is not SurveyAnswer.YES
    return replace(claim, survey=replace(claim.survey, answer=event.answer), waits_for_answer=waits)


ON_CLAIM: dict[type[Event], Callable[[Claim, Any, Entry], Claim]] = {
    ContactProven: _proven,
    Examined: _examined,
    TierSet: _tier,
    Assigned: _assigned,
    StageMoved: _stage,
    MessageSent: _message,
    Decided: _decided,
    EvidenceAdded: _evidence,
    Appealed: _appealed,
    WithdrawalMoved: _withdrawal,
    ShippingStopped: _shipping,
    Restocked: _restocked,
    GoodwillGranted: _goodwill,
    GoodwillMoved: _goodwill_moved,
    NoteStruck: _note_struck,
    ReceiptTakenBack: _receipt_back,
    TimerStarted: _timer_started,
    TimerPaused: _timer_paused,
    TimerResumed: _timer_resumed,
    TimerMet: _timer_met,
    TimerBreached: _timer_breached,
    TimerEscalated: _timer_escalated,
    SurveyPlanned: _survey_planned,
    SurveyAsked: _survey_asked,
    SurveyAnswered: _survey_answered,
    RefundPlanned: _refund_planned,
    RefundMoved: _refund_moved,
}
"""Events that are not listed change nothing but the record."""
