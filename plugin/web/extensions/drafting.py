"""Write a claim in one address: what was said so far goes in, the quote and the next questions come out; then send it.

What does not fit, a reason there is not or a remedy that is not offered, is answered as not said, so that the next
question is always the one that is open.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus

from flask import Response

from plugin.domain.claim_draft import LONGEST_NOTE, LONGEST_SERIAL, LONGEST_WISH, ClaimDraft
from plugin.domain.claim_draft import DraftLine as Said
from plugin.domain.ids import ClaimDraftId, LineId
from plugin.domain.variants import Variant
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.quote_claim import ClaimQuote
from plugin.usecases.submit_claim import DraftIncomplete, submit_claim
from plugin.usecases.write_claim import change_draft, choose_lines
from plugin.web.deps import deps
from plugin.web.extensions.account import AtOrder, at_order, count_write
from plugin.web.extensions.answer import body, private
from plugin.web.extensions.claims import answer_of
from plugin.web.extensions.draft_answer import draft_answer, is_complete, variants_of
from plugin.web.extensions.draft_schemas import ClaimSubmission, ClaimWish, LineWish
from plugin.web.portal import exchange
from plugin.web.portal.confirm import story
from plugin.web.portal.reason import leaves
from plugin.web.portal.visit import typed, written
from plugin.wording.claim.remedy import legal_choice

_LONGEST_ID = 100
Variants = Mapping[LineId, tuple[Variant, ...]]


def write(order: str) -> Response:
    """Keep what was said, and quote."""
    at, wish = at_order(order), body(ClaimWish)
    count_write(at.who)
    return private(draft_answer(_written(at, {LineId(each.line): each for each in wish.lines})))


def submit(order: str) -> Response:
    """One claim for the draft, however often it is sent."""
    at, sent, needs = at_order(order), body(ClaimSubmission), deps()
    count_write(at.who)
    if at.draft is not None and at.draft.id == sent.draft and not is_complete(at):
        raise DraftIncomplete({"field": "remedy"})
    claim = submit_claim(
        ClaimDraftId(typed(sent.draft, _LONGEST_ID)),
        at.writing.session,
        partial(story, at.words),
        desk=desk_of(needs, at.who.shop.merchant),
        now=at.now,
    )
    return private(answer_of(claim.id, at.who, at.words), HTTPStatus.CREATED)


def _written(at: AtOrder, wish: Mapping[LineId, LineWish]) -> AtOrder:
    needs, shop = deps(), at.who.shop
    units, law = needs.units, needs.law
    chosen = [(line, each.quantity) for line, each in wish.items()]
    case, draft = choose_lines(chosen, at.writing, shop, units=units, law=law, ids=needs.ids, now=at.now)
    begun = replace(at, case=case, draft=draft)
    variants = {each.line: variants_of(begun, case.line(each.line)[0]) for each in draft.lines}
    change = partial(_said, wish, variants, at)
    case, draft = change_draft(change, at.writing, shop, units=units, law=law, now=at.now)
    return replace(at, case=case, draft=draft)


def _said(
    wish: Mapping[LineId, LineWish], variants: Variants, at: AtOrder, draft: ClaimDraft, case: ClaimQuote
) -> ClaimDraft:
    """What was said of these lines; others, which another page of the shopper's chose meanwhile, stay as they are."""
    said = (each for each in draft.lines if each.line in wish)
    return draft.saying(*(_line(each, wish[each.line], variants.get(each.line, ()), at, case) for each in said))


def _line(said: Said, wish: LineWish, variants: tuple[Variant, ...], at: AtOrder, case: ClaimQuote) -> Said:
    note = written(wish.note, LONGEST_NOTE)
    if wish.reason not in leaves(case):
        return replace(said, reason=None, remedy=None, note=note, conditions=())
    because = said.because(wish.reason, note)
    met = tuple(each for each in case.conditions(because) if each.value in wish.conditions)
    told = replace(
        because,
        serial=typed(wish.serial, LONGEST_SERIAL),
        instead=typed(wish.instead, LONGEST_WISH),
        choice=exchange.chosen(wish.variant or "", variants),
        conditions=met,
        remedy=None,
    )
    remedy = next((each for each in case.remedies(told) if each.value == wish.remedy), None)
    is_shown = wish.saw_choice and bool(legal_choice(case.judged(told).judged, at.words))
    return replace(told, remedy=remedy, is_shown=remedy is not None or told.is_shown, was_choice_shown=is_shown)
