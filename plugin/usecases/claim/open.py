"""Open a claim: what a shopper (or an agent for them) asks is judged, frozen and recorded, in one unit of work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.opening import Story, open_claim
from plugin.domain.claim.events import Opened, OpenedLine
from plugin.domain.claim.judging import Asked, Judge
from plugin.domain.claim.never_came import with_what_is_owed
from plugin.domain.claim.open_quantity import open_quantity
from plugin.domain.claim.vocabulary import SHOPPER, Actor, ClaimTrack, Tier, VariantChoice
from plugin.domain.errors import Invalid, NotFound
from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId, LineId, OrderId
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.reasons import Reason, reason_tree
from plugin.domain.policy.terms import Condition, Fault
from plugin.domain.remedy import Remedy
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import begin_claim, claims_of, read_claim, settled_units
from plugin.usecases.claim.advance import advance
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.claim.examine import examine_claim
from plugin.usecases.claim.judging import judge_of
from plugin.usecases.claim.tell import tell

SAFETY = "safety"
"""The branch of the reason tree whose leaves nobody lets wait."""


class UnknownReason(Invalid):
    """No such leaf in the reasons of the order's policy, or one that is no longer to be chosen."""

    code = "unknown_reason"


@dataclass(frozen=True, slots=True)
class FormLine:
    """What is asked for one line. A withdrawal names no reason and wants its money back."""

    order_line: LineId
    quantity: int
    reason: str | None = None
    wanted: Remedy = Remedy.REFUND
    words: str | None = None
    evidence: tuple[EvidenceId, ...] = ()
    was_choice_shown: bool = False
    conditions: tuple[Condition, ...] = ()
    choice: VariantChoice | None = None
    """With an exchange."""


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """A whole form. `draft` names the claim too, so that the same draft submitted twice is one claim.

    `proof`: how the sender is known to be the order's shopper (`ContactProven.how`), None when not yet. `language`: of
    the page. `declared_at`: when a withdrawal reached us (aware UTC).
    """

    draft: ClaimDraftId
    order: OrderId
    lines: tuple[FormLine, ...]
    language: str
    track: ClaimTrack = ClaimTrack.CLAIM
    proof: str | None = None
    declared_at: datetime | None = None
    by: Actor = SHOPPER


def open_from_form(form: ClaimForm, *, desk: Desk, now: datetime) -> Claim:
    """The claim, the same one again when the draft was submitted before.

    Raises `NotFound`, `UnknownReason`, and what `commands.opening` raises; then nothing is kept and nothing is lost.
    """
    with desk.sitting(now) as here:
        claim = open_here(form, here)
        here.unit.commit()
    return claim


def open_here(form: ClaimForm, here: Sitting) -> Claim:
    """`open_from_form` in a unit of work that goes on; the caller commits."""
    here.unit.claims.hold(form.order)
    return known_claim(ClaimId(form.draft), here.unit) or _open(form, here)


def known_claim(claim: ClaimId, unit: UnitOfWork) -> Claim | None:
    """The claim, None when there is none of this id."""
    try:
        return read_claim(claim, unit)
    except NotFound:
        return None


def open_units(stored: StoredOrder, unit: UnitOfWork) -> Mapping[LineId, int]:
    """How many units of each line can still be claimed."""
    claims, settled = claims_of(stored.id, unit), settled_units(stored.id, unit)
    return {line.id: open_quantity(line, claims, settled[line.id]) for line in stored.order.lines}


def _open(form: ClaimForm, here: Sitting) -> Claim:
    stored = here.unit.orders.get(form.order)
    judge = judge_of(stored, here)
    opened = _opened(form, judge, here)
    stories = [
        Story(no, line.words, line.evidence, line.was_choice_shown) for no, line in enumerate(form.lines, start=1)
    ]
    drafts = open_claim(opened, open_units(stored, here.unit), stories, proof=form.proof, by=form.by)
    claim = begin_claim(ClaimId(form.draft), drafts, unit=here.unit, secrets=here.desk.secrets, now=here.now)
    here.unit.evidence.attach(form.draft, claim.id)
    return tell(None, advance(examine_claim(claim, judge, here), here), here)


def _opened(form: ClaimForm, judge: Judge, here: Sitting) -> Opened:
    entitled = judge.lines[0] if judge.lines else None
    reasons = {reason.id: reason for reason in reason_tree(judge.policy.reasons if judge.policy else ())}
    at = form.declared_at or here.now
    lines = tuple(_line(no, line, judge, reasons, at) for no, line in enumerate(form.lines, start=1))
    is_unsafe = any(reasons[line.reason].parent == SAFETY for line in lines if line.reason)
    return Opened(
        number=here.unit.claims.next_number(judge.stored.shop, here.now),
        shop=judge.stored.shop,
        order=form.order,
        track=form.track,
        language=form.language,
        country=judge.stored.order.place.country,
        zone=entitled.zone if entitled else None,
        policy_version=judge.policy.id if judge.policy else None,
        rulebook_version=here.desk.law.rulebook.version,
        calendar_version=here.desk.law.calendar.version,
        lines=lines,
        tier=Tier.SAFETY if is_unsafe else Tier.ORDINARY,
        declared_at=form.declared_at,
    )


def _line(no: int, line: FormLine, judge: Judge, reasons: Mapping[str, Reason], at: datetime) -> OpenedLine:
    fault = _fault(line.reason, reasons)
    asked = Asked(line.order_line, line.quantity, fault, has_reason=line.reason is not None)
    judged = with_what_is_owed(judge.judge(asked, at).judged, line.reason, judge.stored.order)
    choice = line.choice if line.wanted is Remedy.EXCHANGE else None
    return OpenedLine(
        no, line.order_line, line.quantity, line.reason, fault, judged, line.wanted, line.conditions, choice
    )


def _fault(reason: str | None, reasons: Mapping[str, Reason]) -> Fault:
    if reason is None:
        return Fault.NONE
    found = reasons.get(reason)
    if found is None or found.fault is None or found.is_hidden:
        raise UnknownReason({"field": "reason", "reason": reason})
    return found.fault


def reasons_of(policy: PolicyVersion | None) -> Sequence[Reason]:
    """The reasons a shopper may choose from under this policy."""
    return [reason for reason in reason_tree(policy.reasons if policy else ()) if not reason.is_hidden]
