"""Submit what a shopper has written: one claim for each draft, however often the button is pressed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim_draft import ClaimDraft, DraftLine, UnknownDraft
from plugin.domain.errors import Invalid
from plugin.domain.ids import ClaimDraftId, ClaimId
from plugin.domain.shopper_session import ShopperSession
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.open import ClaimForm, FormLine, known_claim, open_from_form
from plugin.usecases.list_shopper_orders import shopper_order
from plugin.usecases.write_claim import holder_of

Words = Callable[[DraftLine], str | None]
"""What the shopper says of a line, in one piece."""


class DraftIncomplete(Invalid):
    """Something that has to be answered is open."""

    code = "claim_draft_incomplete"


def submit_claim(draft: ClaimDraftId, session: ShopperSession, words: Words, *, desk: Desk, now: datetime) -> Claim:
    """The claim, the same one again for a draft that was submitted before.

    Raises `UnknownDraft`, also for one whose order the session does not open or whose order is somebody else's since,
    `DraftIncomplete`, and what opening raises. Killed between its two transactions it leaves the claim, which the next
    attempt finds.
    """
    with desk.units(desk.merchant) as unit:  # PostgreSQL locks no row where only reading is allowed
        held = _found(draft, session, unit)
        known = known_claim(held.claim or ClaimId(draft), unit)
    if known is None:
        known = open_from_form(_form(held, session, words), desk=desk, now=now)
    if held.claim is None:
        with desk.units(desk.merchant) as unit:
            unit.claim_drafts.save(replace(unit.claim_drafts.hold(draft), claim=known.id, touched_at=now))
            unit.commit()
    return known


def _found(draft: ClaimDraftId, session: ShopperSession, unit: UnitOfWork) -> ClaimDraft:
    found = unit.claim_drafts.hold(draft)
    if found.shop != session.shop:
        raise UnknownDraft
    stored = shopper_order(session, found.order, unit)
    if found.person != holder_of(stored, unit):
        raise UnknownDraft
    return found


def _form(draft: ClaimDraft, session: ShopperSession, words: Words) -> ClaimForm:
    return ClaimForm(
        draft=draft.id,
        order=draft.order,
        lines=tuple(_line(line, words) for line in draft.lines),
        language=draft.language,
        proof=session.proof.value,
    )


def _line(line: DraftLine, words: Words) -> FormLine:
    if line.reason is None or line.remedy is None:
        raise DraftIncomplete({"field": "reason" if line.reason is None else "remedy"})
    return FormLine(
        order_line=line.line,
        quantity=line.quantity,
        reason=line.reason,
        wanted=line.remedy,
        words=words(line),
        evidence=line.files,
        was_choice_shown=line.was_choice_shown,
        conditions=line.conditions,
        choice=line.choice,
    )
