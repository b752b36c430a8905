"""Write a claim step by step: each answer is kept at once, and asking for the same thing twice changes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.claim_draft import ClaimDraft, UnknownDraft
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import ClaimDraftId, LineId, PersonId
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import ShopperSession
from plugin.domain.stored import StoredOrder
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.ask_capabilities import queue_asking
from plugin.usecases.list_shopper_orders import shopper_order
from plugin.usecases.quote_claim import ClaimQuote, quote_claim

Change = Callable[[ClaimDraft, ClaimQuote], ClaimDraft]


@dataclass(frozen=True, slots=True)
class Writing:
    """Where somebody is: which order by which session, and in which language."""

    session: ShopperSession
    order: str
    language: str


def read_draft(
    writing: Writing, shop: Shop, *, units: Units, law: Law, now: datetime
) -> tuple[ClaimQuote, ClaimDraft | None]:
    """The order with everything that decides about it, and what was written so far. Raises `NoSuchPage`."""
    with units.read(shop.merchant) as unit:
        stored = shopper_order(writing.session, writing.order, unit)
        draft = _theirs(stored, unit)
        return quote_claim(stored, unit, law, now, draft.can if draft else None), draft


def choose_lines(  # noqa: PLR0913 - what was chosen, and the ports it takes
    chosen: Iterable[tuple[LineId, int]],
    writing: Writing,
    shop: Shop,
    *,
    units: Units,
    law: Law,
    ids: Ids,
    now: datetime,
) -> tuple[ClaimQuote, ClaimDraft]:
    """The draft with these lines, begun if there was none; no more units of a line than are left are taken.

    Raises `NoSuchPage`, `UnknownDraft` for a person who was erased meanwhile.
    """
    with units(shop.merchant) as unit:
        stored = shopper_order(writing.session, writing.order, unit)
        case = quote_claim(stored, unit, law, now)
        draft = _theirs(stored, unit) or _begun(stored, writing, unit, ids, now)
        within = [(line, min(quantity, case.left.get(line, 0))) for line, quantity in chosen]
        changed = replace(draft.choosing(within), language=writing.language, touched_at=now)
        unit.claim_drafts.save(changed)
        queue_asking(changed, unit, now)
        unit.commit()
    return replace(case, can=changed.can), changed


def change_draft(
    change: Change, writing: Writing, shop: Shop, *, units: Units, law: Law, now: datetime
) -> tuple[ClaimQuote, ClaimDraft]:
    """The open draft of the order after a change. Raises `NoSuchPage`, `UnknownDraft` where there is none."""
    with units(shop.merchant) as unit:
        stored = shopper_order(writing.session, writing.order, unit)
        found = _theirs(stored, unit)
        if found is None:
            raise UnknownDraft
        case = quote_claim(stored, unit, law, now, found.can)
        held = unit.claim_drafts.hold(found.id)
        changed = replace(change(held, case), language=writing.language, touched_at=now)
        unit.claim_drafts.save(changed)
        unit.commit()
    return case, changed


def holder_of(stored: StoredOrder, unit: UnitOfWork) -> PersonId | None:
    """Whose order it is now, with an e-mail address or without."""
    return unit.people.behind([stored.id]).get(stored.id)


def _theirs(stored: StoredOrder, unit: UnitOfWork) -> ClaimDraft | None:
    """What its holder was writing. An order can change hands: what somebody wrote before is not shown to them."""
    draft = unit.claim_drafts.open(stored.id)
    return draft if draft is not None and draft.person == holder_of(stored, unit) else None


def _begun(stored: StoredOrder, writing: Writing, unit: UnitOfWork, ids: Ids, now: datetime) -> ClaimDraft:
    """A new draft; of two that begin at once one is kept."""
    person = holder_of(stored, unit)
    if person is None:
        raise UnknownDraft
    draft = ClaimDraft(ClaimDraftId(ids.new()), stored.shop, stored.id, person, writing.language, now, now)
    if unit.claim_drafts.add(draft):
        return draft
    found = _theirs(stored, unit)
    if found is None:
        raise UnknownDraft
    return found
