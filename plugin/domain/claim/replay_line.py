"""What each event changes of one line."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim.events import (
    Appealed,
    ChoiceShown,
    Decided,
    Disposed,
    Event,
    GuaranteeExtended,
    Inspected,
    LineJudged,
    PartMoved,
    Proposed,
    ReceiptTakenBack,
    RemedyMoved,
    RepairMoved,
    Restocked,
    ReturnMoved,
    SendingTold,
)
from plugin.domain.claim.machines.decision import DECISION, REMEDY, DecisionState, RemedyState
from plugin.domain.claim.machines.goods import (
    INSPECTION,
    PART,
    PROOF_OF_DISPATCH,
    REPAIR,
    RETURN_LEG,
    Disposition,
    ReturnState,
)
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.record import Entry


def _judged(line: ClaimLine, event: LineJudged, _entry: Entry) -> ClaimLine:
    return replace(line, judged=event.judged)


def _proposed(line: ClaimLine, event: Proposed, _entry: Entry) -> ClaimLine:
    return replace(line, proposed=event)


def _decided(line: ClaimLine, event: Decided, entry: Entry) -> ClaimLine:
    """Back to pending (a decision undone, an appeal) the plan is open again."""
    remedy = RemedyState.NONE if event.to is DecisionState.PENDING else line.remedy
    is_granted = event.to in {DecisionState.APPROVED, DecisionState.OTHER_REMEDY}
    return replace(
        line,
        decision=DECISION.step(line.decision, event.to),
        approved_at=entry.at if is_granted else None,
        refusal=event.refusal,
        decided_by=entry.actor.id or entry.actor.kind.value,
        proposed=None,
        plan=event.plan,
        remedy=remedy,
        remedy_detail=None,
    )


def _appealed(line: ClaimLine, _event: Appealed, _entry: Entry) -> ClaimLine:
    """The refusal stays known until somebody else has decided."""
    return replace(line, decision=DECISION.step(line.decision, DecisionState.PENDING), is_appealed=True)


def _choice_shown(line: ClaimLine, _event: ChoiceShown, _entry: Entry) -> ClaimLine:
    return replace(line, was_choice_shown=True)


def _remedy(line: ClaimLine, event: RemedyMoved, entry: Entry) -> ClaimLine:
    plan = event.plan or line.plan
    to = REMEDY.step(line.remedy, event.to)
    return replace(
        line, remedy=to, plan=plan, remedy_detail=event.detail, remedy_at=entry.at, difference=event.difference
    )


def _returned(line: ClaimLine, event: ReturnMoved, entry: Entry) -> ClaimLine:
    is_sent = event.to in PROOF_OF_DISPATCH
    return replace(
        line,
        leg=RETURN_LEG.step(line.leg, event.to),
        leg_detail=event.detail or line.leg_detail,
        received=event.quantity or line.received,
        sent_at=line.sent_at or (entry.at if is_sent else None),
        received_at=entry.at if event.to is ReturnState.RECEIVED else line.received_at,
        leg_before=line.leg if event.to is ReturnState.RECEIVED else line.leg_before,
    )


def _receipt_back(line: ClaimLine, event: ReceiptTakenBack, _entry: Entry) -> ClaimLine:
    """When they were sent is what was known before, and told again where it was not."""
    if line.leg is not ReturnState.RECEIVED or event.to is not line.leg_before:
        raise NoSuchMove(RETURN_LEG.name, line.leg.value, event.to.value)
    sent_at = line.sent_at if event.to in PROOF_OF_DISPATCH else None
    return replace(line, leg=event.to, leg_before=None, received=0, received_at=None, sent_at=sent_at)


def _sending(line: ClaimLine, event: SendingTold, _entry: Entry) -> ClaimLine:
    return replace(line, sending=event)


def _inspected(line: ClaimLine, event: Inspected, _entry: Entry) -> ClaimLine:
    to = INSPECTION.step(line.inspection, event.to)
    return replace(line, inspection=to, grade=event.grade, diminished=event.diminished)


def _disposed(line: ClaimLine, event: Disposed, entry: Entry) -> ClaimLine:
    if line.is_disposition_final or event.disposition is Disposition.UNDECIDED:
        raise NoSuchMove("disposition", line.disposition.value, event.disposition.value)
    return replace(line, disposition=event.disposition, is_disposition_final=event.is_final, disposed_at=entry.at)


def _restocked(line: ClaimLine, event: Restocked, _entry: Entry) -> ClaimLine:
    return replace(line, restock=event.outcome)


def _repair(line: ClaimLine, event: RepairMoved, _entry: Entry) -> ClaimLine:
    return replace(line, repair=REPAIR.step(line.repair, event.to), quote=event.quote or line.quote)


def _extended(line: ClaimLine, _event: GuaranteeExtended, _entry: Entry) -> ClaimLine:
    return replace(line, is_guarantee_extended=True)


def _part(line: ClaimLine, event: PartMoved, _entry: Entry) -> ClaimLine:
    return replace(line, part=PART.step(line.part, event.to))


ON_LINE: dict[type[Event], Callable[[ClaimLine, Any, Entry], ClaimLine]] = {
    LineJudged: _judged,
    Proposed: _proposed,
    Decided: _decided,
    Appealed: _appealed,
    ChoiceShown: _choice_shown,
    RemedyMoved: _remedy,
    ReturnMoved: _returned,
    SendingTold: _sending,
    ReceiptTakenBack: _receipt_back,
    Inspected: _inspected,
    Disposed: _disposed,
    Restocked: _restocked,
    RepairMoved: _repair,
    PartMoved: _part,
    GuaranteeExtended: _extended,
}
